"""What was before this service was used: when somebody last met the one who supervises them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from accounts.actions import audit
from accounts.models import User
from coaches.models import EarlierSession
from common.text import clean_line
from programmes.models import Membership, Programme


@transaction.atomic
def note_session_before(
    *, person: User, programme: Programme, on: dt.date, source: str, by: User
) -> EarlierSession | None:
    """Note the day of somebody's last session before, with its source (file and row). None when it is known."""
    held_at = timezone.make_aware(dt.datetime.combine(on, dt.time(12)))
    session, made = EarlierSession.objects.get_or_create(
        person=person,
        programme=programme,
        held_at=held_at,
        defaults={"source": clean_line(source, max_length=300), "noted_at": timezone.now(), "noted_by": by},
    )
    if not made:
        return None
    _record(session, by=by, verb="session.from_before", source=session.source)
    return session


@transaction.atomic
def take_back_sessions_before(*, ids: Iterable[int], by: User) -> None:
    """Undo what an import noted by mistake."""
    for session in EarlierSession.objects.filter(pk__in=list(ids)):
        _record(session, by=by, verb="session.before_taken_back")
        session.delete()


def _record(session: EarlierSession, *, by: User, verb: str, **facts: str) -> None:
    held = Membership.objects.open().filter(person=session.person_id, role__programme=session.programme_id)
    audit.record(
        by=by,
        verb=verb,
        subject=f"person:{session.person_id}",
        programme_id=session.programme_id,
        organisation_path=held.order_by("pk").values_list("organisation__path", flat=True).first() or "",
        people=[session.person_id],
        facts={"held_on": timezone.localdate(session.held_at).isoformat(), **facts},
    )
