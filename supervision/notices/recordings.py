"""What people are told about recordings looked at in sessions: consent withdrawn, the day of deletion come."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterator

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from notices import kinds
from notices.kinds import Due, Kind
from notices.letter import Letter
from notices.models import Notice
from practice import letters
from practice.deadlines import is_news, overdue_at
from programmes.policies import belongs
from supervision.actions.telling import CLIP_WITHDRAWN
from supervision.models import Attendance, SessionRecording
from supervision.policies import LEADING, may_hold_consent

CLIP_OVERDUE = "session_recording_overdue"
HORIZON = dt.timedelta(days=14)
Words = Callable[..., Letter]
RELATED = ("recording__programme", "session", "person")


def _rows(notices: list[Notice]) -> dict[int, list[SessionRecording]]:
    """By recording, where it was looked at, the latest session first. One query."""
    ids = {int(notice.subject.partition(":")[2]) for notice in notices}
    found: dict[int, list[SessionRecording]] = defaultdict(list)
    for row in SessionRecording.objects.filter(recording__in=ids).select_related(*RELATED).order_by("-session", "pk"):
        found[row.recording_id].append(row)
    return found


def _held(person: User, notices: list[Notice]) -> dict[int, SessionRecording]:
    """By recording, the row whose consent `person` holds: who is shown, and who came to lead. Two queries."""
    rows = _rows(notices)
    sessions = {row.session_id for found in rows.values() for row in found}
    seats: dict[int, list[Attendance]] = defaultdict(list)
    for seat in Attendance.objects.filter(session__in=sessions, person=person):
        seats[seat.session_id].append(seat)
    return {
        pk: row
        for pk, found in rows.items()
        for row in reversed(found)
        if may_hold_consent(person, row, seats[row.session_id])
    }


def _subject(notice: Notice) -> SessionRecording | None:
    return _held(notice.recipient, [notice]).get(int(notice.subject.partition(":")[2]))


def _path(row: SessionRecording) -> str:
    return reverse("supervision:recording", args=[row.session_id, row.recording_id])


def _letter(words: Words) -> Callable[[Notice], Letter]:
    def letter(notice: Notice) -> Letter:
        row = _subject(notice)
        if row is None:
            raise LookupError(notice.subject)
        return words(row.recording, of=row.session.local_start.date(), path=_path(row))

    return letter


def _still(notice: Notice) -> bool | str:
    """Not for a film that is deleted or taken back, nor for somebody who has left."""
    row = _subject(notice)
    if row is None:
        return "taken back"
    if row.recording.deletion_confirmed_at is not None:
        return "deleted"
    return belongs(notice.recipient, row.recording.programme) or "left"


def _still_overdue(notice: Notice) -> bool | str:
    if (here := _still(notice)) is not True:
        return here
    row = _subject(notice)
    day = row.recording.delete_by if row else None
    on_time = row and day and overdue_at(day, row.recording.programme.time_zone) == notice.due_at
    return True if on_time else "moved"


def overdue_due(now: dt.datetime, horizon: dt.timedelta) -> Iterator[Due]:
    """On the day by which a film looked at in a session was to be deleted, to those who hold it. Two queries."""
    rows = list(
        SessionRecording.objects.filter(
            recording__meeting__isnull=True,
            recording__deletion_confirmed_at__isnull=True,
            recording__delete_by__lte=timezone.localdate(now),
            recording__delete_by__gte=timezone.localdate(now - horizon),
        ).select_related("recording__programme", "person")
    )
    led: dict[int, set[int]] = defaultdict(set)
    seats = Attendance.objects.filter(session__in=[row.session_id for row in rows], seat__in=LEADING)
    here = seats.exclude(present=False).filter(Q(person__email__isnull=False)) if rows else []
    for seat in here:
        led[seat.session_id].add(seat.person_id)
    for row in rows:
        due_at = overdue_at(row.recording.delete_by or dt.date.max, row.recording.programme.time_zone)
        if is_news(due_at, row.recording.noted_at, row.recording.withdrawn_at):
            for person_id in led[row.session_id] | ({row.person_id} if row.person.email else set()):
                yield Due(f"recording:{row.recording_id}", person_id, due_at, row.recording.programme_id)


def _pages(person: User, notices: list[Notice]) -> dict[int, str]:
    """The pages of the recordings whose consent `person` holds."""
    held = _held(person, notices)
    ids = {notice.pk: int(notice.subject.partition(":")[2]) for notice in notices}
    return {pk: _path(row) for pk, one in ids.items() if (row := held.get(one))}


kinds.register(
    Kind(
        key=CLIP_WITHDRAWN,
        label=_("Consent to a recording was withdrawn"),
        letter=_letter(letters.withdrawn),
        still_wanted=_still,
        pages=_pages,
    )
)
kinds.register(
    Kind(
        key=CLIP_OVERDUE,
        label=_("A recording is to be deleted"),
        letter=_letter(letters.overdue),
        due=overdue_due,
        horizon=HORIZON,
        still_wanted=_still_overdue,
        pages=_pages,
    )
)
