"""What coaches say of their own room: how many places they offer, when they are away."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actions import audit
from accounts.models import User
from coaches import policies
from coaches.actions.places import lock_people
from coaches.models import Absence, CoachProfile
from common.errors import DomainError, NotAllowed
from common.text import clean_line

REASON_LENGTH = 200


def set_capacity(*, by: User, coach: User, capacity: int) -> CoachProfile:
    """Offer one to four places. Who sits in a place above keeps it. Raises `NotAllowed` for strangers."""
    _require_own_or_branch(by, coach)
    if capacity not in (1, 2, 3, 4):
        raise DomainError(_("A peer coach offers one, two, three or four places."), field="capacity", code="capacity")
    with transaction.atomic():
        profile, made = CoachProfile.objects.select_for_update().get_or_create(
            person=coach, defaults={"capacity": capacity}
        )
        old = 4 if made else profile.capacity
        if made or old != capacity:
            profile.capacity = capacity
            profile.save(update_fields=["capacity"])
            audit.record(
                by=by,
                verb="coach.capacity",
                subject=f"person:{coach.pk}",
                people=[coach],
                facts={"old": old, "new": capacity},
            )
    return profile


def note_absence(
    *, by: User, person: User, starts_on: dt.date, ends_on: dt.date | None = None, reason: str = ""
) -> Absence:
    """Note a time away; `ends_on` is the first day back, None when it is not known yet. The same form sent twice gives
    the one that is there.

    Raises `DomainError` when the days are the wrong way round or overlap another time away.
    """
    _require_own_or_branch(by, person)
    if ends_on is not None and ends_on <= starts_on:
        raise DomainError(
            _("The first day back must come after the first day away."), field="ends_on", code="wrong_way"
        )
    reason = clean_line(reason, max_length=REASON_LENGTH, field="reason")
    with transaction.atomic():
        lock_people(person)  # two that are sent at once see each other
        same = Absence.objects.filter(person=person, starts_on=starts_on, ends_on=ends_on, reason=reason, noted_by=by)
        if there := same.first():
            return there
        _check_overlap(person, starts_on, ends_on)
        absence = Absence.objects.create(
            person=person, starts_on=starts_on, ends_on=ends_on, reason=reason, noted_at=timezone.now(), noted_by=by
        )
        _record(absence, by=by, verb="absence.noted")
    return absence


def _check_overlap(person: User, starts_on: dt.date, ends_on: dt.date | None) -> None:
    overlapping = Absence.objects.filter(person=person).exclude(ends_on__lte=starts_on)
    if ends_on is not None:
        overlapping = overlapping.filter(starts_on__lt=ends_on)
    if overlapping.exists():
        raise DomainError(
            _("There is a time away in these days already. Change that one instead."),
            field="starts_on",
            code="overlap",
        )


def end_absence(*, by: User, absence: Absence, ends_on: dt.date) -> Absence:
    """Say when the person is back; on or before the first day away the absence is taken back altogether."""
    _require_own_or_branch(by, absence.person)
    with transaction.atomic():
        if ends_on <= absence.starts_on:
            _record(absence, by=by, verb="absence.taken_back")
            absence.delete()
        elif absence.ends_on != ends_on:
            absence.ends_on = ends_on
            absence.save(update_fields=["ends_on"])
            _record(absence, by=by, verb="absence.ends")
    return absence


def _record(absence: Absence, *, by: User, verb: str) -> None:
    ends_on = absence.ends_on.isoformat() if absence.ends_on else None
    audit.record(
        by=by,
        verb=verb,
        subject=f"person:{absence.person_id}",
        people=[absence.person_id],
        facts={"starts_on": absence.starts_on.isoformat(), "ends_on": ends_on},
    )


def _require_own_or_branch(by: User, person: User) -> None:
    if by.pk != person.pk and not policies.coordinates(by, person):
        raise NotAllowed(_("Only the person and their coordinator can change this."), code="branch")
