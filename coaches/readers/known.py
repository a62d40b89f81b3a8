"""What an act on places must know of its people: read once for one and for hundreds, and kept up while it goes on."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Q

from coaches.models import CoachProfile, Placement
from programmes.models import Membership

EVERY_PLACE = 4


@dataclass(frozen=True)
class Taken:
    """One live placement of a coach, as the checks need it."""

    place: int | None
    network_id: int
    rule_id: int
    is_open: bool
    is_cover: bool


@dataclass
class Known:
    """Roles and places of some people. What an act opens is added, so that the next check of the same act sees it."""

    # Person to open roles; (person, programme) to organisation paths, the oldest membership first.
    roles: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    paths: dict[tuple[int, int], list[str]] = field(default_factory=lambda: defaultdict(list))
    managers: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    taken: dict[int, list[Taken]] = field(default_factory=lambda: defaultdict(list))
    # (supervisee, rule) to the coach who is no stand-in, and since when.
    placed: dict[tuple[int, int], tuple[int, dt.date]] = field(default_factory=dict)
    offered: dict[int, int] = field(default_factory=dict)

    def places_offered(self, coach_id: int) -> int:
        """How many of the four the coach offers; four where nothing was said."""
        return self.offered.get(coach_id, EVERY_PLACE)

    def add(self, placement: Placement, network_id: int) -> None:
        """A placement that the act has just opened."""
        opened = Taken(placement.place, network_id, placement.rule_id, is_open=True, is_cover=False)
        self.taken[placement.coach_id].append(opened)
        self.placed[placement.supervisee_id, placement.rule_id] = (placement.coach_id, placement.started_on)


def known_of(people: Iterable[int]) -> Known:
    """Roles, places and rooms of these people. Three queries, however many they are."""
    ids, found = sorted(set(people)), Known()
    held = Membership.objects.open().filter(person__in=ids).order_by("pk")
    for person, role, programme, path, manager in held.values_list(
        "person_id", "role_id", "role__programme_id", "organisation__path", "reports_to_id"
    ):
        found.roles[person].add(role)
        found.paths[person, programme].append(path)
        if manager is not None:
            found.managers[person].add(manager)
    live = Placement.objects.live().filter(Q(coach__in=ids) | Q(supervisee__in=ids)).order_by("pk")
    for coach, supervisee, place, network, rule, state, covers, since in live.values_list(
        "coach_id", "supervisee_id", "place", "programme__network_id", "rule_id", "state", "covers_id", "started_on"
    ):
        opened, covering = state == Placement.State.OPEN, covers is not None
        found.taken[coach].append(Taken(place, network, rule, opened, covering))
        if opened and not covering:
            found.placed[supervisee, rule] = (coach, since)
    found.offered = dict(CoachProfile.objects.filter(person__in=ids).values_list("person_id", "capacity"))
    return found
