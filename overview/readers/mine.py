"""Goals and feedback for the home page: the reader's own, and those that supervisees bring to the next session."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Q

from accounts.models import User
from overview.readers.meetings import Meeting
from supervision.models import Attendance, Feedback, Goal
from supervision.readers.goals import feedback_for, with_history

FEEDBACK = 3


@dataclass(frozen=True)
class Brought:
    """What one supervisee brings: the newest open goal and the question."""

    seat: Attendance
    goal: Goal | None


@dataclass(frozen=True)
class Goals:
    """Open goals by person: the reader's own with their history (`history`), and what others bring."""

    own: list[Goal] = field(default_factory=list)
    brought: list[Brought] = field(default_factory=list)


def goals_of(reader: User, next_led: Meeting | None) -> Goals:
    """Two queries. A guest's goals belong to somebody else's supervision: their question alone is shown."""
    seats = [row for row in next_led.supervisees if not row.is_guest] if next_led else []
    wanted = Q(person=reader)
    if next_led:
        wanted |= Q(person__in=[row.person_id for row in seats], programme=next_led.session.programme_id)
    goals = with_history(Goal.objects.filter(wanted, status__in=Goal.OPEN))
    by_person: dict[int, list[Goal]] = defaultdict(list)
    for goal in goals:
        by_person[goal.person_id or 0].append(goal)
    known = {row.person_id for row in seats}
    brought = [
        Brought(row, next(iter(by_person[row.person_id]), None) if row.person_id in known else None)
        for row in (next_led.supervisees if next_led else [])
    ]
    return Goals(own=by_person[reader.pk], brought=brought)


def feedback_of(reader: User) -> list[Feedback]:
    """The newest feedback that `reader` may read. One query."""
    return list(feedback_for(reader).order_by("-released_at", "-pk")[:FEEDBACK])
