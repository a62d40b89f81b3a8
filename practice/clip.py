"""Points in a recording: how they are written, and how many seconds they are. Values in, values out."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

from common.errors import DomainError

_POINT = re.compile(r"(?:(\d{1,2})[.:,])?(\d{1,3})[.:,]([0-5]\d)", re.ASCII)
# A phone's keys for numbers may have no colon.
_DIGITS = re.compile(r"(?:(\d{1,2})(?=\d{4}))?(\d{1,2})([0-5]\d)", re.ASCII)


def seconds_of(text: str, *, field: str = "point") -> int:
    """Seconds from the start in ``12:40``, ``12.40``, ``1240`` or ``1:02:40``. Raises `DomainError` that shows one."""
    found = _POINT.fullmatch(text.strip()) or _DIGITS.fullmatch(text.strip())
    if found is None:
        raise DomainError(_("Write minutes and seconds like this: 12:40"), field=field, code="point")
    hours, minutes, seconds = (int(part or 0) for part in found.groups())
    return hours * 3600 + minutes * 60 + seconds
