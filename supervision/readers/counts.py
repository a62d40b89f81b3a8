"""What counts on the way to a certificate: finished sessions in which somebody was present, by rule and seat."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import QuerySet

from accounts.models import User
from supervision.models import Attendance, SupervisionSession

SEATS = ("lead", "supervisee", "observer")


def seats_taken(person: User, rule_ids: Sequence[int], seat: str = "") -> QuerySet[Attendance]:
    """The seats of `person` that count: present in a finished session under one of these rules.

    `seat` is lead, supervisee or observer; co-leading counts as leading; empty: any seat.
    """
    rows = Attendance.objects.filter(
        person=person,
        present=True,
        session__rule_id__in=rule_ids,
        session__state=SupervisionSession.State.FINISHED,
    )
    if seat == "lead":
        return rows.filter(seat__in=(Attendance.Seat.LEAD, Attendance.Seat.CO_LEAD))
    return rows.filter(seat=seat) if seat else rows


def finished_sessions(person: User, rule_id: int, seat: str = "") -> int:
    """How many finished sessions count; a session counts once, however many turns it had. One query."""
    return seats_taken(person, [rule_id], seat).values("session_id").distinct().count()


def counted_sessions(person: User, rule_ids: Sequence[int], seat: str = "", *, most: int = 200) -> list[Attendance]:
    """The seats that count, newest first, one for each session: evidence for a decision. One query."""
    rows = seats_taken(person, rule_ids, seat).select_related("session").order_by("-session__starts_at", "-pk")
    found: dict[int, Attendance] = {}
    for row in rows[: most * 3]:
        found.setdefault(row.session_id, row)
    return list(found.values())[:most]


def distinct_seats(person: User, rule_ids: Sequence[int]) -> set[str]:
    """Which seats `person` has had, for steps that ask for each: lead, supervisee, observer. One query."""
    taken = set(seats_taken(person, rule_ids).values_list("seat", flat=True).distinct())
    if Attendance.Seat.CO_LEAD in taken:
        taken = (taken - {Attendance.Seat.CO_LEAD.value}) | {Attendance.Seat.LEAD.value}
    return {str(seat) for seat in taken}
