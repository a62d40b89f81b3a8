"""The QR code on a certificate, as one SVG path."""

from __future__ import annotations

from dataclasses import dataclass

import segno

QUIET = 2
MASK = 3
"""Any mask is right; a fixed one spares trying all eight."""


@dataclass(frozen=True)
class QrPath:
    """The side of the square in modules, quiet zone included, and the path that draws it."""

    size: int
    path: str


def qr_path(address: str) -> QrPath:
    """The code for an address, with medium error correction."""
    code = segno.make(address, error="m", mask=MASK, micro=False)
    rows = list(code.matrix)
    runs = [run for y, row in enumerate(rows) for run in _runs(y, row)]
    return QrPath(size=len(rows) + 2 * QUIET, path="".join(runs))


def _runs(y: int, row: bytearray) -> list[str]:
    """Dark stretches of one row, each as a rectangle."""
    found: list[str] = []
    start: int | None = None
    for x, dark in enumerate([*row, 0]):
        if dark and start is None:
            start = x
        elif not dark and start is not None:
            found.append(f"M{start + QUIET} {y + QUIET}h{x - start}v1h-{x - start}z")
            start = None
    return found
