"""When people last practised: meetings of groups that they led, and sessions. For many people at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet
from django.utils import timezone

from certification.keeping import LapseRule
from practice.models import GroupLeader
from programmes.models import Programme
from supervision.models import Attendance, SupervisionSession

SEATS = {
    "being_supervised": (Attendance.Seat.SUPERVISEE,),
    "supervising": (Attendance.Seat.LEAD, Attendance.Seat.CO_LEAD),
}


def last_practice(people: Collection[int], programme: Programme, rule: LapseRule) -> dict[int, dt.date]:
    """By person the last day of what keeps active status under the rule. Two queries at most."""
    found: dict[int, dt.date] = {}
    if "leading_groups" in rule.kept_by:
        led = _led(programme, dt.date.min, person__in=people)
        _latest(found, led.order_by().values_list("person").annotate(last=Max("group__meetings__held_on")))
    if seats := _seats(rule):
        sat = _sat(programme, seats).filter(person__in=people)
        rows = sat.order_by().values_list("person").annotate(last=Max("session__starts_at"))
        _latest(found, ((person, timezone.localdate(last)) for person, last in rows))
    return found


def practised_since(programme: Programme, rule: LapseRule, since: dt.date) -> Q:
    """A condition on certificates: the holder practised on that day or later."""
    condition = Q(pk__in=[])
    if "leading_groups" in rule.kept_by:
        condition |= Q(Exists(_led(programme, since, person=OuterRef("person"))))
    if seats := _seats(rule):
        begun = timezone.make_aware(dt.datetime.combine(since, dt.time.min))
        condition |= Q(Exists(_sat(programme, seats).filter(session__starts_at__gte=begun, person=OuterRef("person"))))
    return condition


def _latest(found: dict[int, dt.date], rows: Iterable[tuple[int, dt.date]]) -> None:
    for person, day in rows:
        found[person] = max(found.get(person, day), day)


def _seats(rule: LapseRule) -> list[str]:
    return [seat for key in rule.kept_by for seat in SEATS.get(key, ())]


def _led(programme: Programme, since: dt.date, **whose: Any) -> QuerySet[GroupLeader]:
    """Leaders of groups with a meeting that was held while they led; all in one condition, for it is one meeting."""
    still = Q(ended_on__isnull=True) | Q(ended_on__gt=F("group__meetings__held_on"))
    return GroupLeader.objects.filter(
        still,
        group__programme=programme,
        group__meetings__held_on__gte=F("started_on"),
        group__meetings__held_on__range=(since, timezone.localdate()),
        **whose,
    )


def _sat(programme: Programme, seats: Collection[str]) -> QuerySet[Attendance]:
    """Seats taken in finished sessions of the programme."""
    return Attendance.objects.filter(
        session__programme=programme,
        session__state=SupervisionSession.State.FINISHED,
        present=True,
        seat__in=seats,
    )
