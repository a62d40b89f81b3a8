"""Days, times and durations in words, as each language writes them. Month and weekday names come from CLDR.

Times are local to the active time zone unless ``zone`` says otherwise. The year stands only when it is not this one.
"""

import datetime
import zoneinfo
from functools import cache

from babel import Locale
from babel.dates import format_date
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import get_language, ngettext, pgettext

Day = datetime.date | datetime.datetime
Zone = str | datetime.tzinfo | None

# Babel's patterns: weekday and day, day in a sentence, each with and without the year.
_PATTERNS = {
    "nb": ("EEEE d. MMMM", "EEEE d. MMMM y", "d. MMMM", "d. MMMM y"),
    "da": ("EEEE 'den' d. MMMM", "EEEE 'den' d. MMMM y", "d. MMMM", "d. MMMM y"),
    "en": ("EEEE d MMMM", "EEEE d MMMM y", "d MMMM", "d MMMM y"),
}


def day(value: Day, *, zone: Zone = None) -> str:
    """``Thursday 26 November``, ``torsdag den 26. november``; with the year when it is not this one."""
    date = _date(value, zone)
    return _formatted(date, 0 if _is_this_year(date) else 1)


def day_capital(value: Day, *, zone: Zone = None) -> str:
    """:func:`day` for the beginning of a sentence or a cell of its own: ``Torsdag 26. november``."""
    return capfirst(day(value, zone=zone))


def date_words(value: Day, *, zone: Zone = None, year: bool = False) -> str:
    """``26 November`` without its weekday; the year when it is not this one, or always with ``year``.

    In Danish a sentence adds *den* itself: ``gyldig til den %(day)s``.
    """
    date = _date(value, zone)
    return _formatted(date, 3 if year or not _is_this_year(date) else 2)


def short_day(value: Day, *, zone: Zone = None) -> str:
    """``26.11.2026``, for tables and fields, in every language."""
    return f"{_date(value, zone):%d.%m.%Y}"


def clock(value: datetime.datetime | datetime.time, *, zone: Zone = None) -> str:
    """The bare time: ``13.00`` in Norwegian and Danish, ``13:00`` in English."""
    time = _local(value, zone) if isinstance(value, datetime.datetime) else value
    return f"{time:%H}{_colon()}{time:%M}"


def time_range(start: datetime.datetime, end: datetime.datetime, *, zone: Zone = None) -> str:
    """``kl. 13.00–15.00``, ``13:00–15:00``."""
    return _at(f"{clock(start, zone=zone)}–{clock(end, zone=zone)}")


def day_time(value: datetime.datetime, *, zone: Zone = None) -> str:
    """``torsdag 26. november kl. 13.00``, ``Thursday 26 November, 13:00``."""
    return f"{day(value, zone=zone)}{_before_time()}{_at(clock(value, zone=zone))}"


def day_time_range(start: datetime.datetime, end: datetime.datetime, *, zone: Zone = None) -> str:
    """``torsdag 26. november kl. 13.00–15.00``; over several days both ends in full."""
    if _date(start, zone) == _date(end, zone):
        return f"{day(start, zone=zone)}{_before_time()}{time_range(start, end, zone=zone)}"
    return f"{day_time(start, zone=zone)} – {day_time(end, zone=zone)}"


def duration(minutes: int) -> str:
    """``90 minutes``; whole hours as hours: ``2 hours``."""
    if minutes and minutes % 60 == 0:
        hours = minutes // 60
        return ngettext("%(count)d hour", "%(count)d hours", hours) % {"count": hours}
    return ngettext("%(count)d minute", "%(count)d minutes", minutes) % {"count": minutes}


def span(days: int) -> str:
    """``35 days``; what is longer than a quarter in months, from two years on in years."""
    if days < 90:
        return ngettext("%(count)d day", "%(count)d days", days) % {"count": days}
    if days < 730:
        months = round(days / 30.44)
        return ngettext("%(count)d month", "%(count)d months", months) % {"count": months}
    years = round(days / 365.25)
    return ngettext("%(count)d year", "%(count)d years", years) % {"count": years}


def clip_position(seconds: int) -> str:
    """Where in a recording: ``12.40``, in English ``12:40``; from an hour on ``1.02.40``."""
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    sign = _colon()
    return f"{hours}{sign}{minutes:02}{sign}{rest:02}" if hours else f"{minutes}{sign}{rest:02}"


def since_days(value: Day, *, today: datetime.date | None = None, zone: Zone = None) -> int:
    """Whole days from ``value`` to today, by the calendar; negative when it lies ahead."""
    return ((today or timezone.localdate()) - _date(value, zone)).days


def days_ago(value: Day, *, today: datetime.date | None = None, zone: Zone = None) -> str:
    """``today``, ``yesterday``, ``28 days ago``; ``tomorrow``, ``in 3 days``."""
    days = since_days(value, today=today, zone=zone)
    if days == 0:
        return pgettext("day", "today")
    if days == 1:
        return pgettext("day", "yesterday")
    if days == -1:
        return pgettext("day", "tomorrow")
    if days > 0:
        return ngettext("%(count)d day ago", "%(count)d days ago", days) % {"count": days}
    return ngettext("in %(count)d day", "in %(count)d days", -days) % {"count": -days}


def local_date(value: Day, *, zone: Zone = None) -> datetime.date:
    """The calendar day of ``value`` in ``zone``, else in the active time zone."""
    return _date(value, zone)


def _date(value: Day, zone: Zone) -> datetime.date:
    return _local(value, zone).date() if isinstance(value, datetime.datetime) else value


def _local(value: datetime.datetime, zone: Zone) -> datetime.datetime:
    if timezone.is_naive(value):
        return value
    return timezone.localtime(value, zoneinfo.ZoneInfo(zone) if isinstance(zone, str) and zone else zone or None)


def _is_this_year(date: datetime.date) -> bool:
    return date.year == timezone.localdate().year


def _language() -> str:
    language = (get_language() or "en").split("-")[0]
    return language if language in _PATTERNS else "en"


@cache
def _locale(language: str) -> Locale:
    return Locale.parse(language)


def _formatted(date: datetime.date, pattern: int) -> str:
    language = _language()
    return format_date(date, _PATTERNS[language][pattern], locale=_locale(language))


def _colon() -> str:
    return ":" if _language() == "en" else "."


def _before_time() -> str:
    return ", " if _language() == "en" else " "


def _at(time: str) -> str:
    return time if _language() == "en" else f"kl. {time}"
