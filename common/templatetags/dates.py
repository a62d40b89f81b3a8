"""Filters for days and times; nothing in gives nothing out. A zone may follow: ``{{ starts_at|day_time:zone }}``.

Two ends need a tag: ``{% time_range session.starts_at session.ends_at session.zone %}``.
"""

import datetime
from collections.abc import Callable
from typing import Any

from django import template
from django.utils import timezone
from django.utils.text import capfirst

from common import dates

register = template.Library()


def _filter(name: str, show: Callable[..., Any]) -> None:
    def shown(value: Any, zone: Any = None) -> Any:
        return "" if value in (None, "") else show(value, zone=zone or None)

    shown.__doc__ = show.__doc__
    register.filter(name, shown)


for _name in ("day", "day_capital", "date_words", "short_day", "clock", "day_time", "since_days", "days_ago"):
    _filter(_name, getattr(dates, _name))


@register.filter
def capital(words: str) -> str:
    """First letter made a capital: ``{{ session.starts_at|day_time|capital }}``."""
    return capfirst(words)


@register.filter
def date_with_year(value: dates.Day | None) -> str:
    """``26 November 2026``: where years pass, as on certificates."""
    return dates.date_words(value, year=True) if value else ""


@register.filter
def duration(minutes: int | None) -> str:
    """``90 minutes``, ``2 hours``."""
    return "" if minutes is None else dates.duration(minutes)


@register.filter
def clip_position(seconds: int | None) -> str:
    """``12:40``, in Norwegian and Danish ``12.40``."""
    return "" if seconds is None else dates.clip_position(seconds)


@register.simple_tag
def this_moment() -> datetime.datetime:
    """Now: when a page was made, for paper."""
    return timezone.now()


@register.simple_tag
def time_range(start: Any, end: Any, zone: Any = None) -> str:
    """``13:00–15:00``, ``kl. 13.00–15.00``."""
    return dates.time_range(start, end, zone=zone or None)


@register.simple_tag
def day_time_range(start: Any, end: Any, zone: Any = None) -> str:
    """``Thursday 26 November, 13:00–15:00``."""
    return dates.day_time_range(start, end, zone=zone or None)
