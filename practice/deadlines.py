"""When somebody is reminded that a film is to be deleted. Values in, values out."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

#: In the morning, by the programme's clock.
HOUR = dt.time(8)


def overdue_at(delete_by: dt.date, zone: str) -> dt.datetime:
    """The moment at which the reminder falls due: on the day itself, for days are half-open."""
    return dt.datetime.combine(delete_by, HOUR, tzinfo=ZoneInfo(zone))


def is_news(due_at: dt.datetime, noted_at: dt.datetime, withdrawn_at: dt.datetime | None) -> bool:
    """Whether the reminder says something that was not said: not where the film was noted, or its consent withdrawn
    (which was told then), after that moment."""
    return noted_at < due_at and (withdrawn_at is None or withdrawn_at < due_at)
