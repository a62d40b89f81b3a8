"""What the worker is asked to do for imports. Losing a message loses nothing: the next tick finds the rows."""

from celery import shared_task

from common.wake import wake
from onboarding.actions.import_work import work_through

ROUND = 45
"""Seconds that one task goes on before it lets others have the worker."""


@shared_task(name="onboarding.work")
def work_task(run_id: int) -> None:
    """Go on with one import."""
    if work_through(seconds=ROUND, run_id=run_id):
        wake("onboarding.work", run_id)
