"""From a day and a time on the wall to a moment, right across summer time."""

from __future__ import annotations

import datetime as dt
import zoneinfo

from django.utils.translation import gettext as _

from common.dates import clock
from common.errors import DomainError

SEMESTER = dt.timedelta(days=400)
"""How far ahead a session can be planned: a year and a bit."""


def zone_named(name: str) -> zoneinfo.ZoneInfo:
    """The time zone of that name. Raises `DomainError` for a name that no place has."""
    try:
        return zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise DomainError(_("There is no time zone of that name. Choose one from the list."), field="zone") from error


def moment(day: dt.date, time: dt.time, zone: str) -> dt.datetime:
    """The moment when the clock in `zone` shows `time` on `day`, in UTC.

    Raises `DomainError` on the field `time` for an hour that summer time skips, and for one that comes twice: the
    person then chooses a time that means one thing.
    """
    place = zone_named(zone)
    first = dt.datetime.combine(day, time.replace(second=0, microsecond=0), tzinfo=place)
    second = first.replace(fold=1)
    offsets = first.utcoffset(), second.utcoffset()
    if offsets[0] != offsets[1]:
        skipped = (offsets[0] or dt.timedelta()) < (offsets[1] or dt.timedelta())
        sentence = (
            _("The clock is put forward that night, so %(time)s does not exist. Choose a time before or after it.")
            if skipped
            else _("The clock is put back that night, so %(time)s comes twice. Choose a time before or after it.")
        )
        raise DomainError(sentence % {"time": clock(time)}, field="time", code="summer_time")
    return first.astimezone(dt.UTC)


def zone_for(person_zone: str, session_zone: str, at: dt.datetime) -> str:
    """The zone in which somebody reads the time of a session: their own where its clock shows another time then,
    else the session's."""
    try:
        own = at.astimezone(zoneinfo.ZoneInfo(person_zone)).utcoffset()
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        return session_zone
    return session_zone if own == at.astimezone(zoneinfo.ZoneInfo(session_zone)).utcoffset() else person_zone


def city_of(zone: str) -> str:
    """``Oslo`` for ``Europe/Oslo``: what a zone is called in a sentence."""
    return zone.rpartition("/")[2].replace("_", " ")
