"""Lists of sessions: one's own, and those of a coordinator's branch."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from accounts.models import User
from common.texts import for_reader
from programmes.leaving import shut_to
from programmes.models import Membership, Programme, SupervisionRuleVersion
from programmes.policies import under
from supervision.local_time import zone_for
from supervision.models import Attendance, SupervisionSession

State = SupervisionSession.State
LEADING = (Attendance.Seat.LEAD, Attendance.Seat.CO_LEAD)


@dataclass(frozen=True)
class SessionRow:
    """One line of a list: the session, who leads, who is in it, and one's own seat."""

    session: SupervisionSession
    lead: str
    others: list[str]
    # How many beside the lead belong to other branches: to a coordinator they are a number.
    elsewhere: int
    own: Attendance | None
    came: int
    seats: int
    # In which zone the reader reads its time.
    zone: str

    @property
    def leads(self) -> bool:
        """Whether the reader leads it."""
        return self.own is not None and self.own.seat in LEADING

    @property
    def waits_for_record(self) -> bool:
        """Whether the reader still has to record it."""
        open_ = self.session.state in (State.PLANNED, State.HELD)
        return self.leads and open_ and self.session.starts_at <= timezone.now()


def own_sessions(user: User) -> QuerySet[SupervisionSession]:
    """Every session in which `user` has a seat, but for programmes that they left more than a year ago."""
    seats = Attendance.objects.filter(session=OuterRef("pk"), person=user)
    return _listed().filter(Exists(seats)).exclude(programme__in=shut_to(user))


def branch_sessions(programme: Programme, paths: Sequence[str]) -> QuerySet[SupervisionSession]:
    """Every session of the programme in which somebody belonged to one of these branches on the day."""
    seats = Attendance.objects.filter(under(tuple(paths)), session=OuterRef("pk"))
    return _listed().filter(Exists(seats), programme=programme)


def _listed() -> QuerySet[SupervisionSession]:
    return SupervisionSession.objects.select_related("programme", "rule_version")


def with_person(
    sessions: QuerySet[SupervisionSession], words: str, paths: Sequence[str] | None = None
) -> QuerySet[SupervisionSession]:
    """The sessions with somebody of whose name the words are part (folded for search).

    In a coordinator's list only names of the own branches (`paths`) are found: a search must not say who else came.
    """
    seats = Attendance.objects.filter(session=OuterRef("pk"))
    if paths is not None:
        seats = seats.filter(under(tuple(paths)))
    for word in words.split():
        seats = seats.filter(person__search_name__contains=word)
    return sessions.filter(Exists(seats))


def rows(sessions: Sequence[SupervisionSession], reader: User, paths: Sequence[str] | None = None) -> list[SessionRow]:
    """The lines for sessions of one page; one query for all seats.

    `paths` are the branches of a coordinator's list: who belonged to one of them on the day stands by name, the
    others are a number (rights.md, row 1).
    """
    seats: dict[int, list[Attendance]] = {}
    for seat in (
        Attendance.objects.filter(session__in=[session.pk for session in sessions])
        .select_related("person", "organisation")
        .order_by("turn", "pk")
    ):
        seats.setdefault(seat.session_id, []).append(seat)
    return [_row(session, seats.get(session.pk, []), reader, paths) for session in sessions]


def in_branch(seat: Attendance, paths: Sequence[str]) -> bool:
    """Whether the person belonged to one of these branches on the day."""
    return seat.organisation is not None and seat.organisation.path.startswith(tuple(paths))


def _row(
    session: SupervisionSession, seats: list[Attendance], reader: User, paths: Sequence[str] | None
) -> SessionRow:
    people = {seat.person_id: seat for seat in reversed(seats)}
    named = {pk: seat for pk, seat in people.items() if paths is None or pk == reader.pk or in_branch(seat, paths)}
    first = next((seat for seat in seats if seat.seat == Attendance.Seat.LEAD), None)
    lead = first.person if first and first.person_id in named else None
    own = [seat for seat in seats if seat.person_id == reader.pk]
    return SessionRow(
        session=session,
        lead=lead.name if lead else "",
        others=[seat.person.name for pk, seat in reversed(named.items()) if pk != (lead.pk if lead else 0)],
        elsewhere=len(people.keys() - named.keys() - ({first.person_id} if first else set())),
        own=next((seat for seat in own if seat.seat in LEADING), own[0] if own else None),
        came=sum(seat.present is True for seat in people.values()),
        seats=len(people),
        zone=zone_for(reader.time_zone, session.zone, session.starts_at),
    )


def when_filters(now: dt.datetime) -> dict[str, Q]:
    """The conditions of the three views: coming, waiting for their record, past."""
    return {
        "coming": Q(state=State.PLANNED, starts_at__gte=now - dt.timedelta(hours=3)),
        "open": Q(state__in=(State.PLANNED, State.HELD), starts_at__lt=now),
        "past": Q(state__in=(State.FINISHED, State.CANCELLED)),
    }


def rule_choices(user: User, programme: Programme | None = None) -> list[tuple[str, str]]:
    """The rules by which a list can be narrowed: those of the programme, or of one's own programmes. One query."""
    versions = SupervisionRuleVersion.objects.filter(is_current=True).select_related("rule__programme")
    if programme:
        versions = versions.filter(rule__programme=programme)
    else:
        mine = Membership.objects.filter(person=user).values("role__programme_id")
        versions = versions.filter(rule__programme_id__in=mine)
    return [
        (str(version.rule_id), for_reader(version.names, version.rule.programme.language))
        for version in versions.order_by("rule__programme_id", "rule__order")
    ]
