"""Which instruments a step names that waits for somebody's decision: certification knows, and registers at start.

A waiting step opens those evaluations of the candidate to whoever decides it, and no others.
"""

from __future__ import annotations

from collections.abc import Callable

from accounts.models import User
from programmes.models import Programme

Finder = Callable[[User, User, Programme], frozenset[str]]

_finders: list[Finder] = []


def register(finder: Finder) -> None:
    """Say who knows; asked for (viewer, candidate, programme), it answers with keys of checklists."""
    if finder not in _finders:
        _finders.append(finder)


def named_by_steps(viewer: User, candidate: User, programme: Programme) -> frozenset[str]:
    """The keys of the checklists that steps name which wait for the viewer; empty where nobody has registered."""
    return frozenset().union(*(finder(viewer, candidate, programme) for finder in _finders))
