"""Writing what people are told, inside the act that gives the reason for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from common.wake import wake
from notices import kinds
from notices.message_id import message_id
from notices.models import Notice


def write_notice(
    *,
    kind: str,
    subject: str,
    recipient: User,
    due_at: datetime | None = None,
    arguments: Mapping[str, Any] | None = None,
    programme_id: int | None = None,
    language: str = "",
) -> Notice:
    """Note that `recipient` is to be told; sent after the commit, or at the latest by the next tick.

    `subject` is a text key such as "session:7"; `due_at` is now unless given; `arguments` are keys, dates and numbers
    for the template, never what was said; `programme_id` lets that programme's coordinators see it if it cannot be
    delivered; `language` is the recipient's unless given. The same key (kind, subject, recipient, due_at) again gives
    the row that is there.
    Raises `RuntimeError` outside a transaction and `kinds.UnknownKindError`.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("A notice is written inside the transaction of its act.")
    due_at = due_at or timezone.now()
    row = new_row(
        kinds.get(kind),
        kinds.Due(subject, recipient.pk, due_at, programme_id, language or recipient.language, dict(arguments or {})),
    )
    notice, _made = Notice.objects.get_or_create(
        kind=row.kind,
        subject=row.subject,
        recipient=recipient,
        due_at=due_at,
        defaults={name: getattr(row, name) for name in DEFAULTS},
    )
    wake("notices.send")
    return notice


def write_notices(*, kind: str, wanted: Iterable[kinds.Due]) -> int:
    """Note many at once (a spreadsheet's invitations): few queries, the same rules; returns how many were given.

    Languages left empty are filled from the recipients' profiles.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("A notice is written inside the transaction of its act.")
    given = add_rows(kinds.get(kind), list(wanted))
    if given:
        wake("notices.send")
    return given


def add_rows(kind: kinds.Kind, wanted: list[kinds.Due]) -> int:
    """Insert the rows of one kind that are not there yet; a row that somebody else adds meanwhile is left as it is."""
    speaks = dict(User.objects.filter(pk__in={due.recipient_id for due in wanted}).values_list("pk", "language"))
    rows = [new_row(kind, due, speaks.get(due.recipient_id, "")) for due in wanted]
    Notice.objects.bulk_create(rows, ignore_conflicts=True, batch_size=200)
    return len(rows)


DEFAULTS = ("language", "arguments", "attachment", "programme_id", "next_try_at", "message_id", "created_at")


def new_row(kind: kinds.Kind, due: kinds.Due, language: str = "") -> Notice:
    """The row for something due, not yet saved; `language` is taken where `due` names none."""
    return Notice(
        kind=kind.key,
        subject=due.subject,
        recipient_id=due.recipient_id,
        due_at=due.due_at,
        language=due.language or language or settings.LANGUAGE_CODE,
        arguments=dict(due.arguments),
        attachment="file" if kind.attachment else "",
        programme_id=due.programme_id,
        next_try_at=due.due_at,
        message_id=message_id(
            kind=kind.key,
            subject=due.subject,
            recipient_id=due.recipient_id,
            due_at=due.due_at,
            host=settings.SITE_HOST,
        ),
        created_at=timezone.now(),
    )
