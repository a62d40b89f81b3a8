"""What the worker is asked to do, by name. Losing a message loses nothing: the next tick finds the rows."""

from celery import shared_task

from common.wake import wake
from notices.actions.send import send_waiting
from notices.actions.tick import tick

ROUND = 45
"""Seconds that one task goes on sending before it lets others have the worker; shorter than the minute of the tick."""


@shared_task(name="notices.tick")
def tick_task() -> None:
    """Everything that is due, each minute."""
    if tick(seconds=ROUND).sent.more:
        wake("notices.send")


@shared_task(name="notices.send")
def send_task() -> None:
    """Send what waits, right after an act has written it."""
    if send_waiting(seconds=ROUND).more:
        wake("notices.send")
