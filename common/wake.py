"""Work for later is a row; this only tells the worker that one is there.

Nobody imports tasks: a task is sent by its name, after the transaction that wrote the row. A dead broker costs a
minute, never the request: the tick finds the row by itself.
"""

import logging
import time
from functools import partial
from typing import Any

from celery import current_app
from django.db import transaction

logger = logging.getLogger(__name__)

EXPIRES = 600
"""Seconds after which a message that no worker took is worthless, since the tick has passed by then."""

PAUSE = 5.0
"""Seconds in which nothing is sent after a failure: a dead broker must not slow each request down."""

_silent_until = 0.0  # time.monotonic(); each process finds out for itself


def wake(name: str, *args: Any) -> None:
    """Send the Celery task ``name`` (``"notices.tasks.send_notice"``) with ids as ``args``, after commit.

    Outside a transaction it is sent at once; after a rollback never. Failing to send is logged, never raised.
    """
    transaction.on_commit(partial(_send, name, args), robust=True)


def _send(name: str, args: tuple[Any, ...]) -> None:
    global _silent_until
    if time.monotonic() < _silent_until:
        return
    try:
        current_app.send_task(name, args=args, expires=EXPIRES, ignore_result=True, retry=False)
    except Exception:  # whatever a broker's client raises: connection, timeout, a full disk
        _silent_until = time.monotonic() + PAUSE
        logger.warning("could not wake %s; the tick will find its row", name, exc_info=True)
