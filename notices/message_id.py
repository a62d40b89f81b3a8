"""The Message-ID of a notice, made of the row's key: a mail repeated after a crash is recognised as the same."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime


def message_id(*, kind: str, subject: str, recipient_id: int, due_at: datetime, host: str) -> str:
    """``<40 hex digits@host>``, the same for the same key on every machine. `due_at` must be aware."""
    if due_at.tzinfo is None:
        raise ValueError("due_at must say its time zone")
    key = "\n".join((kind, subject, str(recipient_id), due_at.astimezone(UTC).isoformat(timespec="microseconds")))
    return f"<{hashlib.sha256(key.encode()).hexdigest()[:40]}@{host}>"
