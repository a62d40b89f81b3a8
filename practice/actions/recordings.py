"""Recordings by reference: where the film lies and what was consented to. Never the film.

Of a group's meeting, these are acts of those who led it. Of a session (`meeting` empty) the session's own app
asks first who may, and calls the same acts.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actions import audit
from accounts.models import User
from common.dates import short_day
from common.errors import DomainError, NotAllowed
from common.text import clean_line
from practice import policies
from practice.actions.telling import tell_withdrawn
from practice.consent_terms import ConsentTerms, consent_terms
from practice.locations import clean_location
from practice.models import GroupMeeting, Recording
from programmes.models import Programme

MOST_PEOPLE = 10_000
PAPERS = 200


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
    about: User | None = None,
) -> Recording:
    """Note where a film lies: of a meeting that `by` led, or (without a meeting) of a session, whose own app asks
    who may. `about` is whom a film without a meeting shows, for the trail; so in the other acts.

    Raises `DomainError` with the field for an odd address, a purpose the programme does not know, numbers or days that
    cannot be; `NotAllowed` for a meeting of others.
    """
    _require_right(by, meeting)
    recording = Recording(programme=programme, meeting=meeting, noted_at=timezone.now(), noted_by=by)
    statement = Statement(location, purposes, consents_given, consents_asked, papers_place, valid_until, delete_by)
    _write(recording, statement)
    _record(recording, by, "recording.noted", about)
    return recording


@transaction.atomic
def correct_recording(*, by: User, recording: Recording, statement: Statement, about: User | None = None) -> Recording:
    """Put right what was noted; a consent that was withdrawn stays withdrawn. Raises as `note_recording`, and
    `DomainError` (code "deleted") once the film is confirmed as deleted.
    """
    locked = _locked(by, recording)
    if locked.deletion_confirmed_at is not None:
        raise DomainError(_("This recording is deleted. There is nothing left to correct."), code="deleted")
    _write(locked, statement)
    _record(locked, by, "recording.corrected", about)
    return locked


@transaction.atomic
def withdraw_consent(
    *, by: User, recording: Recording, delete_by: dt.date | None = None, about: User | None = None
) -> Recording:
    """Note that consent was withdrawn: from now on the reference opens for those filmed alone, and the film is to be
    deleted, by `delete_by` where it is given. The others who led the meeting are told. Doing so twice changes nothing.

    Raises `DomainError` for a day that has passed or lies too far ahead.
    """
    locked = _locked(by, recording)
    if locked.withdrawn_at is None:
        locked.withdrawn_at, locked.withdrawn_by = timezone.now(), by
        locked.delete_by = _deletion_day(locked, delete_by) if delete_by else locked.delete_by
        locked.save(update_fields=["withdrawn_at", "withdrawn_by", "delete_by"])
        _record(locked, by, "recording.withdrawn", about)
        if locked.meeting is not None:
            tell_withdrawn(locked, policies.filmed_in(locked.meeting), by=by)
    return locked


@transaction.atomic
def plan_deletion(*, by: User, recording: Recording, delete_by: dt.date, about: User | None = None) -> Recording:
    """Say by when the film will be deleted. Raises `DomainError` for an odd day, or when it is deleted already."""
    locked = _locked(by, recording)
    if locked.deletion_confirmed_at is not None:
        raise DomainError(_("This recording is deleted. There is nothing left to correct."), code="deleted")
    locked.delete_by = _deletion_day(locked, delete_by)
    locked.save(update_fields=["delete_by"])
    _record(locked, by, "recording.delete_by", about)
    return locked


@transaction.atomic
def confirm_deletion(*, by: User, recording: Recording, about: User | None = None) -> Recording:
    """Note that the film is deleted where it lay; comments to moments in it go with it. Twice changes nothing."""
    locked = _locked(by, recording)
    if locked.deletion_confirmed_at is None:
        locked.deletion_confirmed_at, locked.deletion_confirmed_by = timezone.now(), by
        locked.save(update_fields=["deletion_confirmed_at", "deletion_confirmed_by"])
        locked.moments.all().delete()
        _record(locked, by, "recording.deleted", about)
    return locked


@transaction.atomic
def take_back_recording(*, by: User, recording: Recording, about: User | None = None) -> None:
    """A reference noted by mistake goes with its moments; one on which something else rests stays."""
    locked = _locked(by, recording)
    try:
        with transaction.atomic():
            # Inside, so that the trail does not tell of what did not happen.
            _record(locked, by, "recording.taken_back", about)
            locked.moments.all().delete()
            locked.delete()
    except ProtectedError:  # a checklist was filled in about it, or another session looked at it
        return


def _locked(by: User, recording: Recording) -> Recording:
    related = Recording.objects.select_for_update(of=("self",)).select_related(
        "meeting__group__organisation", "programme__stored_pack"
    )
    locked = related.get(pk=recording.pk)
    _require_right(by, locked.meeting)
    return locked


def _deletion_day(recording: Recording, day: dt.date) -> dt.date:
    today = timezone.localdate()
    last = today + dt.timedelta(days=consent_terms(recording.programme).latest)
    if not today <= day <= last:
        raise DomainError(
            _("Give today or a later day, no later than %(last)s.") % {"last": short_day(last)},
            field="delete_by",
            code="day",
        )
    return day


def _require_right(by: User, meeting: GroupMeeting | None) -> None:
    if meeting is not None and not policies.is_filmed(by, meeting):
        raise NotAllowed(_("Only those who led the meeting can note or change its recordings."))


def _write(recording: Recording, statement: Statement) -> None:
    terms = consent_terms(recording.programme)
    if set(statement.purposes) - {key for key, _words in terms.purposes}:
        raise DomainError(_("Choose purposes that this programme asks consent for."), field="purposes", code="purpose")
    _check_counts(statement.consents_given, statement.consents_asked)
    if recording.meeting is not None:
        _check_days(recording.meeting.held_on, statement, terms)
    recording.location = clean_location(statement.location)
    recording.purposes = sorted(set(statement.purposes))
    recording.consents_given, recording.consents_asked = statement.consents_given, statement.consents_asked
    recording.papers_place = clean_line(statement.papers_place, max_length=PAPERS, field="papers_place")
    recording.valid_until, recording.delete_by = statement.valid_until, statement.delete_by
    recording.save()


def _check_counts(given: int | None, asked: int | None) -> None:
    if (given is None) != (asked is None):
        raise DomainError(
            _("Give both numbers: how many consented, and how many were asked."), field="consents_given", code="counts"
        )
    if given is not None and asked is not None and not 0 <= given <= asked <= MOST_PEOPLE:
        raise DomainError(
            _("%(given)d have consented, but only %(asked)d were asked. Correct one of the numbers.")
            % {"given": given, "asked": asked},
            field="consents_given",
            code="counts",
        )


def _check_days(held_on: dt.date, statement: Statement, terms: ConsentTerms) -> None:
    """A recording of a meeting is deleted at a day of its own; consent and film last as long as the pack allows."""
    if statement.delete_by is None:
        raise DomainError(_("Give the day by which the film is to be deleted."), field="delete_by", code="empty")
    days = (
        ("valid_until", statement.valid_until, terms.last_valid(held_on)),
        ("delete_by", statement.delete_by, terms.last_delete_by(held_on)),
    )
    for name, day, last in days:
        if day is not None and not held_on < day <= last:
            raise DomainError(
                _("Give a day after the meeting, no later than %(last)s.") % {"last": short_day(last)},
                field=name,
                code="day",
            )


def _record(recording: Recording, by: User, verb: str, about: User | None = None) -> None:
    """The trail: that it was done, for what and how many; never where the film lies. Filed with those filmed."""
    meeting = recording.meeting
    path = meeting.group.organisation.path if meeting else policies.home_path(by, recording.programme)
    audit.record(
        by=by,
        verb=verb,
        subject=f"recording:{recording.pk}",
        programme_id=recording.programme_id,
        organisation_path=path,
        people=list(policies.filmed_in(meeting)) if meeting else [about] if about else [],
        facts={"purposes": recording.purposes, "given": recording.consents_given, "asked": recording.consents_asked},
    )
