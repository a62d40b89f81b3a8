"""For how long somebody who has left reads and takes out what is their own (rights.md, rule 9)."""

from __future__ import annotations

import datetime as dt

from django.db.models import Count, Max, Q, QuerySet
from django.utils import timezone

from accounts.models import User
from programmes.models import Membership, Programme


def open_until(left_on: dt.date) -> dt.date:
    """The first day on which it is shut: the same day a year later, and 1 March for 29 February."""
    try:
        return left_on.replace(year=left_on.year + 1)
    except ValueError:
        return dt.date(left_on.year + 1, 3, 1)


def shut_for_those_who_left_by(today: dt.date) -> dt.date:
    """Whoever left on this day or before finds it shut today."""
    try:
        return today.replace(year=today.year - 1)
    except ValueError:
        return dt.date(today.year - 1, 2, 28)


def shut_to(person: User) -> QuerySet[Membership, int]:
    """The programmes (their ids) that the person left so long ago that what was their own there is shut."""
    by = shut_for_those_who_left_by(timezone.localdate())
    held = Membership.objects.filter(person=person).order_by().values("role__programme_id")
    ends = held.annotate(still=Count("pk", filter=Q(ended_on__isnull=True)), last=Max("ended_on"))
    return ends.filter(still=0, last__lte=by).values_list("role__programme_id", flat=True)


def is_shut_to(person: User, programme: Programme) -> bool:
    """Whether the person left the programme so long ago that what was their own there is shut."""
    return programme.pk in set(shut_to(person))
