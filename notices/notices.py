"""What the sign-in tells people."""

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from notices import kinds, letters
from notices.letter import Letter
from notices.models import Notice


def reset_letter(notice: Notice) -> Letter:
    """With a key made now, which dies with the next sign-in or change of password."""
    user = notice.recipient
    key = {"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)}
    return letters.password_reset(reverse("account_reset_password_from_key", kwargs=key))


kinds.register(kinds.Kind(key="password_reset", label=_("Link for a new password"), letter=reset_letter))
