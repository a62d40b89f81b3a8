"""Sending what waits: claim a row by lease, ask whether it is still wanted, send, and note that only as its holder.

A worker may be killed, or stand still beyond its lease, at any point. Before the mail server has taken the mail, the
row is claimed again when the lease is over; after it, the mail goes out once more with the same Message-ID. Nothing is
lost, and nobody notes a sending that is no longer theirs.
"""

from __future__ import annotations

import logging
import secrets
import time
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum
from typing import Any

from django.conf import settings
from django.core.mail import get_connection
from django.db.models import F
from django.utils import timezone

from notices import kinds
from notices.backoff import wait_after
from notices.mail import compose
from notices.models import TURNED_OFF, Notice, OptOut
from notices.refusals import Refusal, in_words, read_refusal

logger = logging.getLogger(__name__)

State = Notice.State
PENDING = (State.WAITING, State.SENDING)
BATCH = 50


class Outcome(Enum):
    """What became of one claimed row."""

    SENT = "sent"
    CLOSED = "closed"
    RETRY = "retry"
    FAILED = "failed"
    NO_SERVER = "no_server"
    LEASE_LOST = "lease_lost"


@dataclass
class Sent:
    """What one round of sending did, in rows; `more` when it stopped before the last."""

    sent: int = 0
    closed: int = 0
    retry: int = 0
    failed: int = 0
    more: bool = False

    def count(self, outcome: Outcome) -> None:
        """Add one row."""
        if outcome is Outcome.SENT:
            self.sent += 1
        elif outcome is Outcome.CLOSED:
            self.closed += 1
        elif outcome is Outcome.FAILED:
            self.failed += 1
        else:
            self.retry += 1


def send_waiting(*, seconds: float | None = None) -> Sent:
    """Send everything that waits and whose time has come, for at most `seconds`; any number of workers at once.

    Must not run inside a transaction: a claim that others cannot see is none.
    """
    until = time.monotonic() + seconds if seconds is not None else None
    connection = get_connection()
    done = Sent()
    try:
        while batch := waiting(BATCH):
            for pk in batch:
                if until is not None and time.monotonic() > until:
                    done.more = True
                    return done
                outcome = claim_and_send(pk, connection)
                if outcome is not None:
                    done.count(outcome)
                if outcome is Outcome.NO_SERVER:  # nothing else would get through; the next tick tries again
                    return done
    finally:
        connection.close()
    return done


def waiting(limit: int) -> list[int]:
    """Ids of rows that may be claimed now, the longest due first: those waiting, and those whose lease is over."""
    rows = Notice.objects.filter(state__in=PENDING, next_try_at__lte=timezone.now()).order_by("next_try_at", "id")
    return list(rows.values_list("pk", flat=True)[:limit])


def claim_and_send(pk: int, connection: Any) -> Outcome | None:
    """Deal with one row; None when somebody else has it."""
    lease = claim(pk)
    if lease is None:
        return None
    notice = Notice.objects.select_related("recipient").get(pk=pk)
    try:
        kind = kinds.get(notice.kind)
        if reason := unwanted(notice, kind):
            return close(notice, lease, reason)
        mail = compose(notice, kind)
    except Exception as error:  # a row that cannot be written must not hold back the others
        logger.exception("notice %s (%s) could not be written", pk, notice.kind)
        return put_off(notice, lease, error)
    try:
        connection.open()  # once for the whole round; when it is open already, nothing happens
        connection.send_messages([mail])
    except Exception as error:
        logger.warning("notice %s (%s) could not be sent: %s", pk, notice.kind, in_words(error))
        return refused(notice, lease, error, connection)
    return finish(notice, lease)


def claim(pk: int) -> str | None:
    """Take the row for the length of a lease: one conditional update. The lease's key, or None."""
    now = timezone.now()
    lease, until = secrets.token_hex(16), now + timedelta(seconds=settings.NOTICE_LEASE_SECONDS)
    taken = Notice.objects.filter(pk=pk, state__in=PENDING, next_try_at__lte=now).update(
        state=State.SENDING, lease_key=lease, lease_until=until, next_try_at=until, tries=F("tries") + 1
    )
    return lease if taken else None


def unwanted(notice: Notice, kind: kinds.Kind) -> str:
    """Why the notice is not to be sent any more; empty: it is."""
    if not notice.recipient.email:
        return "no address"
    if not notice.recipient.is_active:
        return "left"
    if kind.may_opt_out and OptOut.objects.filter(person=notice.recipient_id, kind=kind.key).exists():
        return TURNED_OFF
    answer = kind.still_wanted(notice)
    if answer is True:
        return ""
    return answer[:60] if isinstance(answer, str) and answer else "not wanted any more"


def finish(notice: Notice, lease: str) -> Outcome:
    """The mail server has it."""
    kept = settle(notice, lease, state=State.SENT, sent_at=timezone.now(), last_error="")
    return Outcome.SENT if kept else Outcome.LEASE_LOST


def close(notice: Notice, lease: str, reason: str) -> Outcome:
    """Nobody needs to be told any more."""
    kept = settle(notice, lease, state=State.CLOSED, closed_at=timezone.now(), closed_reason=reason)
    return Outcome.CLOSED if kept else Outcome.LEASE_LOST


def refused(notice: Notice, lease: str, error: Exception, connection: Any) -> Outcome:
    """The mail server did not take it: for ever (shown to the coordinator), or for now."""
    refusal = read_refusal(error)
    if refusal is Refusal.PERMANENT:
        return fail(notice, lease, in_words(error))
    if refusal is Refusal.NO_SERVER:
        connection.close()
        outcome = put_off(notice, lease, error)
        return Outcome.NO_SERVER if outcome is Outcome.RETRY else outcome
    return put_off(notice, lease, error)


def put_off(notice: Notice, lease: str, error: Exception) -> Outcome:
    """Try again later, or after a day give it to the coordinator."""
    wait = wait_after(notice.tries)
    if wait is None:
        return fail(notice, lease, in_words(error))
    kept = settle(notice, lease, state=State.WAITING, next_try_at=timezone.now() + wait, last_error=in_words(error))
    return Outcome.RETRY if kept else Outcome.LEASE_LOST


def fail(notice: Notice, lease: str, error: str) -> Outcome:
    """It cannot be delivered: a person must look at it."""
    kept = settle(notice, lease, state=State.FAILED, last_error=error)
    return Outcome.FAILED if kept else Outcome.LEASE_LOST


def settle(notice: Notice, lease: str, **values: Any) -> bool:
    """Write the outcome and give the lease back, if it is still ours: a worker that stood still must not overwrite."""
    kept = Notice.objects.filter(pk=notice.pk, state=State.SENDING, lease_key=lease).update(
        **values, lease_key="", lease_until=None
    )
    if not kept:
        logger.warning("notice %s: the lease was over before the outcome could be noted", notice.pk)
    return bool(kept)
