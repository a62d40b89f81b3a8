"""The words of what people are told about their own address."""

from __future__ import annotations

from django.utils.translation import gettext as _

from accounts.models import AddressChange
from common.dates import clock, date_words
from notices.letter import Letter, Link


def confirm_words(change: AddressChange, path: str) -> Letter:
    """To the new address: a link that makes it the one to sign in with."""
    zone = change.person.time_zone
    when = {"day": date_words(change.until, zone=zone), "time": clock(change.until, zone=zone)}
    return Letter(
        title=_("Is this your new e-mail address?"),
        preheader=_("Say yes, and you sign in with it from then on."),
        paragraphs=(
            _("Somebody, probably you, wants to sign in with this address from now on."),
            _("Open the link and say yes. It works until %(day)s at %(time)s.") % when,
        ),
        action=Link(_("Look at it and say yes"), path),
        why=_("Was it not you? Then do nothing: without the link nothing changes."),
    )


def changed_words(change: AddressChange, path: str) -> Letter:
    """To the former address: that it is no longer the one to sign in with. The new one is not named: who reads mail
    here may be somebody else by now."""
    return Letter(
        title=_("You sign in with another address now"),
        paragraphs=(
            _("The e-mail address of your account was changed. This one is no longer used."),
            _("Was it not you? Then write to your coordinator today."),
        ),
        action=Link(_("Go to the sign-in"), path),
        why=_("You get this because your account had this address until now."),
    )
