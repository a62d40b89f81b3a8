"""Who may place, move and end; and what a placement makes people to each other."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from coaches.models import Placement
from programmes.models import Programme
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


def placement_relations(viewer: User, about: About) -> set[Relation]:
    """PLACEMENT, STAND_IN, EARLIER_COACH and SUPERVISES_LEAD, from placements of this programme.

    One query for whoever supervises nobody, at most two more. A placement of no days (taken back at once) makes
    nobody an earlier coach. Whoever supervises a coach counts as supervising the one who leads, for the coach and
    for the coach's people.
    """
    today = timezone.localdate()
    person = about.person.pk
    mine = Placement.objects.filter(coach=viewer, programme=about.programme)
    rows = list(mine.filter(Q(state=Placement.State.OPEN) | Q(state=Placement.State.ENDED, supervisee=person)))
    in_force = [row for row in rows if row.is_in_force(today)]
    found = {
        Relation.PLACEMENT if row.covers_id is None else Relation.STAND_IN
        for row in in_force
        if row.supervisee_id == person
    }
    if any(row.ended_on is not None and row.ended_on > row.started_on for row in rows):
        found.add(Relation.EARLIER_COACH)
    if in_force and _leads_below(about, {row.supervisee_id for row in in_force}, today):
        found.add(Relation.SUPERVISES_LEAD)
    return found


def _leads_below(about: About, supervised: set[int], today: dt.date) -> bool:
    """Whether one of those supervised is the person's coach, or the person is one of them and coaches others."""
    below = Q(supervisee=about.person, coach_id__in=supervised)
    if about.person.pk in supervised:
        below |= Q(coach=about.person)
    return Placement.objects.in_force(today).filter(below, programme=about.programme).exists()
