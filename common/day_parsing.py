"""Days and times as people write them, read with a sentence that names what does not exist."""

import calendar
import datetime
import re

from babel.dates import get_month_names
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext

from common.errors import DomainError

_ISO_DAY = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})")
_WRITTEN_DAY = re.compile(r"(?P<day>\d{1,2})\s*[./ -]\s*(?P<month>\d{1,2})\s*[./ -]\s*(?P<year>\d{4}|\d{2})\.?")
_TIME = re.compile(r"(?:kl\.?\s*)?(?P<hour>\d{1,2})(?:\s*[.:]?\s*(?P<minute>\d{2})(?::\d{2})?)?")

EARLIEST_YEAR, LATEST_YEAR = 1900, 2199


def parse_day(text: str) -> datetime.date:
    """The day in ``24.11.2026``, ``24/11/2026``, ``24.11.26`` (this century) or ``2026-11-24``.

    Raises :class:`DomainError` that names the month, day or year that does not exist, and shows a right one.
    """
    found = _ISO_DAY.fullmatch(text.strip()) or _WRITTEN_DAY.fullmatch(text.strip())
    if not found:
        raise DomainError(gettext("Write the day like this: 24.11.2026"), code="day")
    day, month, year = (int(found[part]) for part in ("day", "month", "year"))
    year += 2000 if len(found["year"]) == 2 else 0
    if not 1 <= month <= 12:
        raise _no_such(gettext("There is no month %(number)d. Write the day like this: 24.11.2026"), month)
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        raise _no_such(gettext("The year %(number)d cannot be meant. Write the day like this: 24.11.2026"), year)
    days = calendar.monthrange(year, month)[1]
    if not 1 <= day <= days:
        sentence = gettext("%(month)s has %(days)d days, so there is no day %(number)d.")
        raise DomainError(sentence % {"month": _month_name(month), "days": days, "number": day}, code="day")
    return datetime.date(year, month, day)


def parse_time(text: str) -> datetime.time:
    """The time in ``13.00``, ``13:00``, ``1300`` or ``13``; seconds are dropped. Raises :class:`DomainError`."""
    found = _TIME.fullmatch(text.strip().lower())
    if not found:
        raise DomainError(gettext("Write the time like this: 13:00"), code="time")
    hour, minute = int(found["hour"]), int(found["minute"] or 0)
    if hour > 23:
        raise _no_such(gettext("There is no hour %(number)d. Write the time like this: 13:00"), hour)
    if minute > 59:
        raise _no_such(gettext("There is no minute %(number)d. Write the time like this: 13:00"), minute)
    return datetime.time(hour, minute)


def _no_such(sentence: str, number: int) -> DomainError:
    return DomainError(sentence % {"number": number}, code="day_or_time")


def _month_name(month: int) -> str:
    language = (get_language() or "en").split("-")[0]
    return str(capfirst(get_month_names("wide", context="stand-alone", locale=language)[month]))
