"""What a home page shows of sessions and goals, for the one who looks. Few queries, the same for few and many."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils import timezone

from accounts.models import User
from supervision.models import Attendance, Feedback, Goal, SupervisionSession
from supervision.readers.goals import feedback_for, with_history

State = SupervisionSession.State
LEADING = (Attendance.Seat.LEAD, Attendance.Seat.CO_LEAD)
MOST = 10


@dataclass(frozen=True)
class NextSession:
    """The next session of somebody: with whom, in which seat, and whether the question is written."""

    session: SupervisionSession
    seat: str
    leads: bool
    reply: str
    question: str
    question_at: dt.datetime | None
    lead: User | None
    others: list[User] = field(default_factory=list)

    @property
    def is_supervised(self) -> bool:
        """Whether the reader brings a question."""
        return self.seat == Attendance.Seat.SUPERVISEE


@dataclass(frozen=True)
class Brought:
    """What one supervisee brings to a session: open goals and the question."""

    person: User
    question: str
    question_at: dt.datetime | None
    reply: str
    is_guest: bool
    goals: list[Goal] = field(default_factory=list)


@dataclass(frozen=True)
class WaitingRecord:
    """A session that the reader led and has not finished recording."""

    session: SupervisionSession
    has_draft: bool
    days: int


def next_sessions(person: User, *, most: int = 3) -> list[NextSession]:
    """The next sessions in which `person` has a seat, soonest first. Two queries."""
    soon = timezone.now() - dt.timedelta(hours=2)
    sessions = list(
        SupervisionSession.objects.filter(
            state=State.PLANNED, starts_at__gte=soon, attendances__in=Attendance.objects.filter(person=person)
        )
        .distinct()
        .select_related("programme", "rule_version")
        .order_by("starts_at", "pk")[:most]
    )
    seats: dict[int, list[Attendance]] = {}
    for row in (
        Attendance.objects.filter(session__in=[one.pk for one in sessions])
        .select_related("person")
        .order_by("turn", "pk")
    ):
        seats.setdefault(row.session_id, []).append(row)
    return [_next(session, seats.get(session.pk, []), person) for session in sessions]


def next_session(person: User) -> NextSession | None:
    """The very next one, or None."""
    found = next_sessions(person, most=1)
    return found[0] if found else None


def _next(session: SupervisionSession, rows: Sequence[Attendance], person: User) -> NextSession:
    own = [row for row in rows if row.person_id == person.pk]
    asked = next((row for row in own if row.question), own[0])
    supervised = next((row for row in own if row.seat == Attendance.Seat.SUPERVISEE), None)
    lead = next((row.person for row in rows if row.seat == Attendance.Seat.LEAD), None)
    others = {row.person_id: row.person for row in rows if row.person_id != person.pk}
    leads = any(row.seat in LEADING for row in own)
    return NextSession(
        session=session,
        seat=supervised.seat if supervised else own[0].seat,
        leads=leads,
        reply=own[0].reply,
        question=asked.question,
        question_at=asked.question_at,
        lead=lead,
        others=list(others.values()),
    )


def waiting_records(person: User) -> list[WaitingRecord]:
    """Sessions that `person` leads, whose time has passed, and that are not finished; oldest first. Two queries."""
    now = timezone.now()
    sessions = (
        SupervisionSession.objects.filter(
            state__in=(State.PLANNED, State.HELD),
            starts_at__lte=now,
            attendances__in=Attendance.objects.filter(person=person, seat__in=LEADING),
        )
        .distinct()
        .select_related("programme", "rule_version")
        .order_by("starts_at", "pk")[:MOST]
    )
    drafts = set(person.record_drafts.values_list("session_id", flat=True))
    return [
        WaitingRecord(session, session.state == State.HELD or session.pk in drafts, (now - session.starts_at).days)
        for session in sessions
    ]


def my_open_goals(person: User) -> list[Goal]:
    """Open goals of `person` with their history (attribute `history`), newest first. Two queries."""
    return list(with_history(Goal.objects.filter(person=person, status__in=Goal.OPEN)))


def latest_feedback(person: User, *, most: int = 3) -> list[Feedback]:
    """The newest feedback that `person` may read. One query."""
    return list(feedback_for(person)[:most])


def questions_for(session: SupervisionSession) -> list[Brought]:
    """What each supervisee brings: for those who lead the session, and no others. Two queries.

    A guest's goals belong to somebody else's supervision and are left out.
    """
    rows = [
        row
        for row in session.attendances.select_related("person").order_by("turn", "pk")
        if row.seat == Attendance.Seat.SUPERVISEE
    ]
    people = {row.person_id for row in rows if not row.is_guest}
    goals: dict[int, list[Goal]] = {}
    for goal in Goal.objects.filter(
        person__in=people, programme=session.programme_id, status__in=Goal.OPEN
    ).select_related("set_by", "set_in"):
        goals.setdefault(goal.person_id or 0, []).append(goal)
    return [
        Brought(row.person, row.question, row.question_at, row.reply, row.is_guest, goals.get(row.person_id, []))
        for row in rows
    ]
