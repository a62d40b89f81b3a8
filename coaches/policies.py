"""Who may place, move and end; and what a placement makes people to each other."""

from __future__ import annotations

from django.db.models import F
from django.utils import timezone

from accounts.models import User
from coaches.models import Placement
from programmes.models import Membership, Programme, ProgrammeRole
from programmes.policies import branch_paths, is_coordinator_of, people_in_branch
from programmes.relations import About
from programmes.rights import Relation


def may_place(user: User, programme: Programme, *people: User) -> bool:
    """Whether all these people lie in the branch that `user` coordinates in the programme."""
    if user.is_system:
        return True
    paths, ids = branch_paths(user, programme), {person.pk for person in people}
    return bool(paths) and people_in_branch(paths, programme).filter(pk__in=ids).count() == len(ids)


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


def leads_in_place(user: User) -> bool:
    """Whether the person is a peer coach anywhere: then four places are drawn."""
    return (
        Membership.objects.active(timezone.localdate())
        .filter(person=user, role__kind=ProgrammeRole.Kind.PEER_COACH)
        .exists()
    )


def placement_relations(viewer: User, about: About) -> set[Relation]:
    """PLACEMENT, STAND_IN, EARLIER_COACH and SUPERVISES_LEAD, from placements of this programme. Three queries.

    A placement of no days (taken back at once) makes nobody an earlier coach. Whoever supervises a coach counts as
    supervising the one who leads, for the coach and for the coach's people.
    """
    today = timezone.localdate()
    in_force = Placement.objects.in_force(today).filter(programme=about.programme)
    found = set()
    mine = list(in_force.filter(coach=viewer).values_list("supervisee_id", "covers_id"))
    for supervisee_id, covers_id in mine:
        if supervisee_id == about.person.pk:
            found.add(Relation.PLACEMENT if covers_id is None else Relation.STAND_IN)
    supervised = {supervisee_id for supervisee_id, covers_id in mine}
    if supervised and (
        in_force.filter(supervisee=about.person, coach_id__in=supervised).exists()
        or (about.person.pk in supervised and in_force.filter(coach=about.person).exists())
    ):
        found.add(Relation.SUPERVISES_LEAD)
    if _was_coach(viewer, about):
        found.add(Relation.EARLIER_COACH)
    return found


def _was_coach(viewer: User, about: About) -> bool:
    return Placement.objects.filter(
        coach=viewer,
        supervisee=about.person,
        programme=about.programme,
        state=Placement.State.ENDED,
        ended_on__gt=F("started_on"),
    ).exists()
