"""Recordings by reference: where the film lies and what was consented to. Never the film."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actions import audit
from accounts.models import User
from common.errors import DomainError, NotAllowed
from common.text import clean_line
from practice import policies
from practice.consent import CERTIFICATION, SUPERVISION
from practice.locations import clean_location
from practice.models import GroupMeeting, Recording
from programmes.models import Programme


@dataclass(frozen=True)
class Statement:
    """A statement of consent: for what, how many of how many, where the papers are, until when (half-open)."""

    location: str
    purposes: Sequence[str] = field(default_factory=tuple)
    consents_given: int | None = None
    consents_asked: int | None = None
    papers_place: str = ""
    valid_until: dt.date | None = None
    delete_by: dt.date | None = None


@transaction.atomic
def note_recording(
    *,
    by: User,
    programme: Programme,
    location: str,
    purposes: Sequence[str],
    consents_given: int | None = None,
    consents_asked: int | None = None,
    papers_place: str = "",
    valid_until: dt.date | None = None,
    delete_by: dt.date | None = None,
    meeting: GroupMeeting | None = None,
) -> Recording:
    """Note where a film lies: of a meeting that `by` leads, or (without a meeting) of a session, whose own app asks
    who may.

    Raises `DomainError` with the field for an odd address, a purpose the programme does not know, or numbers that
    cannot be; `NotAllowed` for a meeting of others.
    """
    _require_right(by, meeting)
    recording = Recording(programme=programme, meeting=meeting, noted_at=timezone.now(), noted_by=by)
    statement = Statement(location, purposes, consents_given, consents_asked, papers_place, valid_until, delete_by)
    _write(recording, statement)
    _record(recording, by, "recording.noted")
    return recording


@transaction.atomic
def correct_recording(*, by: User, recording: Recording, statement: Statement) -> Recording:
    """Put right what was noted; a consent that was withdrawn stays withdrawn. Raises as `note_recording`."""
    _require_right(by, recording.meeting)
    _write(recording, statement)
    _record(recording, by, "recording.corrected")
    return recording


@transaction.atomic
def withdraw_consent(*, by: User, recording: Recording) -> Recording:
    """Note that consent was withdrawn: from now on the reference opens for nobody. Doing so twice changes nothing."""
    _require_right(by, recording.meeting)
    recording = Recording.objects.select_for_update(of=("self",)).get(pk=recording.pk)
    if recording.withdrawn_at is None:
        recording.withdrawn_at, recording.withdrawn_by = timezone.now(), by
        recording.save(update_fields=["withdrawn_at", "withdrawn_by"])
        _record(recording, by, "recording.withdrawn")
    return recording


def _require_right(by: User, meeting: GroupMeeting | None) -> None:
    if meeting is not None and not policies.leads_group(by, meeting.group):
        raise NotAllowed(_("Only those who lead the group can note or change its recordings."))


def known_purposes(programme: Programme) -> set[str]:
    """The keys of purposes that one can consent to in this programme."""
    consents: list[dict[str, Any]] = programme.pack.get("consents", []) if hasattr(programme, "stored_pack") else []
    return {SUPERVISION, CERTIFICATION} | {purpose["key"] for one in consents for purpose in one.get("purposes", [])}


def _write(recording: Recording, statement: Statement) -> None:
    unknown = set(statement.purposes) - known_purposes(recording.programme)
    if unknown:
        raise DomainError(_("Choose purposes that this programme asks consent for."), field="purposes", code="purpose")
    given, asked = statement.consents_given, statement.consents_asked
    if (given is None) != (asked is None):
        raise DomainError(
            _("Give both numbers: how many consented, and how many were asked."), field="consents_given", code="counts"
        )
    if given is not None and asked is not None and not 0 <= given <= asked <= 10_000:
        raise DomainError(
            _("%(given)d have consented, but only %(asked)d were asked. Correct one of the numbers.")
            % {"given": given, "asked": asked},
            field="consents_given",
            code="counts",
        )
    recording.location = clean_location(statement.location)
    recording.purposes = sorted(set(statement.purposes))
    recording.consents_given, recording.consents_asked = given, asked
    recording.papers_place = clean_line(statement.papers_place, field="papers_place")
    recording.valid_until, recording.delete_by = statement.valid_until, statement.delete_by
    recording.save()


def _record(recording: Recording, by: User, verb: str) -> None:
    meeting = recording.meeting
    path = meeting.group.organisation.path if meeting else policies.home_path(by, recording.programme)
    audit.record(
        by=by,
        verb=verb,
        subject=f"recording:{recording.pk}",
        programme_id=recording.programme_id,
        organisation_path=path,
        facts={"purposes": recording.purposes, "given": recording.consents_given, "asked": recording.consents_asked},
    )
