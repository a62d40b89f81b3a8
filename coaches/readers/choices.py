"""Who could take somebody, best first, with what speaks for each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from accounts.models import User
from coaches.four_places import Place, Seat, draw, has_room
from coaches.models import CoachProfile, Placement
from coaches.policies import serves
from coaches.readers.rooms import away_now
from common.search import words_in
from programmes.models import Membership, Programme, ProgrammeRole, SupervisionRuleVersion
from programmes.policies import branch_paths, share_an_organisation

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
    # Whether the reader coordinates them; others serve the branch from further up, and have no page for the reader.
    in_branch: bool = True

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


def coach_choices(
    version: SupervisionRuleVersion, supervisee: User, *, viewer: User, typed: str = ""
) -> list[CoachChoice]:
    """Everybody who may supervise under the rule in the viewer's branch, from there or from further up, best first;
    by name if one was typed. Where the rule keeps to one organisation, only whoever shares one with the supervisee.

    Seven queries, however many coaches.
    """
    programme = version.rule.programme
    paths = [programme.network.path] if viewer.is_system else branch_paths(viewer, programme)
    held = (
        Membership.objects.open()
        .filter(serves(version, paths), words_in(typed, "person__search_name"))
        .filter(person__erased_at__isnull=True)
        .exclude(person=supervisee)
        .select_related("person", "organisation")
        .order_by("person__sort_name", "pk")
    )
    own = paths_in(supervisee, programme)
    one_organisation = version.source.get("same_organisation") == "yes"
    by_person: dict[int, list[Membership]] = defaultdict(list)
    for membership in held:
        if not one_organisation or any(share_an_organisation(membership.organisation.path, path) for path in own):
            by_person[membership.person_id].append(membership)
    counts = _counts_under(version, by_person)
    away = {absence.person_id for absence in away_now(by_person)}
    shapes = _shapes_of(by_person, away)
    choices = [
        CoachChoice(
            person=memberships[0].person,
            organisation=memberships[0].organisation.name,
            places=shapes[pk] if version.supervisor_role.kind == ProgrammeRole.Kind.PEER_COACH else [],
            under_rule=counts.get(pk, 0),
            limit=version.caseload_max or 0,
            nearness=min(_nearness(membership.organisation.path, own) for membership in memberships),
            speaks_the_language=supervisee.language in memberships[0].person.supervises_in,
            away=pk in away,
            in_branch=any(one.organisation.path.startswith(path) for one in memberships for path in paths),
        )
        for pk, memberships in by_person.items()
    ]
    return sorted(choices, key=lambda choice: choice.order)


def paths_in(person: User, programme: Programme) -> list[str]:
    """The paths of the organisations where somebody has an open role in the programme."""
    held = Membership.objects.open().filter(person=person, role__programme=programme)
    return list(held.values_list("organisation__path", flat=True))


def _shapes_of(coach_ids: Iterable[int], away: set[int]) -> dict[int, list[Place]]:
    """The four places of each coach as shapes without names: what a long list needs. Two queries."""
    ids = list(coach_ids)
    offered = dict(CoachProfile.objects.filter(person_id__in=ids).values_list("person_id", "capacity"))
    seats: dict[int, dict[int, Seat]] = defaultdict(dict)
    live = Placement.objects.live().filter(coach_id__in=ids, place__isnull=False)
    for coach_id, place, covers_id in live.order_by("-state").values_list("coach_id", "place", "covers_id"):
        # Open comes last in this order and wins over its successor.
        seats[coach_id][place or 0] = Seat(place or 0, covers_for="–" if covers_id else "", elsewhere=True)
    return {pk: draw(seats[pk].values(), offered=offered.get(pk, 4), away=pk in away) for pk in ids}


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
