"""What people share with the one who supervises their coach: goals and feedback, as long as the owner shares it."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from coaches.models import Placement
from supervision.models import Feedback, Goal
from supervision.readers.goals import with_history

MOST = 200


@dataclass
class Shared:
    """One owner in one programme, whom `coach` supervises, with what is shared, newest first."""

    person: User
    coach: User
    programme_id: int
    goals: list[Goal] = field(default_factory=list)
    feedback: list[Feedback] = field(default_factory=list)


def shared_with(reader: User) -> list[Shared]:
    """What is shared with `reader`, by owner, in the order of names. Five queries, however many share.

    The relation is that of the rights table: the owner's coach has a place with `reader`, today. Programme by
    programme, so that nobody reads across.
    """
    below = _below(reader)
    if not below:
        return []
    found = {
        (row.supervisee_id, row.programme_id): Shared(row.supervisee, row.coach, row.programme_id) for row in below
    }
    wanted = Q(pk__in=[])
    for person_id, programme_id in found:
        wanted |= Q(programme_id=programme_id, person_id=person_id)
    goals = with_history(Goal.objects.filter(wanted, shared_at__isnull=False))
    for goal in goals.order_by("closed_at", "-set_at", "-pk")[:MOST]:
        found[goal.person_id or 0, goal.programme_id].goals.append(goal)
    received = Q(pk__in=[])
    for person_id, programme_id in found:
        received |= Q(programme_id=programme_id, receiver_id=person_id)
    feedback = Feedback.objects.filter(received, shared_at__isnull=False, released_at__isnull=False)
    for one in feedback.select_related("giver").order_by("-given_at", "-pk")[:MOST]:
        found[one.receiver_id, one.programme_id].feedback.append(one)
    return [one for one in found.values() if one.goals or one.feedback]


def who_reads_shared(owner: User, programme_id: int) -> list[User]:
    """Who supervises the coach of `owner` today: the readers of what is shared. One query."""
    live = Placement.objects.in_force(timezone.localdate()).standing().filter(programme=programme_id)
    coaches = live.filter(supervisee=owner).exclude(coach=owner).values("coach_id")
    above = live.filter(supervisee__in=coaches).exclude(coach=owner).values("coach_id")
    return list(User.objects.filter(pk__in=above).order_by("pk"))


def supervises_coaches(reader: User) -> bool:
    """Whether there is anybody whose coach has a place with `reader` today. One query."""
    today = timezone.localdate()
    mine = Placement.objects.in_force(today).standing().filter(coach=reader)
    return Placement.objects.in_force(today).standing().filter(coach__in=mine.values("supervisee_id")).exists()


def _below(reader: User) -> list[Placement]:
    """The placements of those whom `reader` supervises as coaches, in the same programme. Two queries."""
    today = timezone.localdate()
    mine = set(
        Placement.objects.in_force(today).standing().filter(coach=reader).values_list("supervisee_id", "programme_id")
    )
    rows = Placement.objects.in_force(today).standing().filter(coach__in={person for person, _programme in mine})
    rows = (
        rows.exclude(supervisee=reader).select_related("supervisee", "coach").order_by("supervisee__sort_name", "pk")
    )
    return [row for row in rows if (row.coach_id, row.programme_id) in mine]
