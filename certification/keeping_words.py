"""What is said about how long a certificate holds and what keeps active status. Values in, sentences out."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from certification.keeping import Active, Activity, LapseRule, RenewalStep
from common.dates import date_words
from common.texts import for_reader


def rule_words(rule: LapseRule, language: str) -> str:
    """The rule itself: when active status is lost, and what then."""
    return _("Whoever for %(months)d months %(when)s loses active status. Then: %(action)s.") % {
        "months": rule.months,
        "when": for_reader(rule.when, language),
        "action": for_reader(rule.action, language),
    }


def status_label(active: Active) -> str:
    """Two words for a list."""
    day = date_words(active.until, year=True)
    if active.state is Activity.LAPSED:
        return _("Active status lapsed on %(day)s") % {"day": day}
    if active.state is Activity.SOON:
        return _("Active status lapses on %(day)s") % {"day": day}
    return _("Active")


def status_words(active: Active) -> str:
    """Where it stands, from what, and until when."""
    words = {
        "last": date_words(active.last_on, year=True) if active.last_on else "",
        "until": date_words(active.until, year=True),
    }
    if active.state is Activity.LAPSED:
        if active.last_on:
            return _("Lapsed on %(until)s: the last practice we know of was on %(last)s.") % words
        return _("Lapsed on %(until)s: we know of no practice since the certificate.") % words
    if active.last_on:
        return _("Active: the last practice was on %(last)s. Without more it lapses on %(until)s.") % words
    return _("Active until %(until)s. We know of no practice since the certificate.") % words


def validity_words(months: int | None) -> str:
    """How long a certificate of this ladder will hold."""
    if not months:
        return _("The certificate will have no end date.")
    text = ngettext(
        "The certificate will hold for %(count)d month.", "The certificate will hold for %(count)d months.", months
    )
    return text % {"count": months}


def expiry_label(valid_until: dt.date, today: dt.date) -> str:
    """Until when, for a list."""
    day = date_words(valid_until, year=True)
    return _("Expired on %(day)s") % {"day": day} if valid_until < today else _("Valid until %(day)s") % {"day": day}


def renewal_words(step: RenewalStep, have: int | None) -> str:
    """``12 of 30 hours``; without the first figure where nothing of it is counted here."""
    numbers = {"have": have or 0, "need": step.count}
    if have is None:
        return _("%(need)d needed") % numbers
    match step.unit:
        case "hour":
            text = ngettext("%(have)d of %(need)d hour", "%(have)d of %(need)d hours", step.count)
        case "session":
            text = ngettext("%(have)d of %(need)d session", "%(have)d of %(need)d sessions", step.count)
        case _:
            text = ngettext("%(have)d of %(need)d form", "%(have)d of %(need)d forms", step.count)
    return text % numbers
