"""When to try again, and when to give up. Values in, values out."""

from __future__ import annotations

from datetime import timedelta

STEPS = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=15), timedelta(minutes=60))

MOST_TRIES = 27
"""After about a day (1 + 5 + 15 minutes, then each hour) somebody must look at it."""


def wait_after(tries: int) -> timedelta | None:
    """How long to wait after the `tries`-th failure (from 1); None: give up."""
    if tries >= MOST_TRIES:
        return None
    return STEPS[min(tries, len(STEPS)) - 1]
