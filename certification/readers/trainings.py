"""Trainings as they are listed and as their attendance is kept."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Max, Min, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from certification.models import EventAttendance, EventParticipant, TrainingDay, TrainingEvent
from certification.policies.acts import reach
from common.list_query import Order
from common.text import fold_for_search
from programmes.models import Programme
from programmes.policies import under

ORDERS: Mapping[str, Order] = {"newest": Order(_("Newest first"), ("-first_day", "-id"))}


@dataclass(frozen=True)
class Box:
    """One checkbox: a participant on a day. `ahead`: the day has not come."""

    name: str
    day: TrainingDay
    was_there: bool
    ahead: bool


@dataclass(frozen=True)
class Person:
    """A participant's line."""

    participant: EventParticipant
    boxes: Sequence[Box]
    days: int


@dataclass(frozen=True)
class AttendanceList:
    """The table: days across, people down."""

    days: Sequence[TrainingDay]
    people: Sequence[Person]

    @property
    def shown(self) -> str:
        """The boxes that are ticked, by name: sent along with the form, so that only changes are changed."""
        return " ".join(box.name for person in self.people for box in person.boxes if box.was_there)

    @property
    def has_come(self) -> Sequence[TrainingDay]:
        """The days that have come, for ticking one at a time."""
        ahead = {box.day.pk for person in self.people for box in person.boxes if box.ahead}
        return [day for day in self.days if day.pk not in ahead]


def trainings(user: User, programme: Programme, q: str = "") -> QuerySet[TrainingEvent]:
    """Trainings in the person's reach, and those they lead."""
    mine = Q(leader=user) | under(reach(user, programme), "organisation__path")
    found = TrainingEvent.objects.filter(mine, programme=programme).select_related("leader", "organisation")
    for word in q.split():
        found = found.filter(title__icontains=word)
    return found.annotate(first_day=Min("days__held_on"), last_day=Max("days__held_on")).filter(
        first_day__isnull=False
    )


def attendance_list(event: TrainingEvent, today: dt.date) -> AttendanceList:
    """Who is on the list, and who was there on which day. Three queries."""
    days = list(event.days.order_by("held_on"))
    there = set(EventAttendance.objects.filter(day__event=event).values_list("participant_id", "day_id"))
    participants = event.participants.select_related("person", "organisation").order_by("person__sort_name", "id")
    return AttendanceList(
        days=days,
        people=[
            Person(
                participant=one,
                boxes=[
                    Box(f"there-{one.pk}-{day.pk}", day, (one.pk, day.pk) in there, day.held_on > today)
                    for day in days
                ],
                days=sum((one.pk, day.pk) in there for day in days),
            )
            for one in participants
        ],
    )


def found_people(people: QuerySet[User], q: str, *, event: TrainingEvent | None = None) -> list[User]:
    """At most 25 people whose name or address fits, those on the list already left out."""
    folded = fold_for_search(q)
    if not folded:
        return []
    fitting = people.filter(Q(search_name__contains=folded) | Q(email__iexact=q.strip()))
    if event is not None:
        fitting = fitting.exclude(event_places__event=event)
    return list(fitting.order_by("sort_name", "id")[:25])
