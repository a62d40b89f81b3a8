"""Where a recording lies: a web address, or words such as a shelf and a box."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from common.errors import DomainError
from common.text import clean_line

LONGEST = 500
_SCHEME = re.compile(r"[a-z][a-z0-9+.\-]*:(?=\S)", re.I)


def clean_location(text: str, *, field: str = "location") -> str:
    """The location on one line. Raises `DomainError` for an address other than http(s), or with a password in it."""
    location = clean_line(text, max_length=LONGEST, field=field)
    if not location:
        raise DomainError(_("Say where the recording lies."), field=field, code="empty")
    if ("://" in location or _SCHEME.match(location)) and not is_link(location):
        raise DomainError(
            _("Give an address that begins with https:// and holds no password, or say in words where it lies."),
            field=field,
            code="scheme",
        )
    return location


def is_link(location: str) -> bool:
    """Whether the location is a web address that a page may link to."""
    if " " in location:
        return False
    try:
        parts = urlsplit(location)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.username is None
    except ValueError:
        return False
