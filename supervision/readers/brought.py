"""What those who are supervised bring to a session: open goals and the question."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from accounts.models import User
from supervision.models import Attendance, Goal, SupervisionSession


@dataclass(frozen=True)
class Brought:
    """What one supervisee brings to a session: open goals and the question."""

    person: User
    question: str
    question_at: dt.datetime | None
    reply: str
    is_guest: bool
    goals: list[Goal] = field(default_factory=list)


def questions_for(session: SupervisionSession) -> list[Brought]:
    """What each supervisee brings: for those who lead the session, and no others. Two queries.

    A guest's goals belong to somebody else's supervision and are left out.
    """
    rows = [
        row
        for row in session.attendances.select_related("person").order_by("turn", "pk")
        if row.seat == Attendance.Seat.SUPERVISEE
    ]
    people = {row.person_id for row in rows if not row.is_guest}
    goals: dict[int, list[Goal]] = {}
    for goal in Goal.objects.filter(
        person__in=people, programme=session.programme_id, status__in=Goal.OPEN
    ).select_related("set_by", "set_in"):
        goals.setdefault(goal.person_id or 0, []).append(goal)
    return [
        Brought(row.person, row.question, row.question_at, row.reply, row.is_guest, goals.get(row.person_id, []))
        for row in rows
    ]
