"""Which letters our fonts can print: read from a list beside them, so that no web process opens a font."""

from __future__ import annotations

import unicodedata
from functools import cache
from pathlib import Path

FONTS = Path(__file__).resolve().parent / "fonts"
LIST = FONTS / "coverage.txt"


def uncovered(text: str) -> list[str]:
    """The characters of `text` that no font of ours has, each once, in order; spaces and breaks do not count."""
    known = _covered()
    missing = [
        sign
        for sign in unicodedata.normalize("NFC", text)
        if ord(sign) not in known and not sign.isspace() and unicodedata.category(sign) != "Cf"
    ]
    return list(dict.fromkeys(missing))


@cache
def _covered() -> frozenset[int]:
    """The code points, from lines such as ``0041-005A``."""
    points: set[int] = set()
    for line in LIST.read_text(encoding="ascii").split():
        first, _dash, last = line.partition("-")
        points.update(range(int(first, 16), int(last or first, 16) + 1))
    return frozenset(points)


def read_fonts() -> list[str]:
    """The list as the fonts themselves would have it: for writing it anew, and for the test that compares."""
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]  # the library is not typed

    points = sorted({point for path in sorted(FONTS.glob("*.ttf")) for point in TTFont(path).getBestCmap()})
    ranges: list[list[int]] = []
    for point in points:
        if ranges and ranges[-1][1] == point - 1:
            ranges[-1][1] = point
        else:
            ranges.append([point, point])
    return [f"{first:04X}-{last:04X}" if first != last else f"{first:04X}" for first, last in ranges]
