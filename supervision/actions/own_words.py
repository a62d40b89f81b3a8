"""What a person writes on a page of their own: wellbeing, reflections, a private note. Nobody else reads it."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from common.errors import DomainError, NotAllowed
from common.text import clean_text
from supervision.actions.recording import keep_private_note
from supervision.models import AgendaNote, SupervisionSession
from supervision.sheet import Written


@transaction.atomic
def keep_own_words(*, session: SupervisionSession, by: User, written: Sequence[Written], note: str) -> None:
    """Keep what `by` writes about oneself; empty values take the row away. Raises `NotAllowed` without a seat."""
    if not session.attendances.filter(person=by).exists():
        raise NotAllowed(_("You are not in this session."))
    if session.state == SupervisionSession.State.CANCELLED:
        raise DomainError(_("The session is cancelled."))
    for one in written:
        own = session.notes.filter(
            step_id=one.step_id, field=one.field, turn=one.turn, person=by, audience=AgendaNote.Audience.AUTHOR
        )
        if one.value is None:
            own.delete()
            continue
        if not own.update(value=one.value, written_at=timezone.now(), written_by=by):
            AgendaNote.objects.create(
                session=session,
                step_id=one.step_id,
                field=one.field,
                turn=one.turn,
                person=by,
                audience=AgendaNote.Audience.AUTHOR,
                value=one.value,
                written_at=timezone.now(),
                written_by=by,
            )
    keep_private_note(session=session, by=by, text=clean_text(note, field="note"))
