"""The audit row of an act on a session: who did what to whom, never what was said."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from accounts.actions.audit import record
from accounts.models import User
from supervision.models import Attendance, SupervisionSession


def trail(
    session: SupervisionSession,
    verb: str,
    by: User,
    facts: Mapping[str, Any] | None = None,
    *,
    people: Iterable[User | int] = (),
) -> None:
    """Add the row, in the branch of the one who leads; `people` are added to those who are in the session."""
    rows = list(session.attendances.select_related("organisation"))
    lead = next((row for row in rows if row.seat == Attendance.Seat.LEAD), None)
    record(
        by=by,
        verb=verb,
        subject=f"session:{session.pk}",
        programme_id=session.programme_id,
        organisation_path=lead.organisation.path if lead and lead.organisation else "",
        people=[*people, *(row.person_id for row in rows)],
        facts=facts,
    )
