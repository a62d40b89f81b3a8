"""Telling people about a session, inside the act's transaction. Mails say that and where, never what."""

from __future__ import annotations

from collections.abc import Iterable

from accounts.models import User
from notices.actions.write import write_notice
from supervision.models import SupervisionSession

PLANNED = "session_planned"
MOVED = "session_moved"
CANCELLED = "session_cancelled"


def tell(kind: str, session: SupervisionSession, people: Iterable[User], *, by: User) -> int:
    """Write one notice of `kind` to each of `people` but `by`; returns how many mails will leave.

    Whoever has no address is told on the pages only.
    """
    told = 0
    for person in {person.pk: person for person in people if person.pk != by.pk and person.email}.values():
        write_notice(
            kind=kind,
            subject=f"session:{session.pk}",
            recipient=person,
            arguments={"sequence": session.sequence, "by": by.pk},
            programme_id=session.programme_id,
        )
        told += 1
    return told
