"""A bar chart as places: lengths and heights in units of its viewBox. Values in, places out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, LABELS, ROW = 640, 220, 30
FIELD = WIDTH - LABELS - 60  # room for the figure behind the longest bar


@dataclass(frozen=True)
class Bar:
    """One bar: its words, the height of its text, and where the bar lies."""

    label: str
    words: str
    text_y: int
    y: int
    width: int
    words_x: int


@dataclass(frozen=True)
class Bars:
    """A chart: its height and its bars."""

    height: int
    bars: tuple[Bar, ...]
    width: int = WIDTH
    left: int = LABELS
    end: int = LABELS + FIELD


def bars_of(rows: Sequence[tuple[str, int]]) -> Bars:
    """`rows` are (label, per cent); a label longer than its room is cut with dots, the table has it whole."""
    bars = []
    for place, (label, share) in enumerate(rows):
        y = place * ROW
        length = FIELD * share // 100
        short = label if len(label) <= 30 else f"{label[:29]}…"
        bars.append(Bar(short, f"{share}\u00a0%", y + 20, y + 7, max(length, 1), LABELS + length + 8))
    return Bars(height=max(ROW, len(bars) * ROW), bars=tuple(bars))
