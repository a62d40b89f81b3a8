"""Where the bars of a chart of attendance stand, in units of its viewBox. Values in, places out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

WIDE, NARROW = 640, 320
LEFT, TOP, FIELD = 32, 20, 120
HEIGHT = TOP + FIELD + 24
MOST = 40


@dataclass(frozen=True)
class Bar:
    """One meeting: the place of its bar, its words above and below, and whether how many came was noted."""

    x: str
    y: str
    width: str
    height: str
    middle: str
    number: int
    attended: int | None
    says: bool


@dataclass(frozen=True)
class BarChart:
    """The whole chart; `foot` is the y of the line that the bars stand on."""

    width: int
    height: int
    foot: int
    bars: tuple[Bar, ...]


def attendance(meetings: Sequence[tuple[int, int | None]], *, narrow: bool = False) -> BarChart:
    """A bar for each meeting, given as (number, how many came) from the first on; the latest `MOST` of them."""
    shown = meetings[-MOST:]
    width = NARROW if narrow else WIDE
    highest = max((came or 0 for _number, came in shown), default=0) or 1
    step = (width - LEFT) / max(len(shown), 8)
    every = -(-len(shown) * (18 if narrow else 20) // (width - LEFT)) or 1
    bars = []
    for place, (number, came) in enumerate(shown):
        height = FIELD * (came or 0) / highest
        x = LEFT + step * place
        bars.append(
            Bar(
                x=_number(x + step * 0.15),
                y=_number(TOP + FIELD - height),
                width=_number(step * 0.7),
                height=_number(height),
                middle=_number(x + step / 2),
                number=number,
                attended=came,
                says=place % every == 0,
            )
        )
    return BarChart(width, HEIGHT, TOP + FIELD, tuple(bars))


def _number(value: float) -> str:
    """A number as SVG reads it, whatever the reader's language."""
    return f"{value:.1f}"
