"""Where a reader stands in a list, written into the address so that nobody can forge or read a lookup into it.

A cursor holds the order it belongs to, the direction to read, and the values of the row it stands at; it is signed.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core import signing

_SALT = "common.cursors"
_LONGEST = 2000


@dataclass(frozen=True)
class Cursor:
    """A place between two rows: read on after ``values``, or (``backwards``) before them."""

    values: tuple[Any, ...]
    backwards: bool = False


def write_cursor(cursor: Cursor, keys: Sequence[str]) -> str:
    """``cursor`` as text for a query string. Raises TypeError for a value no list is ordered by."""
    parts = [_write(value) for value in cursor.values]
    return signing.Signer(salt=_SALT).sign_object([list(keys), int(cursor.backwards), parts])


def read_cursor(text: str | None, keys: Sequence[str]) -> Cursor | None:
    """The cursor in ``text``; None when it is empty, forged, damaged, or of another order."""
    if not text or len(text) > _LONGEST:
        return None
    try:
        written_keys, backwards, parts = signing.Signer(salt=_SALT).unsign_object(text)
        if list(keys) != written_keys or len(parts) != len(keys):
            return None
        return Cursor(tuple(_read(kind, value) for kind, value in parts), bool(backwards))
    except (signing.BadSignature, ValueError, TypeError, ArithmeticError):
        return None


def _write(value: Any) -> tuple[str, Any]:
    match value:
        case bool() | int() | str():
            return "", value
        case datetime.datetime():
            return "t", value.isoformat()
        case datetime.date():
            return "d", value.isoformat()
        case datetime.timedelta():
            return "s", [value.days, value.seconds, value.microseconds]
        case Decimal():
            return "n", str(value)
    raise TypeError(f"a list cannot be ordered by {value!r}: empty values need Coalesce, others a column of their own")


def _read(kind: str, value: Any) -> Any:
    match kind:
        case "t":
            return datetime.datetime.fromisoformat(value)
        case "d":
            return datetime.date.fromisoformat(value)
        case "s":
            return datetime.timedelta(*value)
        case "n":
            return Decimal(value)
    return value
