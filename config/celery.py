"""The worker's and beat's application: a tick each minute in UTC; all else is asked for by name after a commit."""

import os
import time
import warnings
from pathlib import Path

from celery import Celery
from celery.schedules import crontab

from config import broker

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

# Said at each start in a container, where root is the rule; it warns of pickled messages, and ours are JSON only.
warnings.filterwarnings("ignore", message=r"(?s).*running the worker with superuser privileges")

broker.install()
app = Celery("supervision")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

# What is due is computed from rows; beat only says "look". A tick not taken within 50 s is stale.
app.conf.beat_schedule = {
    "tick": {"task": "notices.tick", "schedule": crontab(), "options": {"expires": 50}},
    "sweep": {"task": "config.sweep_broker", "schedule": crontab(minute=7), "options": {"expires": 3000}},
}

DAY = 24 * 60 * 60


@app.task(name="config.sweep_broker")
def sweep_broker() -> int:
    """Remove messages that the embedded broker finished, or left lying, more than a day ago; returns how many."""
    from django.conf import settings

    options = settings.CELERY_BROKER_TRANSPORT_OPTIONS
    folders = [options[name] for name in ("processed_folder", "data_folder_in") if name in options]
    return sum(sweep(Path(folder), older_than=time.time() - DAY) for folder in folders)


def sweep(folder: Path, *, older_than: float) -> int:
    """Delete the files of the folder last changed before the moment given (seconds since 1970)."""
    removed = 0
    for path in folder.iterdir():
        try:
            if path.stat().st_mtime < older_than:
                path.unlink()
                removed += 1
        except FileNotFoundError:  # another worker was quicker
            continue
    return removed
