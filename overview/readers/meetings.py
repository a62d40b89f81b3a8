"""The sessions that somebody meets or has yet to record. Two queries, however many sessions there are."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from common.at_once import read_at_once
from overview.readers.frame import programmes_of, records_to_finish
from supervision.models import Attendance, SupervisionSession

LEADING = (Attendance.Seat.LEAD, Attendance.Seat.CO_LEAD)
SHOWN = 5
RECORDS = 10
STILL_ON = dt.timedelta(hours=3)


@dataclass(frozen=True)
class Meeting:
    """A session with its seats, as one of its people sees it."""

    session: SupervisionSession
    reader: User
    seats: tuple[Attendance, ...]

    @property
    def own(self) -> Attendance:
        """The reader's seat; where turns change it, the one in which they are supervised."""
        mine = [row for row in self.seats if row.person_id == self.reader.pk]
        return next((row for row in mine if row.seat == Attendance.Seat.SUPERVISEE), mine[0])

    @property
    def leads(self) -> bool:
        """Whether the reader leads, in one turn at least."""
        return any(row.person_id == self.reader.pk and row.seat in LEADING for row in self.seats)

    @property
    def is_supervised(self) -> bool:
        """Whether the reader brings a question."""
        return self.own.seat == Attendance.Seat.SUPERVISEE

    @property
    def lead(self) -> User | None:
        """Who leads the first turn."""
        return next((row.person for row in self.seats if row.seat == Attendance.Seat.LEAD), None)

    @property
    def others(self) -> list[User]:
        """Everybody else, each once, who leads first."""
        ordered = sorted(self.seats, key=lambda row: row.seat not in LEADING)
        found = {row.person_id: row.person for row in ordered if row.person_id != self.reader.pk}
        return list(found.values())

    @property
    def supervisees(self) -> list[Attendance]:
        """Those who bring a question, but for the reader."""
        rows = [row for row in self.seats if row.seat == Attendance.Seat.SUPERVISEE]
        return [row for row in rows if row.person_id != self.reader.pk]

    @property
    def asked(self) -> int:
        """How many of the supervisees have sent in a question."""
        return sum(bool(row.question) for row in self.supervisees)

    @property
    def is_over(self) -> bool:
        """Whether the planned end has passed."""
        return self.session.ends_at <= timezone.now()


@dataclass(frozen=True)
class Meetings:
    """What comes, soonest first, and what is to be recorded, oldest first."""

    coming: list[Meeting]
    to_record: list[Meeting]

    @property
    def next(self) -> Meeting | None:
        """The very next session."""
        return self.coming[0] if self.coming else None


def meetings_of(reader: User) -> Meetings:
    """The next five sessions of `reader`, and at most ten that they led and have not recorded."""
    now = timezone.now()
    own = SupervisionSession.objects.filter(
        pk__in=Attendance.objects.filter(person=reader).values("session_id"), programme__in=programmes_of(reader)
    )
    coming = own.filter(state=SupervisionSession.State.PLANNED, starts_at__gte=now - STILL_ON)
    # Two reads in one statement: with "or" between them every session there is would be looked at.
    rows = read_at_once(
        coming=_told(coming)[:SHOWN],
        to_record=_told(records_to_finish(reader))[:RECORDS],
    )
    sessions = {one.pk: one for one in [*rows["coming"], *rows["to_record"]]}
    in_time = sorted(sessions.values(), key=lambda one: (one.starts_at, one.pk))
    found = _with_seats(in_time, reader)
    ahead = [one for one in found if one.session.state == SupervisionSession.State.PLANNED and not one.is_over]
    return Meetings(coming=ahead, to_record=[one for one in found if one.leads and one.is_over])


def _told(sessions: QuerySet[SupervisionSession]) -> QuerySet[SupervisionSession]:
    """Sessions with what is told of them, soonest first."""
    return sessions.select_related("programme", "rule_version").order_by("starts_at", "pk")


def _with_seats(sessions: list[SupervisionSession], reader: User) -> list[Meeting]:
    seats: dict[int, list[Attendance]] = defaultdict(list)
    for row in _seats(session.pk for session in sessions):
        seats[row.session_id].append(row)
    return [Meeting(session, reader, tuple(seats[session.pk])) for session in sessions]


def _seats(ids: Iterable[int]) -> Iterable[Attendance]:
    wanted = list(ids)
    if not wanted:
        return []
    return Attendance.objects.filter(session__in=wanted).select_related("person").order_by("turn", "pk")
