"""What people are told about recordings of meetings: consent withdrawn, and that the day of deletion has come."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator

from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from notices import kinds
from notices.kinds import Due, Kind
from notices.letter import Letter
from notices.models import Notice
from practice import letters
from practice.actions.telling import WITHDRAWN
from practice.deadlines import is_news, overdue_at
from practice.models import GroupMeeting, Recording
from practice.policies import is_filmed
from practice.readers.recordings import recordings_of
from programmes.policies import belongs

OVERDUE = "recording_overdue"
HORIZON = dt.timedelta(days=14)
Words = Callable[..., Letter]


def _subject(notice: Notice) -> Recording:
    related = Recording.objects.select_related("programme", "meeting__group")
    return related.get(pk=int(notice.subject.partition(":")[2]))


def _letter(words: Words) -> Callable[[Notice], Letter]:
    def letter(notice: Notice) -> Letter:
        recording = _subject(notice)
        assert recording.meeting is not None
        return words(recording, of=recording.meeting.held_on, path=reverse("practice:recording", args=[recording.pk]))

    return letter


def _still(notice: Notice) -> bool | str:
    """Not for a film that is deleted or taken back, nor for somebody who has left."""
    recording = Recording.objects.filter(pk=int(notice.subject.partition(":")[2])).select_related("meeting").first()
    if recording is None:
        return "taken back"
    if recording.deletion_confirmed_at is not None:
        return "deleted"
    return _holds(notice.recipient, recording.meeting) and (belongs(notice.recipient, recording.programme) or "left")


def _holds(person: User, meeting: GroupMeeting | None) -> bool:
    return meeting is not None and is_filmed(person, meeting)


def _still_overdue(notice: Notice) -> bool | str:
    if (here := _still(notice)) is not True:
        return here
    recording = _subject(notice)
    if recording.delete_by is None:
        return "moved"
    return True if overdue_at(recording.delete_by, recording.programme.time_zone) == notice.due_at else "moved"


def overdue_due(now: dt.datetime, horizon: dt.timedelta) -> Iterator[Due]:
    """On the day by which a film of a meeting was to be deleted, to those who led the meeting. One query."""
    led = Q(meeting__group__leaders__ended_on__isnull=True) | Q(
        meeting__group__leaders__ended_on__gte=F("meeting__held_on")
    )
    rows = Recording.objects.filter(
        led,
        meeting__group__leaders__started_on__lte=F("meeting__held_on"),
        meeting__group__leaders__person__email__isnull=False,
        deletion_confirmed_at__isnull=True,
        delete_by__lte=timezone.localdate(now),
        delete_by__gte=timezone.localdate(now - horizon),
    ).values_list(
        "pk", "meeting__group__leaders__person_id", "delete_by", "noted_at", "withdrawn_at", "programme_id",
        "programme__time_zone",
    )  # fmt: skip
    for pk, person_id, delete_by, noted_at, withdrawn_at, programme_id, zone in rows.distinct():
        due_at = overdue_at(delete_by, zone)
        if is_news(due_at, noted_at, withdrawn_at):
            yield Due(f"recording:{pk}", person_id, due_at, programme_id)


def _pages(person: User, notices: list[Notice]) -> dict[int, str]:
    """The pages of the recordings of meetings that `person` led."""
    ids = {notice.pk: int(notice.subject.partition(":")[2]) for notice in notices}
    mine = set(recordings_of(person).filter(pk__in=ids.values()).values_list("pk", flat=True))
    return {pk: reverse("practice:recording", args=[one]) for pk, one in ids.items() if one in mine}


kinds.register(
    Kind(
        key=WITHDRAWN,
        label=_("Consent to a recording was withdrawn"),
        letter=_letter(letters.withdrawn),
        still_wanted=_still,
        pages=_pages,
    )
)
kinds.register(
    Kind(
        key=OVERDUE,
        label=_("A recording is to be deleted"),
        letter=_letter(letters.overdue),
        due=overdue_due,
        horizon=HORIZON,
        still_wanted=_still_overdue,
        pages=_pages,
    )
)
