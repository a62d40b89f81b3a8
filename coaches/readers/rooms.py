"""How each coach's places stand, and how they are drawn. Names leave only where the reader may know them."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.models import User
from coaches.four_places import Place, Seat, draw
from coaches.models import Absence, CoachProfile, Placement
from coaches.pairs import Drawing, RuleShape, drawing_of
from common.at_once import read_at_once
from programmes.models import Membership, Programme, ProgrammeRole, SupervisionRuleVersion
from programmes.policies import under


@dataclass(frozen=True)
class CoachRoom:
    """A coach's own four places, or for a mentor the people placed, with words for the page to add."""

    capacity: int
    away_until: dt.date | None
    away: bool
    places: list[Place]
    placements: list[Placement]


def rule_shapes(roles: list[int] | QuerySet[Any, Any]) -> QuerySet[SupervisionRuleVersion, tuple[Any, ...]]:
    """The rules under which people of these roles lead, as far as the drawing asks: each row makes a `RuleShape`."""
    versions = SupervisionRuleVersion.objects.filter(supervisor_role__in=roles, is_current=True)
    return versions.exclude(caseload_max=None).values_list("rule_id", "reciprocal", "caseload_max")


def own_drawing(person: User) -> Drawing:
    """How one's own placements are drawn. One query."""
    roles = Membership.objects.open().filter(person=person, role__kind=ProgrammeRole.Kind.PEER_COACH)
    live = Placement.objects.live().filter(Q(coach=person) | Q(supervisee=person))
    rows = read_at_once(
        shapes=rule_shapes(roles.values("role_id")),
        live=live.standing().select_related("coach", "supervisee").order_by("pk"),
    )
    return drawing_of(person, rows["live"], [RuleShape(*shape) for shape in rows["shapes"]])


def absences_of(person: User) -> list[Absence]:
    """Times away that last or lie ahead, and the last ones before."""
    return list(Absence.objects.filter(person=person).order_by("-starts_on", "-pk")[:10])


def rooms_of(
    coach_ids: Iterable[int], *, programme: Programme | None, paths: Sequence[str] | None = None
) -> dict[int, CoachRoom]:
    """The places of each coach. Who sits in them is named as far as the reader may know.

    `programme` None names everybody (a coach looks at the own places); else only placements of that programme are
    named, and with `paths` only people who have a role in those branches. The rest is taken, no more; and nobody is
    named with whom the coach has nothing to do any more, since one of the two has left the programme.
    One query, two with `paths`, however many coaches.
    """
    ids = list(coach_ids)
    live = Placement.objects.live().filter(coach_id__in=ids).select_related("supervisee", "programme", "covers__coach")
    rows = read_at_once(
        offered=CoachProfile.objects.filter(person_id__in=ids).values_list("person_id", "capacity"),
        away=away_now(ids),
        live=live.order_by("coach_id", "place", "pk"),
        ended=live.of_who_left().order_by().values_list("pk", flat=True),
    )
    offered, found = dict(rows["offered"]), rows["live"]
    away = {absence.person_id: absence for absence in rows["away"]}
    ended = frozenset(rows["ended"])
    named = _named(found, programme, paths) - ended
    placements: dict[int, list[Placement]] = defaultdict(list)
    for placement in found:
        placements[placement.coach_id].append(placement)
    return {pk: _room(placements[pk], offered.get(pk, 4), away.get(pk), named, ended) for pk in ids}


def room_from(
    person: User,
    live: list[Placement],
    away: Absence | None,
    *,
    programme: Programme | None,
    paths: Sequence[str] | None = None,
    ended: frozenset[int] = frozenset(),
) -> CoachRoom:
    """The room of one coach whose live placements, those of them that somebody has left (`ended`, by id) and absence
    are in hand; as `rooms_of`. At most two queries."""
    # Loaded along with the person where the page did so.
    profile: CoachProfile | None = getattr(person, "coach_profile", None)
    return _room(live, profile.capacity if profile else 4, away, _named(live, programme, paths) - ended, ended)


def _named(found: list[Placement], programme: Programme | None, paths: Sequence[str] | None) -> set[int]:
    """The placements (by id) whose supervisee the reader may know by name."""
    if programme is None:
        return {placement.pk for placement in found}
    ours = [placement for placement in found if placement.programme_id == programme.pk]
    if paths is None:
        return {placement.pk for placement in ours}
    if not ours:
        return set()
    inside = set(
        Membership.objects.open()
        .filter(
            under(tuple(paths)),
            role__programme=programme,
            person_id__in={placement.supervisee_id for placement in ours},
        )
        .values_list("person_id", flat=True)
    )
    return {placement.pk for placement in ours if placement.supervisee_id in inside}


def _room(
    placements: list[Placement], capacity: int, absence: Absence | None, named: set[int], ended: frozenset[int]
) -> CoachRoom:
    """One coach's room. A place whose holder ends and has a successor is drawn with its holder."""
    seats: dict[int, Seat] = {}
    for placement in placements:
        if placement.place is not None and (placement.place not in seats or placement.state == Placement.State.OPEN):
            seats[placement.place] = _seat(placement, placement.pk in named, placement.pk in ended)
    return CoachRoom(
        capacity=capacity,
        away_until=absence.ends_on if absence else None,
        away=absence is not None,
        places=draw(seats.values(), offered=capacity, away=absence is not None),
        placements=[placement for placement in placements if placement.pk in named],
    )


def _seat(placement: Placement, is_named: bool, has_ended: bool) -> Seat:
    covered = placement.covers
    if has_ended:
        return Seat(number=placement.place or 0, ended=True)
    if not is_named:
        # That it is a cover may be seen, for whom not: a sign without a name.
        return Seat(number=placement.place or 0, elsewhere=True, covers_for="–" if covered else "")
    return Seat(
        number=placement.place or 0,
        supervisee_id=placement.supervisee_id,
        name=placement.supervisee.name,
        started_on=placement.started_on,
        until=placement.planned_end_on,
        covers_for=covered.coach.name if covered else "",
    )


def away_now(ids: Iterable[int]) -> QuerySet[Absence]:
    """The times away of these people that hold today."""
    today = timezone.localdate()
    return Absence.objects.filter(person_id__in=list(ids), starts_on__lte=today).exclude(ends_on__lte=today)
