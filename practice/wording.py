"""Sentences about recordings: how one stands, what was consented to, who reads it."""

from __future__ import annotations

import math
from fractions import Fraction

from django.utils import timezone
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from common.dates import date_words
from practice.consent_terms import ConsentTerms
from practice.models import Recording
from practice.standing import Standing, standing_of
from programmes.rights import TABLE, Relation, Sight, Thing

STATUS = {
    Standing.OVERDUE: "late",
    Standing.WITHDRAWN: "late",
    Standing.EXPIRED: "shut",
    Standing.NOBODY: "shut",
    Standing.IN_USE: "done",
    Standing.DELETED: "none",
}


def standing_words(recording: Recording) -> tuple[str, str]:
    """The kind of status and its words: ``("late", "Delete it now: the day was 3 March")``."""
    standing = standing_of(recording, timezone.localdate())
    words = {
        Standing.OVERDUE: _("To be deleted since %(day)s"),
        Standing.WITHDRAWN: _("Consent withdrawn: to be deleted now"),
        Standing.EXPIRED: _("The consent ran out on %(day)s"),
        Standing.NOBODY: _("No consent: for nobody else’s eyes"),
        Standing.IN_USE: pgettext("recording", "In use"),
        Standing.DELETED: pgettext("recording", "Deleted"),
    }[standing]
    day = recording.delete_by if standing is Standing.OVERDUE else recording.valid_until
    return STATUS[standing], words % {"day": date_words(day) if day else ""}


def purposes_words(recording: Recording, terms: ConsentTerms) -> str:
    """What was consented to, in the order of the pack; a word for nothing."""
    keys = [key for key, _words in terms.purposes if key in recording.purposes]
    return ", ".join(terms.words(key) for key in keys) or _("nothing")


def counts_words(recording: Recording) -> str:
    """``7 of 8 have consented``; empty where nobody counted."""
    if recording.consents_asked is None:
        return ""
    return _("%(given)d of %(asked)d have consented") % {
        "given": recording.consents_given,
        "asked": recording.consents_asked,
    }


def recording_readers() -> str:
    """Who reads where a film of a meeting lies: the row "recording" of the rights table, relation by relation."""
    clauses = {
        (Relation.SELF, Sight.FULL): _("Read by those who led the meeting."),
        (Relation.PLACEMENT, Sight.WHILE_CONSENT): _(
            "Also by the coach or mentor of each of them, while there is consent to supervision."
        ),
        (Relation.DECIDES_STEP, Sight.WHILE_CONSENT): _(
            "Also by whoever decides a step of theirs that waits, while there is consent to certification."
        ),
        (Relation.COORDINATOR, Sight.EXISTS): _(
            "The coordinator sees that it exists and when it is to be deleted, never where it lies."
        ),
    }
    row = TABLE[Thing.RECORDING].items()
    return " ".join(clauses[cell] for cell in row if cell in clauses)


def decimal_words(value: Fraction) -> str:
    """With one decimal, halves rounded up: ``7,5``."""
    tenths = math.floor(value * 10 + Fraction(1, 2))
    return f"{tenths // 10}{'.' if (get_language() or 'en').startswith('en') else ','}{tenths % 10}"
