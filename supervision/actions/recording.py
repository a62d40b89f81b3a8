"""Writing a session's record: drafts while typing, saves, and opening a finished one again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from common.dates import day_time
from common.errors import Conflict, DomainError, NotAllowed
from supervision.actions.finishing import finish
from supervision.actions.trail import trail
from supervision.models import AgendaNote, PrivateNote, RecordDraft, SupervisionSession
from supervision.policies import LEADING
from supervision.sheet import Written

State = SupervisionSession.State
#: A draft holds at most so many characters: more is no record of a talk.
DRAFT_LENGTH = 400_000
_CANCELLED = gettext_lazy("The session is cancelled. Record another one instead.")


@transaction.atomic
def save_record(
    *,
    session: SupervisionSession,
    by: User,
    revision: int,
    written: Sequence[Written],
    came: Mapping[int, bool | None],
    theme: str = "",
    own_note: str | None = None,
    finished: bool = False,
    keep_draft: bool = False,
) -> SupervisionSession:
    """Keep the record as `by` wrote it; `finished` marks the session as held and gives out what was written.

    `revision` is the one that the page was drawn from. Raises `Conflict` (code ``stale``) when somebody saved since:
    nothing is overwritten. `keep_draft` leaves a text of another window that waits for a choice. Raises `DomainError`
    for a session that is finished, cancelled or still ahead.
    """
    session = _locked(session, by)
    if session.revision != revision:
        raise Conflict(_("The text was saved in another window in the meantime. Choose what to keep."), code="stale")
    if finished and session.starts_at > timezone.now():
        raise DomainError(
            _("The session begins on %(when)s. It can be marked as held after that.")
            % {"when": day_time(session.starts_at, zone=session.zone)},
            code="ahead",
        )
    _keep_notes(session, by, written)
    _keep_attendance(session, came)
    if own_note is not None:
        keep_private_note(session=session, by=by, text=own_note)
    session.theme, session.revision = theme, session.revision + 1
    if session.state == State.PLANNED and session.starts_at <= timezone.now():
        session.state = State.HELD
    session.save(update_fields=["theme", "revision", "state"])
    if not keep_draft:
        RecordDraft.objects.filter(session=session, author=by).delete()
    if finished:
        finish(session=session, by=by)
    return session


@transaction.atomic
def reopen_record(*, session: SupervisionSession, by: User) -> SupervisionSession:
    """Open a finished record again, to correct it. What it gave out stays with those who have it.

    One that is open already stays as it is.
    """
    session = _row(session, by)
    if session.state == State.HELD:
        return session
    if session.state != State.FINISHED:
        raise DomainError(_("The record is open already. Go on with it."))
    session.state, session.finished_at, session.finished_by = State.HELD, None, None
    session.revision += 1
    session.save(update_fields=["state", "finished_at", "finished_by", "revision"])
    trail(session, "session.reopened", by)
    return session


@transaction.atomic
def save_draft(*, session: SupervisionSession, by: User, fields: Mapping[str, Any], revision: int) -> RecordDraft:
    """Keep what `by` has typed and not yet saved; nobody else reads it. The revision is the page's, not today's.

    Also when the session was marked as held meanwhile: the text waits until the record is opened again.
    """
    session = _row(session, by)
    if session.state == State.CANCELLED:
        raise DomainError(_CANCELLED)
    if sum(len(str(value)) for value in fields.values()) > DRAFT_LENGTH:
        raise DomainError(_("This is too long to keep as a draft. Shorten it."), code="too_long")
    draft, _made = RecordDraft.objects.update_or_create(
        session=session,
        author=by,
        defaults={"fields": dict(fields), "base_revision": revision, "saved_at": timezone.now()},
    )
    return draft


@transaction.atomic
def discard_draft(*, session: SupervisionSession, by: User) -> None:
    """Throw one's own unsaved text away."""
    RecordDraft.objects.filter(session=session, author=by).delete()


def keep_private_note(*, session: SupervisionSession, by: User, text: str) -> None:
    """Keep, change or (empty) take away one's own note; inside the caller's transaction."""
    if text:
        PrivateNote.objects.update_or_create(
            session=session, author=by, defaults={"text": text, "written_at": timezone.now()}
        )
    else:
        PrivateNote.objects.filter(session=session, author=by).delete()


def _row(session: SupervisionSession, by: User) -> SupervisionSession:
    """The session as it is now, locked, if `by` leads it."""
    session = (
        SupervisionSession.objects.select_for_update(of=("self",))
        .select_related("programme", "agenda")
        .get(pk=session.pk)
    )
    if not session.attendances.filter(person=by, seat__in=LEADING).exists():
        raise NotAllowed(_("Only those who lead the session write its record."))
    return session


def _locked(session: SupervisionSession, by: User) -> SupervisionSession:
    """The session, locked, if `by` leads it and its record can be written."""
    session = _row(session, by)
    if session.state == State.CANCELLED:
        raise DomainError(_CANCELLED)
    if session.state == State.FINISHED:
        raise Conflict(_("The record is finished. Open it again to correct it."), code="finished")
    return session


def _keep_notes(session: SupervisionSession, by: User, written: Sequence[Written]) -> None:
    kept = {(row.step_id, row.field, row.turn, row.person_id): row for row in session.notes.order_by()}
    new, gone, now = [], [], timezone.now()
    for one in written:
        row = kept.get((one.step_id, one.field, one.turn, one.person_id))
        if row is None and one.value is not None:
            new.append(_note(session, by, one))
        elif row is not None and one.value is None:
            gone.append(row.pk)
        elif row is not None and row.value != one.value:
            row.value, row.version, row.written_at, row.written_by = one.value, row.version + 1, now, by
            row.save(update_fields=["value", "version", "written_at", "written_by"])
    AgendaNote.objects.bulk_create(new)
    if gone:
        session.notes.filter(pk__in=gone).delete()


def _note(session: SupervisionSession, by: User, one: Written) -> AgendaNote:
    return AgendaNote(
        session=session,
        step_id=one.step_id,
        field=one.field,
        turn=one.turn,
        person_id=one.person_id,
        audience=one.audience,
        value=one.value,
        written_at=timezone.now(),
        written_by=by,
    )


def _keep_attendance(session: SupervisionSession, came: Mapping[int, bool | None]) -> None:
    for answer in (True, False, None):
        people = [person_id for person_id, one in came.items() if one is answer]
        if people:
            session.attendances.filter(person_id__in=people).update(present=answer)
