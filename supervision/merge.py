"""Two windows wrote the same record: what can be put together by itself, and where somebody must choose.

Each page carries, for every field, a short mark of the value that it was drawn with. A field that only one window
changed is taken from that one; a field that both changed, differently, is a conflict.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

Value = str | list[str]
Fields = Mapping[str, Value]


def plain(value: Value | None) -> str:
    """One text for a value, so that two can be compared: line ends and outer spaces do not count."""
    if isinstance(value, list):
        return "\n".join(sorted(value))
    return (value or "").replace("\r\n", "\n").strip()


def mark(value: Value | None) -> str:
    """A short mark of a value; empty for an empty one."""
    text = plain(value)
    return hashlib.sha256(text.encode()).hexdigest()[:10] if text else ""


def marks(fields: Fields) -> dict[str, str]:
    """The marks of all fields that hold something."""
    return {name: found for name, value in fields.items() if (found := mark(value))}


@dataclass(frozen=True)
class Merged:
    """What the record would hold, and the names of the fields that both changed."""

    values: dict[str, Value] = field(default_factory=dict)
    conflicts: list[str] = field(default_factory=list)


def merge(drawn: Mapping[str, str], mine: Fields, saved: Fields) -> Merged:
    """`mine` is what this window sends, `saved` what another one has saved since; `drawn` the marks of this page.

    A conflict holds `mine` in the values, until somebody chooses.
    """
    merged = Merged()
    for name in [*mine, *(name for name in saved if name not in mine)]:
        here, there = mine.get(name, ""), saved.get(name, "")
        before = drawn.get(name, "")
        if name not in mine or (mark(here) == before and name in saved):
            merged.values[name] = there
            continue
        merged.values[name] = here
        if plain(here) != plain(there) and mark(there) != before:
            merged.conflicts.append(name)
    return merged
