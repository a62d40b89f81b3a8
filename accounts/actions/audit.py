"""Writing the trail: one row for each act of consequence, inside the act's own transaction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import AuditEvent, AuditPerson, User

AT_ONCE = 500
"""As many rows as one statement writes."""


@dataclass(frozen=True)
class Entry:
    """One act, as `record` takes it."""

    verb: str
    subject: str = ""
    programme_id: int | None = None
    organisation_path: str = ""
    people: Sequence[User | int] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)


def record(
    *,
    by: User,
    verb: str,
    subject: str = "",
    programme_id: int | None = None,
    organisation_path: str = "",
    people: Iterable[User | int] = (),
    facts: Mapping[str, Any] | None = None,
) -> AuditEvent:
    """Add one event.

    `verb` is a stable key such as "placement.opened"; `subject` a text key such as "placement:12"; `people` are
    those whom the act concerned (the actor need not be among them); `facts` are dates, numbers and keys, never what
    was said.
    Raises `RuntimeError` outside a transaction, for an act without its transaction could lose one of the two.
    """
    entry = Entry(verb, subject, programme_id, organisation_path, tuple(people), facts or {})
    return record_all(by=by, entries=[entry])[0]


def record_all(*, by: User, entries: Iterable[Entry]) -> list[AuditEvent]:
    """Add one event for each of many acts that are done together, in two statements. Raises as `record`."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("An audit row is written inside the transaction of its act.")
    now, kept = timezone.now(), list(entries)
    events = AuditEvent.objects.bulk_create(
        [
            AuditEvent(
                at=now,
                by_id=by.pk,
                verb=one.verb,
                subject=one.subject,
                programme_id=one.programme_id,
                organisation_path=one.organisation_path,
                facts=dict(one.facts),
            )
            for one in kept
        ],
        batch_size=AT_ONCE,
    )
    AuditPerson.objects.bulk_create(
        [
            AuditPerson(event=event, person_id=person_id)
            for event, one in zip(events, kept, strict=True)
            for person_id in sorted({person if isinstance(person, int) else person.pk for person in one.people})
        ],
        batch_size=AT_ONCE,
    )
    return events
