"""Who has room, and how each coach's places stand. Reads only; names leave only where the reader may know them."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from accounts.models import User
from coaches.four_places import Place, Seat, draw, has_room
from coaches.models import Absence, CoachProfile, Placement
from coaches.pairs import Drawing, RuleShape, drawing_of
from common.search import words_in
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


def coach_choices(
    version: SupervisionRuleVersion, supervisee: User, *, viewer: User, typed: str = ""
) -> list[CoachChoice]:
    """Everybody in the viewer's branch who may supervise under the rule, best first; by name if one was typed.

    Seven queries, however many coaches.
    """
    programme = version.rule.programme
    paths = [programme.network.path] if viewer.is_system else branch_paths(viewer, programme)
    held = (
        Membership.objects.open()
        .filter(under(paths), words_in(typed, "person__search_name"), role=version.supervisor_role)
        .filter(person__erased_at__isnull=True)
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
    counts = _counts_under(version, by_person)
    away = {absence.person_id for absence in _away(by_person)}
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
        )
        for pk, memberships in by_person.items()
    ]
    return sorted(choices, key=lambda choice: choice.order)


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


def _away(ids: Iterable[int]) -> QuerySet[Absence]:
    today = timezone.localdate()
    return Absence.objects.filter(person_id__in=list(ids), starts_on__lte=today).exclude(ends_on__lte=today)


def own_rules(programme: Programme) -> QuerySet[SupervisionRuleVersion]:
    """The programme's rules with places of their own, as they are now."""
    return SupervisionRuleVersion.objects.filter(
        rule__programme=programme, is_current=True, rests_on=SupervisionRuleVersion.RestsOn.OWN
    )


def needs_a_coach() -> Q:
    """A condition on memberships: some rule with places of its own supervises the role, and the person is placed
    under no such rule of the programme. The one definition, for every list and number.

    Peer coaches are group leaders too: with a mentor they are placed. Whoever coaches in a pair of equals is placed as
    well. Mentors look after their own supervision, but in training.
    """
    own = Q(is_current=True, rests_on=SupervisionRuleVersion.RestsOn.OWN)
    rules = SupervisionRuleVersion.objects.filter(own, supervisee_roles=OuterRef("role"))
    live = Placement.objects.live().filter(programme=OuterRef("role__programme"), covers__isnull=True)
    placed = live.filter(supervisee=OuterRef("person"))
    in_a_pair = live.filter(coach=OuterRef("person"), rule__versions__is_current=True, rule__versions__reciprocal=True)
    kinds = ProgrammeRole.Kind
    first_line = Q(role__kind__in=(kinds.GROUP_LEADER, kinds.PEER_COACH)) | Q(role__in_training=True)
    return first_line & Q(Exists(rules)) & ~Q(Exists(placed)) & ~Q(Exists(in_a_pair))


def without_coach(programme: Programme, paths: Sequence[str]) -> Q:
    """A condition on people: in these branches, in a role that asks for a coach, and without one."""
    asking = Membership.objects.active(timezone.localdate()).filter(
        under(tuple(paths)), needs_a_coach(), role__programme=programme
    )
    return Q(pk__in=asking.values("person_id"))


def unplaced_people(programme: Programme, paths: Sequence[str], *, most: int = 100) -> list[User]:
    """Who has no coach, by name."""
    found = User.objects.known().filter(without_coach(programme, paths))
    return list(found.order_by("sort_name", "pk")[:most])


def rules_for(supervisee: User, programme: Programme) -> list[SupervisionRuleVersion]:
    """The rules under which somebody still lacks a coach, in the pack's order. Two queries and one for roles."""
    held = Membership.objects.open().filter(person=supervisee, role__programme=programme)
    placed = Placement.objects.open().filter(supervisee=supervisee, covers__isnull=True)
    versions = own_rules(programme).filter(supervisee_roles__in=held.values("role_id"))
    versions = versions.exclude(rule_id__in=placed.values("rule_id")).distinct()
    related = versions.select_related("rule__programme__network", "supervisor_role", "placement_rule")
    return list(related.order_by("rule__order"))


def open_under(rule_id: int, programme: Programme, paths: Sequence[str]) -> list[Placement]:
    """Open placements of one rule whose supervisee is in these branches: with whom somebody can change places."""
    inside = Membership.objects.open().filter(under(tuple(paths)), role__programme=programme).values("person_id")
    found = Placement.objects.open().filter(rule_id=rule_id, covers__isnull=True, supervisee_id__in=inside)
    return list(found.select_related("coach", "supervisee").order_by("supervisee__sort_name", "pk")[:500])


def absences_of(person: User) -> list[Absence]:
    """Times away that last or lie ahead, and the last ones before."""
    return list(Absence.objects.filter(person=person).order_by("-starts_on", "-pk")[:10])


def rooms_of(
    coach_ids: Iterable[int], *, programme: Programme | None, paths: Sequence[str] | None = None
) -> dict[int, CoachRoom]:
    """The places of each coach. Who sits in them is named as far as the reader may know.

    `programme` None names everybody (a coach looks at the own places); else only placements of that programme are
    named, and with `paths` only people who have a role in those branches. The rest is taken, no more.
    Three queries, four with `paths`, however many coaches.
    """
    ids = list(coach_ids)
    offered = dict(CoachProfile.objects.filter(person_id__in=ids).values_list("person_id", "capacity"))
    away = {absence.person_id: absence for absence in _away(ids)}
    live = Placement.objects.live().filter(coach_id__in=ids).select_related("supervisee", "programme", "covers__coach")
    found = list(live.order_by("coach_id", "place", "pk"))
    named = _named(found, programme, paths)
    placements: dict[int, list[Placement]] = defaultdict(list)
    for placement in found:
        placements[placement.coach_id].append(placement)
    return {pk: _room(placements[pk], offered.get(pk, 4), away.get(pk), named) for pk in ids}


def led_rules(role_ids: Iterable[int]) -> list[RuleShape]:
    """The rules under which people of these roles lead, as far as the drawing asks. One query."""
    versions = SupervisionRuleVersion.objects.filter(supervisor_role__in=list(role_ids), is_current=True)
    shapes = versions.exclude(caseload_max=None).values_list("rule_id", "reciprocal", "caseload_max")
    return [RuleShape(rule_id, reciprocal, caseload or 0) for rule_id, reciprocal, caseload in shapes]


def own_drawing(person: User) -> Drawing:
    """How one's own placements are drawn. Three queries."""
    roles = Membership.objects.open().filter(person=person, role__kind=ProgrammeRole.Kind.PEER_COACH)
    shapes = led_rules(roles.values_list("role_id", flat=True))
    live = Placement.objects.live().filter(Q(coach=person) | Q(supervisee=person))
    return drawing_of(person, list(live.select_related("coach", "supervisee").order_by("pk")), shapes)


def room_from(
    person: User, live: list[Placement], *, programme: Programme | None, paths: Sequence[str] | None = None
) -> CoachRoom:
    """The room of one coach whose live placements are in hand; as `rooms_of`. At most three queries."""
    today = timezone.localdate()
    # Loaded along with the person where the page did so.
    profile: CoachProfile | None = getattr(person, "coach_profile", None)
    away = Absence.objects.filter(person=person, starts_on__lte=today).exclude(ends_on__lte=today).first()
    return _room(live, profile.capacity if profile else 4, away, _named(live, programme, paths))


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


def _room(placements: list[Placement], capacity: int, absence: Absence | None, named: set[int]) -> CoachRoom:
    """One coach's room. A place whose holder ends and has a successor is drawn with its holder."""
    seats: dict[int, Seat] = {}
    for placement in placements:
        if placement.place is not None and (placement.place not in seats or placement.state == Placement.State.OPEN):
            seats[placement.place] = _seat(placement, placement.pk in named)
    return CoachRoom(
        capacity=capacity,
        away_until=absence.ends_on if absence else None,
        away=absence is not None,
        places=draw(seats.values(), offered=capacity, away=absence is not None),
        placements=[placement for placement in placements if placement.pk in named],
    )


def _seat(placement: Placement, is_named: bool) -> Seat:
    covered = placement.covers
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
