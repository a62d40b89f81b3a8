"""Which instruments a step names that waits for somebody's decision: certification knows, and registers at start.

A waiting step opens those evaluations of the candidate to whoever decides it, and no others.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from accounts.models import User
from programmes.relations import About, Reads, Rows


@dataclass(frozen=True)
class Finder:
    """`reads` name the rows that are wanted; `found` makes keys of checklists of them, None where no step waits."""

    reads: Callable[[User, About], Reads]
    found: Callable[[User, About, Rows], frozenset[str] | None]


_finders: dict[str, Finder] = {}


def register(relation_finder: str, finder: Finder) -> None:
    """Say who knows. It knows DECIDES_STEP too: the relation finder of that name need not be asked beside it."""
    _finders[relation_finder] = finder


def relation_finders() -> frozenset[str]:
    """The names of the relation finders that need not be asked by whoever asks here."""
    return frozenset(_finders)


def named_reads(viewer: User, about: About) -> Reads:
    """What `named_by_steps` wants."""
    return {
        f"named {name} {key}": read
        for name, finder in _finders.items()
        for key, read in finder.reads(viewer, about).items()
    }


def named_by_steps(viewer: User, about: About, rows: Rows) -> frozenset[str] | None:
    """The keys of the checklists that steps name which wait for the viewer; None where no step waits."""
    found = []
    for name, finder in _finders.items():
        start = f"named {name} "
        own = {key.removeprefix(start): given for key, given in rows.items() if key.startswith(start)}
        if (keys := finder.found(viewer, about, own)) is not None:
            found.append(keys)
    return frozenset().union(*found) if found else None
