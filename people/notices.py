"""What somebody is told about the own address: a link to the new one, a word to the former one."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import AddressChange
from notices import kinds
from notices.letter import Letter
from notices.models import Notice
from people.actions.addresses import ASKED, TOLD, is_waiting, token_of
from people.letters import changed_words, confirm_words


def _change(notice: Notice) -> AddressChange:
    return AddressChange.objects.select_related("person").get(pk=notice.subject.partition(":")[2])


def confirm_letter(notice: Notice) -> Letter:
    """With the link made now: no row and no queue ever holds it."""
    change = _change(notice)
    return confirm_words(change, reverse("people:confirm_address", args=[token_of(change)]))


def still_waits(notice: Notice) -> bool | str:
    """Unless it was used, replaced or has run out meanwhile."""
    return is_waiting(_change(notice)) or "answered"


def changed_letter(notice: Notice) -> Letter:
    """That the address has changed."""
    return changed_words(_change(notice), reverse("account_login"))


kinds.register(
    kinds.Kind(
        key=ASKED,
        label=_("Confirmation of a new address"),
        letter=confirm_letter,
        still_wanted=still_waits,
        address=lambda notice: _change(notice).email,
    )
)
kinds.register(
    kinds.Kind(
        key=TOLD,
        label=_("Word to the former address"),
        letter=changed_letter,
        address=lambda notice: _change(notice).former,
    )
)
