"""When something falls due by the wall clock of a place, across summer time. Values in, values out."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo


def local_wall_before(start: dt.datetime, zone: str, *, hours: int) -> dt.datetime:
    """The moment `hours` before `start` as the wall clock in `zone` shows it, in UTC.

    24 hours before a session at 13:00 is 13:00 the day before, also in the night when the clock is moved (then 23 or
    25 hours lie between). A wall time that does not exist (02:30 in spring) becomes the moment an hour later on the
    clock, one that exists twice (02:30 in autumn) the first of the two: never too late.
    """
    if start.tzinfo is None:
        raise ValueError("start must say its time zone")
    place = ZoneInfo(zone)
    wall = start.astimezone(place).replace(tzinfo=None) - dt.timedelta(hours=hours)
    return wall.replace(tzinfo=place, fold=0).astimezone(dt.UTC)


def days_after(moment: dt.datetime, zone: str, *, days: int, at: dt.time = dt.time(8)) -> dt.datetime:
    """The time of day `at`, in `zone`, `days` calendar days after the local day of `moment`; in UTC."""
    place = ZoneInfo(zone)
    day = moment.astimezone(place).date() + dt.timedelta(days=days)
    return dt.datetime.combine(day, at, tzinfo=place).astimezone(dt.UTC)
