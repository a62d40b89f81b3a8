"""Who may place, move and end; and what a placement makes people to each other."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from coaches.models import Placement
from programmes.models import Membership, Programme, SupervisionRuleVersion
from programmes.policies import above, branch_paths, is_coordinator_of, people_in_branch, under
from programmes.relations import About, Reads, Rows
from programmes.rights import Relation


def may_place(user: User, version: SupervisionRuleVersion, *, coaches: set[int], supervised: set[int]) -> bool:
    """Whether `user` may place these people (by id) with each other under the rule.

    Who is supervised lies in the branch that `user` coordinates. A coach lies there too, or holds the role that
    leads under the rule further up: who serves a whole region or network serves its branches. Where people supervise
    each other, each is supervised, and so in the branch.
    """
    if user.is_system:
        return True
    programme = version.rule.programme
    paths = branch_paths(user, programme)
    if not paths:
        return False
    inside = set(people_in_branch(paths, programme).filter(pk__in=coaches | supervised).values_list("pk", flat=True))
    outside = coaches - inside
    if supervised - inside:
        return False
    serving = Membership.objects.open().filter(serves(version, paths), person_id__in=outside)
    return not outside - set(serving.values_list("person_id", flat=True))


def serves(version: SupervisionRuleVersion, paths: Sequence[str]) -> Q:
    """A condition on memberships: the role that leads under the rule, in these branches or further up."""
    lies = under(tuple(paths)) | Q(organisation__path__in=above(tuple(paths)))
    return Q(role=version.supervisor_role_id) & lies


def may_end(user: User, placement: Placement) -> bool:
    """Whether `user` coordinates one of the two: the other may have left meanwhile."""
    if user.is_system:
        return True
    paths = branch_paths(user, placement.programme)
    ids = {placement.coach_id, placement.supervisee_id}
    return bool(paths) and people_in_branch(paths, placement.programme).filter(pk__in=ids).exists()


def coordinates(user: User, person: User) -> bool:
    """Whether `user` coordinates the person in any programme."""
    if user.is_system:
        return True
    programmes = Programme.objects.filter(roles__memberships__person=person).distinct()
    return any(is_coordinator_of(user, person, programme) for programme in programmes)


PLACEMENT_RELATIONS = frozenset(
    {Relation.PLACEMENT, Relation.STAND_IN, Relation.EARLIER_COACH, Relation.SUPERVISES_LEAD}
)


def is_coached_by(user: User, coach: User) -> bool:
    """Whether `coach` has a place in force with `user` in a programme that neither has left."""
    today = timezone.localdate()
    here = Membership.objects.active(today).filter(person=user).values("role__programme_id")
    placed = Placement.objects.in_force(today).standing().filter(coach=coach, supervisee=user)
    return placed.filter(programme__in=here).exists()


def placement_reads(viewer: User, about: About) -> Reads:
    """The viewer's people now and the person as an earlier one; and who coaches the person, and whom the person."""
    mine = Placement.objects.filter(coach=viewer, programme=about.programme)
    either = Q(supervisee=about.person) | Q(coach=about.person)
    near = Placement.objects.in_force(timezone.localdate()).filter(either, programme=about.programme)
    ended = mine.filter(state=Placement.State.ENDED, supervisee=about.person)
    return {
        "mine": (mine.open().standing() | ended).order_by("pk"),
        "near": near.values_list("coach_id", "supervisee_id"),
    }


def placement_relations(viewer: User, about: About, rows: Rows) -> set[Relation]:
    """PLACEMENT, STAND_IN, EARLIER_COACH and SUPERVISES_LEAD, from placements of this programme.

    A placement of no days (taken back at once) makes nobody an earlier coach. Whoever supervises a coach counts as
    supervising the one who leads, for the coach and for the coach's people.
    """
    today = timezone.localdate()
    person = about.person.pk
    in_force = [row for row in rows["mine"] if row.is_in_force(today)]
    supervised = {row.supervisee_id for row in in_force}
    found = {
        Relation.PLACEMENT if row.covers_id is None else Relation.STAND_IN
        for row in in_force
        if row.supervisee_id == person
    }
    if any(row.ended_on is not None and row.ended_on > row.started_on for row in rows["mine"]):
        found.add(Relation.EARLIER_COACH)
    if any(
        (supervisee == person and coach in supervised) or (coach == person and person in supervised)
        for coach, supervisee in rows["near"]
    ):
        found.add(Relation.SUPERVISES_LEAD)
    return found
