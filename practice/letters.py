"""The words of mails about recordings: that one is to be deleted, and where it stands; never where it lies."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _

from common.dates import date_words
from common.texts import for_reader
from notices.letter import Letter, Link
from practice.models import Recording


def withdrawn(recording: Recording, *, of: dt.date, path: str) -> Letter:
    """Consent was withdrawn: nobody uses the film any more, and it is to be deleted. `of` is the day of the film."""
    sentence = _("The consent to a recording of %(day)s is withdrawn.") % {"day": date_words(of, year=True)}
    return Letter(
        title=_("Consent withdrawn: a recording is to be deleted"),
        paragraphs=(
            sentence,
            _("It is not to be used any more. Delete it where it lies, with every copy, and confirm it on its page."),
        ),
        action=Link(_("Open the recording"), path),
        why=_("You get this because you are in the recording or have used it."),
        preheader=sentence,
        place_line=_place_line(recording),
    )


def overdue(recording: Recording, *, of: dt.date, path: str) -> Letter:
    """The day by which it was to be deleted has come."""
    sentence = _("A recording of %(day)s is to be deleted now.") % {"day": date_words(of, year=True)}
    return Letter(
        title=_("A recording is to be deleted now"),
        paragraphs=(
            sentence,
            _("The day that was agreed has come. Delete it where it lies, and confirm it on its page."),
        ),
        action=Link(_("Open the recording"), path),
        why=_("You get this because you are in the recording or have used it."),
        preheader=sentence,
        place_line=_place_line(recording),
    )


def _place_line(recording: Recording) -> str:
    return for_reader(recording.programme.short_names, recording.programme.language)
