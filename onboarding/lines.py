"""A sheet as text: numbered lines of cells. Nothing is worked out, no formula is followed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

MOST_BYTES = 5 * 1024 * 1024
MOST_LINES = 5000
MOST_COLUMNS = 60
LONGEST_CELL = 1000


@dataclass(frozen=True)
class Line:
    """One line by the number that the spreadsheet shows, with the text of its cells."""

    number: int
    cells: tuple[str, ...]


def letter(place: int) -> str:
    """The name of a column: A for 0, Z for 25, AA for 26."""
    name = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        name = chr(65 + rest) + name
    return name


def as_text(value: object) -> str:
    """What a cell shows, as text: days in ISO, whole numbers without decimals; cut at 1000 characters."""
    match value:
        case None:
            return ""
        case dt.datetime():
            midnight = value.time() == dt.time()
            return value.date().isoformat() if midnight else value.isoformat(sep=" ", timespec="minutes")
        case float() if value.is_integer() and abs(value) < 1e15:
            return str(int(value))
        case dt.date() | dt.time() | int() | float() | Decimal():
            return str(value)
        case str():
            return value[:LONGEST_CELL]
    return str(getattr(value, "text", value))[:LONGEST_CELL]
