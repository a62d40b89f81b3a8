"""Writing the trail: one row for each act of consequence, inside the act's own transaction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import AuditEvent, AuditPerson, User


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
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("An audit row is written inside the transaction of its act.")
    event = AuditEvent.objects.create(
        at=timezone.now(),
        by_id=by.pk,
        verb=verb,
        subject=subject,
        programme_id=programme_id,
        organisation_path=organisation_path,
        facts=dict(facts or {}),
    )
    ids = {person if isinstance(person, int) else person.pk for person in people}
    AuditPerson.objects.bulk_create([AuditPerson(event=event, person_id=person_id) for person_id in sorted(ids)])
    return event
