"""What the clock does for imports: goes on with those whose worker was lost, forgets what was read a month ago."""

from __future__ import annotations

from datetime import datetime

from notices import clock
from onboarding.actions.import_forget import forget_read
from onboarding.actions.import_work import work_through

ROUND = 20
"""Seconds of a tick that imports may take: reminders wait behind them."""


def go_on(now: datetime) -> bool:
    """Work on every import that has something to do."""
    return work_through(seconds=ROUND)


clock.register("onboarding.imports", go_on)
clock.register("onboarding.imports_forgotten", forget_read)
