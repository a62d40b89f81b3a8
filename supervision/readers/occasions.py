"""The sessions that a checklist can be about: those the viewer was in, and who led them."""

from __future__ import annotations

from collections import defaultdict

from accounts.models import User
from checklists.occasions import MOST, Occasion
from common.dates import date_words
from common.texts import for_reader
from programmes.models import Programme
from supervision.models import Attendance, SupervisionSession

State = SupervisionSession.State
LEADING = (Attendance.Seat.LEAD, Attendance.Seat.CO_LEAD)


def session_occasions(viewer: User, programme: Programme) -> list[Occasion]:
    """Held sessions in which the viewer was present, latest first. Two queries."""
    sessions = list(
        SupervisionSession.objects.filter(
            programme=programme,
            state__in=(State.HELD, State.FINISHED),
            attendances__person=viewer,
            attendances__present=True,
        )
        .select_related("rule_version")
        .order_by("-starts_at", "-pk")
        .distinct()[:MOST]
    )
    leads: dict[int, list[int]] = defaultdict(list)
    seats = Attendance.objects.filter(session__in=sessions, seat__in=LEADING, present=True)
    for session_id, person_id in seats.order_by("turn", "pk").values_list("session_id", "person_id"):
        if person_id not in leads[session_id]:
            leads[session_id].append(person_id)
    return [
        Occasion(
            thing=f"session:{session.pk}",
            words=f"{for_reader(session.rule_version.names, programme.language)}, {date_words(session.local_start)}",
            day=session.local_start.date(),
            people=tuple(leads[session.pk]),
        )
        for session in sessions
    ]
