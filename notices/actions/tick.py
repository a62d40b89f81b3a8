"""What the clock does each minute: acts whose day has come, rows for what has fallen due, and then sending."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from notices import clock, kinds
from notices.actions.send import Sent, send_waiting
from notices.actions.write import add_rows
from notices.models import Notice

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Ticked:
    """What one tick did."""

    added: int
    sent: Sent
    # Clock acts and kinds that raised an error (it is in the log); all others had their turn.
    failed: tuple[str, ...] = ()


def tick(*, now: datetime | None = None, seconds: float | None = None) -> Ticked:
    """Do everything that is due, once; the same for beat and for `send_due`. May run twice at a time, or be killed.

    `now` is a moment (aware); `seconds` limits how long it goes on sending (None: until nothing waits).
    """
    now = now or timezone.now()
    failed = clock.run(now)
    added, silent = add_due(now=now)
    return Ticked(added=added, sent=send_waiting(seconds=seconds), failed=(*failed, *silent))


def add_due(*, now: datetime) -> tuple[int, list[str]]:
    """Ask each kind what should have been told by now, and add the rows that are missing.

    Returns how many, and the kinds that raised an error.
    """
    added, failed = 0, []
    for kind in kinds.every():
        if kind.due is None:
            continue
        try:
            added += add_rows(kind, missing(kind, now))
        except Exception:  # a kind that fails must not keep the others from being told
            logger.exception("the notice kind %s could not say what is due", kind.key)
            failed.append(kind.key)
    return added, failed


def missing(kind: kinds.Kind, now: datetime) -> list[kinds.Due]:
    """What of this kind fell due within its horizon and has no row yet; what is older is never told."""
    assert kind.due is not None
    since = now - kind.horizon
    wanted = {
        (due.subject, due.recipient_id, due.due_at): due
        for due in kind.due(now, kind.horizon)
        if since <= due.due_at <= now
    }
    subjects = sorted({due.subject for due in wanted.values()})
    for start in range(0, len(subjects), 500):
        there = Notice.objects.filter(kind=kind.key, subject__in=subjects[start : start + 500])
        for key in there.values_list("subject", "recipient_id", "due_at"):
            wanted.pop(key, None)
    return list(wanted.values())
