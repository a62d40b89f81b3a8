"""What the clock does besides telling people: acts whose day has come (a placement ends, a certificate is drawn).

Each app registers its own in its file ``notices.py``; the tick runs them before it looks for notices, each by itself,
so that one that fails holds nothing else back.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime

logger = logging.getLogger(__name__)

Act = Callable[[datetime], object]

_acts: dict[str, Act] = {}


def register(name: str, act: Act) -> None:
    """Add an act under a stable name ("coaches.end_due"). It is called each minute with the time now (aware, UTC).

    It opens its own transactions, does nothing when nothing is due (one indexed query), and may be run twice at once:
    two workers may tick together, and a worker may be killed in the middle.
    """
    if name in _acts and _acts[name] is not act:
        raise ValueError(f"the act {name!r} is registered twice")
    _acts[name] = act


def run(now: datetime) -> list[str]:
    """Run all acts, in the order in which they were registered; returns the names of those that failed (logged)."""
    failed = []
    for name, act in list(_acts.items()):
        try:
            act(now)
        except Exception:  # whatever it is, the others must have their turn; the next tick tries again
            logger.exception("the clock act %s failed", name)
            failed.append(name)
    return failed
