"""Trainings: planned with their days, people put on the list, and who was there on which day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actions.audit import record
from accounts.actions.one_at_a_time import wait_for_oneself
from accounts.models import User
from certification.models import EventAttendance, EventParticipant, TrainingDay, TrainingEvent
from certification.policies.acts import may_hold, organisations_in_reach, people_in_reach
from certification.readers.pack_parts import event_kinds
from common.errors import DomainError, NotAllowed
from common.text import clean_line
from programmes.models import Membership, Organisation, Programme

MOST_DAYS = 60


@dataclass(frozen=True)
class EventPlan:
    """A training as it is entered. `kind` is a key of the pack's training events."""

    kind: str
    title: str
    organisation: Organisation
    days: Collection[dt.date]
    place: str = ""
    leader: User | None = None


@transaction.atomic
def plan_event(*, programme: Programme, plan: EventPlan, by: User) -> TrainingEvent:
    """Note a training that will be or has been held.

    Raises `NotAllowed` when the organisation is out of reach, `DomainError` for the kind, the days or the leader.
    """
    if not organisations_in_reach(by, programme).filter(pk=plan.organisation.pk).exists():
        raise NotAllowed(
            _("A coordinator or a mentor notes trainings, in their own part of the network."), code="role"
        )
    _check(programme, plan, by)
    wait_for_oneself(by)
    if there := _same_event(programme, plan, by):  # the same form sent twice
        return there
    event = TrainingEvent.objects.create(
        programme=programme,
        kind=plan.kind,
        title=clean_line(plan.title, field="title"),
        place=clean_line(plan.place, field="place"),
        leader=plan.leader,
        organisation=plan.organisation,
        noted_at=timezone.now(),
        noted_by=by,
    )
    TrainingDay.objects.bulk_create(TrainingDay(event=event, held_on=day) for day in sorted(set(plan.days)))
    _note(event, by=by, verb="event.noted", days=len(set(plan.days)))
    return event


def _same_event(programme: Programme, plan: EventPlan, by: User) -> TrainingEvent | None:
    """The training that the same person has noted with these very facts and days."""
    same = TrainingEvent.objects.filter(
        programme=programme,
        kind=plan.kind,
        title=clean_line(plan.title, field="title"),
        place=clean_line(plan.place, field="place"),
        leader=plan.leader,
        organisation=plan.organisation,
        noted_by=by,
    )
    days = set(plan.days)
    return next((one for one in same if {day.held_on for day in one.days.all()} == days), None)


def _check(programme: Programme, plan: EventPlan, by: User) -> None:
    if plan.kind not in event_kinds(programme):
        raise DomainError(_("Choose one of the programme's trainings."), field="kind")
    if not plan.title.strip():
        raise DomainError(_("Give the training a title."), field="title")
    if not plan.days:
        raise DomainError(_("Write at least one day, like this: 24.11.2026"), field="days")
    if len(set(plan.days)) > MOST_DAYS:
        raise DomainError(_("A training has at most %(most)d days.") % {"most": MOST_DAYS}, field="days")
    if plan.leader and not Membership.objects.open().filter(person=plan.leader, role__programme=programme).exists():
        raise DomainError(_("The leader must have a role in the programme."), field="leader")


@transaction.atomic
def add_participants(*, event: TrainingEvent, people: Iterable[User], by: User) -> int:
    """Put people on the list, each with the organisation of that day; returns how many are new.

    Raises `NotAllowed` for somebody outside the reach of who adds them.
    """
    _require(event, by)
    wanted = {person.pk: person for person in people}
    reachable = set(people_in_reach(by, event.programme).filter(pk__in=wanted).values_list("pk", flat=True))
    if set(wanted) - reachable:
        raise NotAllowed(_("You can add people of your own part of the network."), code="reach")
    there = set(event.participants.values_list("person_id", flat=True))
    homes = _homes(event.programme, wanted)
    new = [
        EventParticipant(event=event, person=person, organisation_id=homes.get(pk))
        for pk, person in wanted.items()
        if pk not in there
    ]
    EventParticipant.objects.bulk_create(new, ignore_conflicts=True)
    if new:
        _note(event, by=by, verb="event.participants_added", people=[one.person_id for one in new])
    return len(new)


def _homes(programme: Programme, people: Iterable[int]) -> dict[int, int]:
    rows = (
        Membership.objects.open().filter(person__in=people, role__programme=programme).order_by("-started_on", "-id")
    )
    return dict(rows.values_list("person_id", "organisation_id"))


@transaction.atomic
def remove_participant(*, participant: EventParticipant, by: User) -> None:
    """Take somebody off the list who was never there. Raises `DomainError` once a day is noted."""
    event = participant.event
    _require(event, by)
    if participant.attendances.exists():
        raise DomainError(_("A day is noted for this person. Take the day away first."), code="attended")
    person_id = participant.person_id
    participant.delete()
    _note(event, by=by, verb="event.participant_removed", people=[person_id])


@transaction.atomic
def note_attendance(
    *,
    event: TrainingEvent,
    present: Collection[tuple[int, int]],
    by: User,
    shown: Collection[tuple[int, int]] | None = None,
    days: Collection[int] | None = None,
) -> int:
    """Note who was there: the pairs (participant id, day id) that are true; returns how many changed.

    `days` limits it to those days. `shown` are the pairs that were true on the page that was sent: only what differs
    from them is changed, so that two who tick at the same time do not undo each other; without it `present` is all.
    Pairs of somebody who was taken off the list meanwhile are left out: nothing else that was ticked is lost by that.
    Raises `NotAllowed`, and `DomainError` for a day that lies ahead or a pair that is of another training.
    """
    _require(event, by)
    held = dict(event.days.values_list("pk", "held_on"))
    participants = dict(event.participants.values_list("pk", "person_id"))
    ticked = set(present)
    if missing := {one for one, _day in ticked} - set(participants):
        elsewhere = set(EventParticipant.objects.filter(pk__in=missing).values_list("pk", flat=True))
        ticked = {pair for pair in ticked if pair[0] not in missing - elsewhere or pair[1] not in held}
    if any(one not in participants or day not in held for one, day in ticked):
        raise DomainError(_("The list has changed. Open it again."), status=400, code="stranger")
    today = timezone.localdate()
    if ahead := sorted({held[day] for _one, day in ticked if held[day] > today}):
        raise DomainError(_("%(day)s lies ahead: nobody was there yet.") % {"day": f"{ahead[0]:%d.%m.%Y}"})
    rows = EventAttendance.objects.filter(day__event=event)
    there = {(participant, day): pk for pk, participant, day in rows.values_list("pk", "participant_id", "day_id")}
    seen = set(there) if shown is None else set(shown)
    touched = set(held) if days is None else set(days)
    gone = [pair for pair in there if pair in seen - ticked and pair[1] in touched]
    unticked = seen - set(there)  # by somebody else, meanwhile
    new = sorted(pair for pair in ticked - unticked if pair not in there and pair[1] in touched)
    rows.filter(pk__in=[there[pair] for pair in gone]).delete()
    EventAttendance.objects.bulk_create(
        [EventAttendance(participant_id=participant, day_id=day) for participant, day in new],
        ignore_conflicts=True,
    )
    if changed := {participants[pair[0]] for pair in (*new, *gone)}:
        _note(event, by=by, verb="event.attendance_noted", people=changed, added=len(new), removed=len(gone))
    return len(new) + len(gone)


def _require(event: TrainingEvent, by: User) -> None:
    if not may_hold(by, event):
        raise NotAllowed(_("The leader of the training, a coordinator or a mentor keeps this list."), code="role")


def _note(event: TrainingEvent, *, by: User, verb: str, people: Iterable[int] = (), **facts: int) -> None:
    record(
        by=by,
        verb=verb,
        subject=f"event:{event.pk}",
        programme_id=event.programme_id,
        organisation_path=event.organisation.path,
        people=people,
        facts={"kind": event.kind, **facts},
    )
