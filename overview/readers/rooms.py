"""Who is placed with whom, as somebody's home page draws it: four places, pairs, a number; and one's own coach."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Max, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from accounts.models import User
from coaches.models import PLACES, EarlierSession, Placement
from programmes.models import ProgrammeRole, SupervisionRuleVersion
from supervision.models import Attendance, SupervisionSession

Kind = ProgrammeRole.Kind
State = Placement.State
OVER = (SupervisionSession.State.HELD, SupervisionSession.State.FINISHED)


@dataclass(frozen=True)
class Rooms:
    """The reader's placements, live ones, in the order of places."""

    as_coach: list[Placement] = field(default_factory=list)
    as_supervisee: list[Placement] = field(default_factory=list)

    @property
    def in_places(self) -> list[Placement]:
        """Those that hold one of the reader's four places."""
        return [one for one in self.as_coach if one.place is not None and not is_pair(one)]

    @property
    def pairs(self) -> list[Placement]:
        """Those under a rule with room for one: the two are drawn as a pair, once, from whichever side it is kept."""
        found = [one for one in (*self.as_coach, *self.as_supervisee) if is_pair(one)]
        return list({(one.programme_id, frozenset((one.coach_id, one.supervisee_id))): one for one in found}.values())

    @property
    def others(self) -> list[Placement]:
        """Those with a mentor or another supervisor without places."""
        return [one for one in self.as_coach if one.place is None and not is_pair(one)]

    @property
    def coaches(self) -> list[Placement]:
        """By whom the reader is supervised, but for pairs."""
        return [one for one in self.as_supervisee if one.state == State.OPEN and not is_pair(one)]

    @property
    def unplanned(self) -> list[Placement]:
        """Open placements of the reader's own people for whom no session is planned."""
        return [one for one in self.as_coach if one.state == State.OPEN and getattr(one, "next_at", None) is None]


def is_pair(placement: Placement) -> bool:
    """Whether the rule has room for one only, or the two take turns."""
    return getattr(placement, "reciprocal", False) or getattr(placement, "caseload", None) == 1


def rooms_of(reader: User) -> Rooms:
    """One query: each placement with its rule's caseload, and when the two met and meet (`last_at`, `next_at`)."""
    found = list(
        with_meetings(
            Placement.objects.live()
            .standing()
            .filter(Q(coach=reader) | Q(supervisee=reader))
            .select_related("coach", "supervisee", "programme", "covers__coach")
        ).order_by("place", "state", "started_on", "pk")
    )
    return Rooms(
        as_coach=[one for one in found if one.coach_id == reader.pk],
        as_supervisee=[one for one in found if one.supervisee_id == reader.pk],
    )


def with_meetings(placements: Any) -> Any:
    """The placements with `caseload`, `reciprocal`, `last_at` (finished) and `next_at` (planned), one query in all."""
    version = SupervisionRuleVersion.objects.filter(rule=OuterRef("rule_id"), is_current=True)
    return placements.annotate(
        caseload=Subquery(version.values("caseload_max")[:1]),
        reciprocal=Subquery(version.values("reciprocal")[:1]),
        **meetings(),
    )


def meetings() -> dict[str, Any]:
    """For placements: `last_at` and `next_at`, when the two met last and meet next."""
    person, programme, rule = OuterRef("supervisee_id"), OuterRef("programme_id"), OuterRef("rule_id")
    ahead = Q(session__programme=programme, session__rule=rule, session__state=SupervisionSession.State.PLANNED)
    return {
        "last_at": last_of(person, programme, rule),
        "next_at": earliest_start(Attendance.objects.filter(person=person), ahead),
    }


def last_of(person: OuterRef, programme: OuterRef, rule: OuterRef) -> Coalesce:
    """When the person's last session under the rule began; without one, the last one before this service was used."""
    over = Q(session__programme=programme, session__rule=rule, session__state__in=OVER)
    before = EarlierSession.objects.filter(person=person, programme=programme).order_by("-held_at")
    recorded = latest_start(Attendance.objects.filter(person=person), over)
    return Coalesce(recorded, Subquery(before.values("held_at")[:1]))


def latest_start(seats: QuerySet[Attendance], which: Q) -> Subquery:
    """When the last session of these seats of one person began, of the sessions in `which`.

    What is asked of the session stands inside the aggregate: then the person's few seats are read by their index. As a
    condition it tempts PostgreSQL to walk all sessions of the rule for each person (minutes with 50,000 of them).
    """
    return Subquery(
        seats.order_by().values("person").annotate(at=Max("session__starts_at", filter=which)).values("at")
    )


def earliest_start(seats: QuerySet[Attendance], which: Q) -> Subquery:
    """When the first session of these seats of one person begins."""
    return Subquery(
        seats.order_by().values("person").annotate(at=Min("session__starts_at", filter=which)).values("at")
    )


@dataclass(frozen=True)
class Drawn:
    """One of the four places: its state, and the placement that holds it."""

    number: int
    state: str
    placement: Placement | None = None


def drawn_places(rooms: Rooms, *, offered: int, away: bool) -> list[Drawn]:
    """The four places in their order. An open holder is drawn before the successor of the same place."""
    held: dict[int, Placement] = {}
    for one in rooms.as_coach:
        if one.place is not None and (one.place not in held or one.state == State.OPEN):
            held[one.place] = one
    return [_drawn(number, held.get(number), offered, away) for number in PLACES]


def _drawn(number: int, placement: Placement | None, offered: int, away: bool) -> Drawn:
    if placement is None:
        return Drawn(number, "empty" if number <= offered else "closed")
    if placement.covers_id:
        return Drawn(number, "cover", placement)
    return Drawn(number, "away" if away else "filled", placement)
