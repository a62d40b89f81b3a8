"""The product's Celery application with a beat of one second; with LEASE=off, rows are read and not claimed."""

import os
from typing import Any

from config.celery import app

app.conf.beat_schedule = {"tick": {"task": "notices.tick", "schedule": 1.0, "options": {"expires": 50}}}
app.conf.beat_schedule_filename = f"{os.environ['WORKER_FOLDER']}/beat"


def without_lease(**_: Any) -> None:
    """The negative control: a row seen waiting is sent without a claim, its outcome noted whoever has it."""
    from notices.actions import send
    from notices.models import Notice

    def no_claim(pk: int) -> str | None:
        return "nobody"

    def settle_anyway(notice: Notice, lease: str, **values: Any) -> bool:
        return bool(Notice.objects.filter(pk=notice.pk).update(**values))

    send.claim, send.settle = no_claim, settle_anyway


if os.environ.get("LEASE") == "off":
    from celery.signals import worker_process_init

    worker_process_init.connect(without_lease, weak=False)
