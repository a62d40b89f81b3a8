"""What the clock does with placements: those whose planned end has come."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from coaches.actions.endings import end_due as end_placements_due
from coaches.actions.endings import end_of_those_who_left
from notices import clock


def end_due(now: datetime) -> int:
    """End what was planned to end, open the successors; by the calendar of the installation."""
    return end_placements_due(day=timezone.localdate(now))


def end_left(now: datetime) -> int:
    """End placements of people who have left the programme."""
    return end_of_those_who_left(day=timezone.localdate(now))


clock.register("coaches.placements_end", end_due)
clock.register("coaches.placements_left", end_left)
