"""People who wait for a coach, each with who could take them. Three queries, however many wait."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import F
from django.utils import timezone

from accounts.models import User
from coaches.models import PLACES, Placement
from common.dates import span
from overview.nearness import Candidate, Suggestion, lowest_free, suggestions
from overview.readers.branch import coaches_in
from overview.readers.workbench import memberships_waiting
from programmes.models import Membership, ProgrammeRole
from programmes.policies import Hat

Kind = ProgrammeRole.Kind
SHOWN = 6
CANDIDATES = 200
LONG = 14  # days after which waiting is late


@dataclass(frozen=True)
class Waiting:
    """Somebody without a coach: since when, and who could be it."""

    membership: Membership
    days: int
    suggestions: list[Suggestion]

    @property
    def person(self) -> User:
        """Who waits."""
        return self.membership.person

    @property
    def span(self) -> str:
        """How long, in words: days, or months where it is long."""
        return span(self.days)

    @property
    def is_late(self) -> bool:
        """Whether they wait for more than two weeks."""
        return self.days > LONG


def waiting_people(hat: Hat) -> list[Waiting]:
    """The six who wait longest; suggestions for those whom a peer coach of the branch could take."""
    found: dict[int, Membership] = {}
    for membership in memberships_waiting(hat)[: SHOWN * 2]:
        known = found.setdefault(membership.person_id, membership)
        # Whoever coaches waits for a mentor, also where they lead groups.
        if known.role.kind == Kind.GROUP_LEADER:
            found[membership.person_id] = membership
    memberships = list(found.values())[:SHOWN]
    candidates = _candidates(hat) if memberships else []
    today = timezone.localdate()
    return [
        Waiting(
            membership=membership,
            days=max(0, (today - membership.started_on).days),
            suggestions=_suggested(membership, candidates),
        )
        for membership in memberships
    ]


def _suggested(membership: Membership, candidates: list[Candidate]) -> list[Suggestion]:
    if membership.role.kind != Kind.GROUP_LEADER:
        return []
    person = membership.person
    return suggestions(membership.organisation.path, person.language, candidates, but=person.pk)


def _candidates(hat: Hat) -> list[Candidate]:
    """Coaches of the branch with a free place, with the lowest one. Two queries."""
    coaches = list(coaches_in(hat).filter(taken__lt=F("capacity")).order_by("sort_name", "pk")[:CANDIDATES])
    taken: dict[int, list[int]] = defaultdict(list)
    places = Placement.objects.live().filter(coach__in=coaches, place__in=PLACES)
    for coach_id, place in places.values_list("coach_id", "place"):
        taken[coach_id].append(place or 0)
    return [_candidate(coach, taken[coach.pk]) for coach in coaches]


def _candidate(coach: Any, taken: list[int]) -> Candidate:
    """`coach` is a row of `coaches_in`."""
    return Candidate(
        person_id=coach.pk,
        name=coach.name,
        sort_name=coach.sort_name,
        path=coach.path,
        organisation=coach.organisation,
        languages=tuple(coach.supervises_in) or (coach.language,),
        place=lowest_free(taken, coach.capacity),
        free=coach.capacity - coach.taken,
        away=coach.away,
    )
