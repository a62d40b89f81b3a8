"""Figures about people: masked where fewer than five stand behind them. Values in, values out."""

from __future__ import annotations

FEWEST = 5
NO_BREAK = "\u00a0"


def masked(number: int) -> int | None:
    """The number, or None where it tells about fewer than five people; nobody is told about by a zero."""
    return number if number == 0 or number >= FEWEST else None


def masked_share(part: int, whole: int) -> str | None:
    """The share as “91 %”, or None where it would tell about fewer than five people.

    With five or more behind it, “all” and “none” still tell about each of them, as every share does about a group;
    what is hidden is a figure from which one could read a few.
    """
    if whole < FEWEST:
        return None
    return f"{percent(part, whole)}{NO_BREAK}%"


def percent(part: int, whole: int) -> int:
    """Whole per cent, rounded half up; 99 while anybody is missing, 1 as soon as anybody is there."""
    if part == whole:
        return 100
    if part == 0:
        return 0
    return min(99, max(1, (200 * part + whole) // (2 * whole)))
