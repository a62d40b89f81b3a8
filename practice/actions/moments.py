"""Moments: a point in a recording with a comment, noted by whoever may see the recording, taken away by its author."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actions import audit
from accounts.models import User
from common.errors import DomainError, NotAllowed
from common.text import clean_line, clean_text
from practice import policies
from practice.models import Moment, Recording

LONGEST = 500
#: A film of a whole meeting has room for this many; more is a slip of a finger or of a program.
MOST = 200


@transaction.atomic
def note_moment(*, by: User, recording: Recording, seconds: int, comment: str) -> Moment:
    """Note a moment, in seconds from the start of the film.

    Of a group's meeting: by whoever may see the recording now, else `NotAllowed`; of a session, its own app asks.
    Raises `DomainError` for a comment too long, a film that is deleted, or too many.
    """
    if recording.meeting is not None and not policies.may_see_recording(by, recording):
        raise NotAllowed(_("Comments are for those who are in the recording, and those who supervise them."))
    if recording.deletion_confirmed_at is not None:
        raise DomainError(_("This recording is deleted. There is nothing left to comment on."), code="deleted")
    if recording.moments.count() >= MOST:
        raise DomainError(_("There are %(most)d comments already. Take some away first.") % {"most": MOST})
    comment = clean_line(comment, max_length=LONGEST, field="comment")
    moment = Moment.objects.create(
        recording=recording, seconds=seconds, comment=comment, noted_at=timezone.now(), noted_by=by
    )
    _record(moment, by, "moment.noted")
    return moment


@transaction.atomic
def keep_moments(*, by: User, recording: Recording, moments: Sequence[tuple[int, str]]) -> None:
    """Keep exactly these moments of a session's recording, (seconds from the start, comment); those already there
    keep when and by whom. A part of noting the recording, in whose row of the trail it is.

    Raises `DomainError` for a comment that is too long or a film that is deleted.
    """
    if recording.deletion_confirmed_at is not None:
        raise DomainError(_("This recording is deleted. There is nothing left to comment on."), code="deleted")
    before = {(one.seconds, one.comment): one for one in recording.moments.all()}
    for seconds, words in moments:
        comment = clean_text(words, max_length=LONGEST, field="comment")
        if before.pop((seconds, comment), None) is None:
            Moment.objects.create(
                recording=recording, seconds=seconds, comment=comment, noted_at=timezone.now(), noted_by=by
            )
    for gone in before.values():
        gone.delete()


@transaction.atomic
def remove_moment(*, by: User, moment: Moment) -> None:
    """Take a moment away. Raises `NotAllowed` for others than who noted it."""
    if moment.noted_by_id != by.pk:
        raise NotAllowed(_("Only the one who wrote a comment can take it away."))
    _record(moment, by, "moment.removed")
    moment.delete()


def _record(moment: Moment, by: User, verb: str) -> None:
    recording = moment.recording
    meeting = recording.meeting
    path = meeting.group.organisation.path if meeting else policies.home_path(by, recording.programme)
    audit.record(
        by=by,
        verb=verb,
        subject=f"recording:{recording.pk}",
        programme_id=recording.programme_id,
        organisation_path=path,
        people=list(policies.filmed_in(meeting)) if meeting else [],
    )
