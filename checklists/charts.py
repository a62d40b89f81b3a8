"""Where the marks of a chart lie, in units of its viewBox. Values in, places out; templates draw attributes only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

#: Left edge and width of the field of marks, for a wide and for a narrow screen.
WIDE, NARROW = (240, 280), (12, 288)
ROW, NARROW_ROW = 37, 49


@dataclass(frozen=True)
class Level:
    """One line of a comparison: what it is called, and where both stand between the ends of the scale, 0–1."""

    label: str
    first: Fraction | None
    second: Fraction | None


@dataclass(frozen=True)
class Mark:
    """A line of the chart: the height of its text and marks, and the place of each mark as SVG attributes."""

    label: str
    text_y: int
    y: int
    first_x: str
    second_x: str
    second_path: str
    gap_path: str
    ring: bool


@dataclass(frozen=True)
class Chart:
    """A whole chart: its size, its lines, and its ticks as (x, words)."""

    width: int
    height: int
    marks: tuple[Mark, ...]
    ticks: tuple[tuple[str, str], ...]
    axis_end: int


def side_by_side(levels: Sequence[Level], ticks: Sequence[tuple[Fraction, str]], *, narrow: bool = False) -> Chart:
    """A chart of two raters by section: a ring for the first, a square for the second, a line between them."""
    left, width = NARROW if narrow else WIDE
    step = NARROW_ROW if narrow else ROW
    marks = []
    for place, level in enumerate(levels):
        y = step * place + (33 if narrow else 26)
        first, second = _x(level.first, left, width), _x(level.second, left, width)
        both = level.first is not None and level.second is not None
        marks.append(
            Mark(
                label=level.label,
                text_y=y - 17 if narrow else y + 5,
                y=y,
                first_x=first,
                second_x=second,
                second_path=_square(level.second, left, width, y),
                gap_path=f"M{first} {y}H{second}" if both and level.first != level.second else "",
                ring=both and level.first == level.second,
            )
        )
    end = step * len(levels) + (4 if narrow else 6)
    return Chart(
        width=320 if narrow else 560,
        height=end + 30,
        marks=tuple(marks),
        ticks=tuple((_x(at, left, width), words) for at, words in ticks),
        axis_end=end,
    )


@dataclass(frozen=True)
class Point:
    """One evaluation over time: where it lies, and its words."""

    x: str
    y: str
    path: str


@dataclass(frozen=True)
class Line:
    """One part's way over time."""

    part: str
    points: tuple[Point, ...]
    polyline: str


#: A chart over time: left edge, top, and height of its field; its width for a wide and for a narrow screen.
LEFT, TOP, FIELD_HEIGHT = 48, 16, 180
FIELD_WIDE, FIELD_NARROW = 480, 256


def over_time(series: dict[str, list[tuple[int, Fraction | None]]], days: int, *, narrow: bool = False) -> list[Line]:
    """A line for each part: points are (days since the first, level 0–1), with `days` from the first to the last."""
    width = FIELD_NARROW if narrow else FIELD_WIDE
    lines = []
    for part, values in series.items():
        points = []
        for day, level in values:
            if level is None:
                continue
            x = LEFT + (Fraction(day * width, days) if days else Fraction(width, 2))
            y = TOP + FIELD_HEIGHT * (1 - level)
            points.append(Point(_number(x), _number(y), f"M{_number(x - 6)} {_number(y - 6)}h12v12h-12z"))
        lines.append(Line(part, tuple(points), " ".join(f"{point.x},{point.y}" for point in points)))
    return lines


def height_at(level: Fraction) -> str:
    """The y of a tick in a chart over time."""
    return _number(TOP + FIELD_HEIGHT * (1 - level))


def _x(level: Fraction | None, left: int, width: int) -> str:
    return "" if level is None else _number(left + width * level)


def _square(level: Fraction | None, left: int, width: int, y: int) -> str:
    return "" if level is None else f"M{_number(left + width * level - 6)} {y - 6}h12v12h-12z"


def _number(value: Fraction | int) -> str:
    """A number as SVG reads it, whatever the reader's language."""
    return f"{float(value):.1f}"
