"""Films looked at in a session: the reference kept when the record is finished, and what happens to its consent.

What may be written about a recording, and when its consent holds, is practice's rule; here it is tied to a session.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from accounts.models import User
from common.errors import NotAllowed
from practice.actions import recordings as practice
from practice.actions.moments import keep_moments
from practice.actions.recordings import Statement
from practice.actions.telling import tell_withdrawn
from practice.clip import seconds_of
from practice.consent import SUPERVISION
from practice.models import Recording
from supervision.actions.telling import CLIP_WITHDRAWN
from supervision.captures import Kind, keys_of
from supervision.models import AgendaNote, RecordDraft, SessionRecording, SupervisionSession
from supervision.policies import may_hold_consent


def keep_recordings(*, session: SupervisionSession, by: User, notes: Sequence[AgendaNote]) -> None:
    """Make the references that the record names, or put them right; inside the caller's transaction.

    One whose consent was withdrawn, or whose film is deleted, stays as it is: a new reference is a new recording.
    Raises what practice raises for a statement that cannot be.
    """
    rows = session.recordings.select_related("recording__meeting", "person")
    before = {row.person_id: row for row in rows if _runs(row.recording)}
    for note in notes:
        value = note.value or {}
        if value.get("location") and note.person_id is not None:
            _keep(session, by, note, value, before.pop(note.person_id, None))
    for row in before.values():
        row.delete()
        practice.take_back_recording(by=by, recording=row.recording, about=row.person)


def _runs(recording: Recording) -> bool:
    return recording.withdrawn_at is None and recording.deletion_confirmed_at is None


def _keep(
    session: SupervisionSession,
    by: User,
    note: AgendaNote,
    value: Mapping[str, Any],
    row: SessionRecording | None,
) -> None:
    statement = _statement(value, row.recording if row else None)
    if row is None:
        recording = practice.note_recording(by=by, programme=session.programme, about=note.person, **vars(statement))
        row = SessionRecording(session=session, person=note.person, recording=recording)
    elif _statement_of(row.recording) != statement:
        practice.correct_recording(by=by, recording=row.recording, statement=statement, about=row.person)
    row.clip_start, row.clip_end = _seconds(value.get("start")), _seconds(value.get("end"))
    row.save()
    moments = [(seconds_of(one["at"]), one.get("comment", "")) for one in value.get("moments", [])]
    keep_moments(by=by, recording=row.recording, moments=moments)


def _statement(value: Mapping[str, Any], known: Recording | None) -> Statement:
    """What the record says; a day of deletion that was agreed since stays."""
    return Statement(
        location=value["location"],
        purposes=[SUPERVISION] if value.get("consent") == "yes" else [],
        consents_given=value.get("given"),
        consents_asked=value.get("asked"),
        papers_place=value.get("papers", ""),
        valid_until=dt.date.fromisoformat(value["until"]) if value.get("until") else None,
        delete_by=known.delete_by if known else None,
    )


def _statement_of(recording: Recording) -> Statement:
    return Statement(**{name: getattr(recording, name) for name in Statement.__dataclass_fields__})


def _seconds(text: str | None) -> int | None:
    return seconds_of(text) if text else None


@transaction.atomic
def withdraw(*, row: SessionRecording, by: User, delete_by: dt.date) -> None:
    """The consent is withdrawn: reference and moments are shown no more, nor are they in the record or in drafts; the
    others who hold the film are told. Doing so twice changes nothing.

    Raises `NotAllowed`, and `DomainError` for an odd day of deletion.
    """
    _require_right(row, by)
    before = Recording.objects.select_for_update().get(pk=row.recording_id)
    practice.withdraw_consent(by=by, recording=row.recording, delete_by=delete_by, about=row.person)
    if before.withdrawn_at is None:
        tell_withdrawn(row.recording, holders(row), by=by, kind=CLIP_WITHDRAWN)
    _forget_copies(row, before)


@transaction.atomic
def plan_deletion(*, row: SessionRecording, by: User, delete_by: dt.date) -> None:
    """Say by when the film is deleted. Raises as `withdraw`."""
    _require_right(row, by)
    practice.plan_deletion(by=by, recording=row.recording, delete_by=delete_by, about=row.person)


@transaction.atomic
def confirm_deletion(*, row: SessionRecording, by: User) -> None:
    """The film is deleted where it lay: the moments go, and the reference out of the record. Raises `NotAllowed`."""
    _require_right(row, by)
    before = Recording.objects.select_for_update().get(pk=row.recording_id)
    practice.confirm_deletion(by=by, recording=row.recording, about=row.person)
    _forget_copies(row, before)


def holders(row: SessionRecording) -> list[User]:
    """Who holds the statement of consent: the one whom the film shows, and those who came to lead the session."""
    rows = list(row.session.attendances.select_related("person"))
    led = {one.person_id: one.person for one in rows if may_hold_consent(one.person, row, rows)}
    return list((led | {row.person_id: row.person}).values())


def _require_right(row: SessionRecording, by: User) -> None:
    if not may_hold_consent(by, row, list(row.session.attendances.all())):
        raise NotAllowed(_("Only the one whom the recording shows, and those who led, hold its consent."))


def _forget_copies(row: SessionRecording, before: Recording) -> None:
    """The record's own copy of the reference goes, and every unsaved one: once, as it stops being shown. What is
    written of the person's film afterwards is about another one."""
    if not _runs(before):
        return
    keys = keys_of(Kind.RECORDING)
    gone, _models = row.session.notes.filter(person_id=row.person_id, field__in=keys).delete()
    if gone:  # an open page still holds what was there: it is told so when it saves
        SupervisionSession.objects.filter(pk=row.session_id).update(revision=F("revision") + 1)
    field = re.compile(rf".+-(?:{'|'.join(map(re.escape, keys))})-\d+-{row.person_id}(?:-.*)?")
    for draft in RecordDraft.objects.filter(session_id=row.session_id).select_for_update():
        kept = {name: value for name, value in draft.fields.items() if not field.fullmatch(name)}
        if kept != draft.fields:
            draft.fields = kept
            draft.save(update_fields=["fields"])
