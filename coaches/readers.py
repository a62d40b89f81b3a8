"""Who has room, and how each coach's places stand. Reads only; names leave only where the reader may know them."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone

from accounts.models import User
from coaches.four_places import Place, Seat, draw, has_room
from coaches.models import Absence, CoachProfile, Placement
from programmes.models import Membership, Programme, ProgrammeRole, SupervisionRuleVersion
from programmes.policies import branch_paths, under

SAME_ORGANISATION, SAME_BRANCH, SAME_NETWORK = 0, 1, 2


@dataclass(frozen=True)
class CoachChoice:
    """A coach who could take somebody, and what speaks for it."""

    person: User
    organisation: str
    places: list[Place]
    under_rule: int
    limit: int
    nearness: int
    speaks_the_language: bool
    away: bool

    @property
    def has_room(self) -> bool:
        """Whether one more fits: a free place where there are places, and the rule's caseload."""
        return self.under_rule < self.limit and (not self.places or has_room(self.places))

    @property
    def order(self) -> tuple[bool, bool, int, bool, int, str]:
        """Who has room first, then who is there, near, of the same language, and has fewest."""
        return (
            not self.has_room,
            self.away,
            self.nearness,
            not self.speaks_the_language,
            self.under_rule,
            self.person.sort_name,
        )


@dataclass(frozen=True)
class CoachRoom:
    """A coach's own four places, or for a mentor the people placed, with words for the page to add."""

    capacity: int
    away_until: dt.date | None
    away: bool
    places: list[Place]
    placements: list[Placement]


def coach_choices(version: SupervisionRuleVersion, supervisee: User, *, viewer: User) -> list[CoachChoice]:
    """Everybody in the viewer's branch who may supervise under the rule, best first. Six queries."""
    programme = version.rule.programme
    paths = [programme.network.path] if viewer.is_system else branch_paths(viewer, programme)
    held = (
        Membership.objects.open()
        .filter(under(paths), role=version.supervisor_role, person__erased_at__isnull=True)
        .exclude(person=supervisee)
        .select_related("person", "organisation")
        .order_by("person__sort_name", "pk")
    )
    by_person: dict[int, list[Membership]] = defaultdict(list)
    for membership in held:
        by_person[membership.person_id].append(membership)
    own = list(
        Membership.objects.open()
        .filter(person=supervisee, role__programme=programme)
        .values_list("organisation__path", flat=True)
    )
    rooms = rooms_of(by_person, programme=programme)
    counts = _counts_under(version, by_person)
    choices = [
        CoachChoice(
            person=memberships[0].person,
            organisation=memberships[0].organisation.name,
            places=rooms[pk].places if version.supervisor_role.kind == ProgrammeRole.Kind.PEER_COACH else [],
            under_rule=counts.get(pk, 0),
            limit=version.caseload_max or 0,
            nearness=min(_nearness(membership.organisation.path, own) for membership in memberships),
            speaks_the_language=supervisee.language in memberships[0].person.supervises_in,
            away=rooms[pk].away,
        )
        for pk, memberships in by_person.items()
    ]
    return sorted(choices, key=lambda choice: choice.order)


def rooms_of(coach_ids: Iterable[int], *, programme: Programme | None) -> dict[int, CoachRoom]:
    """The places of each coach, named for those who may know them: seats of another network are only taken.

    `programme` says whose seats may be named: all of its network; None names all (a coach looks at the own places).
    Three queries, however many coaches.
    """
    ids, today = list(coach_ids), timezone.localdate()
    offered = dict(CoachProfile.objects.filter(person_id__in=ids).values_list("person_id", "capacity"))
    away = {
        absence.person_id: absence
        for absence in Absence.objects.filter(person_id__in=ids, starts_on__lte=today).exclude(ends_on__lte=today)
    }
    placements: dict[int, list[Placement]] = defaultdict(list)
    live = Placement.objects.live().filter(coach_id__in=ids).select_related("supervisee", "programme", "covers__coach")
    for placement in live.order_by("coach_id", "place", "-state", "pk"):
        placements[placement.coach_id].append(placement)
    network = programme.network_id if programme else None
    return {pk: _room(placements[pk], offered.get(pk, 4), away.get(pk), network) for pk in ids}


def _room(placements: list[Placement], capacity: int, absence: Absence | None, network: int | None) -> CoachRoom:
    seats: dict[int, Seat] = {}
    shown = []
    for placement in placements:
        ours = network is None or placement.programme.network_id == network
        if ours:
            shown.append(placement)
        if placement.place is not None and (placement.place not in seats or placement.state == "open"):
            seats[placement.place] = _seat(placement, ours)
    return CoachRoom(
        capacity=capacity,
        away_until=absence.ends_on if absence else None,
        away=absence is not None,
        places=draw(seats.values(), offered=capacity, away=absence is not None),
        placements=shown,
    )


def _seat(placement: Placement, ours: bool) -> Seat:
    if not ours:
        return Seat(number=placement.place or 0, elsewhere=True)
    return Seat(
        number=placement.place or 0,
        supervisee_id=placement.supervisee_id,
        name=placement.supervisee.name,
        is_cover=placement.covers_id is not None,
    )


def _counts_under(version: SupervisionRuleVersion, coach_ids: Iterable[int]) -> dict[int, int]:
    counts: dict[int, int] = defaultdict(int)
    open_rows = Placement.objects.open().filter(rule=version.rule, coach_id__in=list(coach_ids), covers__isnull=True)
    for coach_id in open_rows.values_list("coach_id", flat=True):
        counts[coach_id] += 1
    return counts


def _nearness(path: str, own: list[str]) -> int:
    if path in own:
        return SAME_ORGANISATION
    parents = {other.rstrip("/").rpartition("/")[0] + "/" for other in own}
    if any(len(parent) > 7 and path.startswith(parent) for parent in parents) or any(
        path.startswith(other) or other.startswith(path) for other in own
    ):
        return SAME_BRANCH
    return SAME_NETWORK
