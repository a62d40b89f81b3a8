"""Telling people about a session, inside the act's transaction. Mails say that and where, never what."""

from __future__ import annotations

from collections.abc import Iterable

from accounts.models import User
from notices.actions.write import write_notice
from notices.models import Notice
from supervision.models import SupervisionSession

PLANNED = "session_planned"
MOVED = "session_moved"
CANCELLED = "session_cancelled"
REMINDER = "session_reminder"
CLIP_WITHDRAWN = "session_recording_withdrawn"
SHARED = "shared_with_you"
#: Kinds whose mail puts the session into somebody's calendar.
IN_CALENDAR = (PLANNED, MOVED, REMINDER)
_LEFT = (Notice.State.SENT, Notice.State.SENDING)


def tell(kind: str, session: SupervisionSession, people: Iterable[User], *, by: User) -> int:
    """Write one notice of `kind` to each of `people`; returns how many mails will leave.

    `by` knows already, and is told only when a mail has put the session into their calendar (an invitation before, or
    the reminder): else the calendar would go on showing what is no longer so. Whoever has no address is told on the
    pages only.
    """
    told = 0
    for person in {person.pk: person for person in people if person.email}.values():
        if person.pk == by.pk and not _has_in_calendar(session, by):
            continue
        write_notice(
            kind=kind,
            subject=f"session:{session.pk}",
            recipient=person,
            arguments={"sequence": session.sequence, "by": by.pk},
            programme_id=session.programme_id,
        )
        told += 1
    return told


def tell_shared(subject: str, owner: User, programme_id: int, people: Iterable[User]) -> None:
    """Tell each of `people` that `owner` shares something with them; `subject` is its key ("goal:7")."""
    for person in people:
        if person.email:
            write_notice(
                kind=SHARED,
                subject=subject,
                recipient=person,
                arguments={"owner": owner.pk},
                programme_id=programme_id,
            )


def _has_in_calendar(session: SupervisionSession, person: User) -> bool:
    """Whether a mail with the calendar file has left to the person, or is leaving."""
    left = Notice.objects.filter(subject=f"session:{session.pk}", recipient=person, state__in=_LEFT)
    return left.filter(kind__in=IN_CALENDAR).exists()
