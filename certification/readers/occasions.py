"""The training events that a checklist can be about: those the viewer led or took part in."""

from __future__ import annotations

from django.db.models import Max, Q
from django.utils import timezone

from accounts.models import User
from certification.models import TrainingEvent
from checklists.occasions import MOST, Occasion
from common.dates import date_words
from programmes.models import Programme


def event_occasions(viewer: User, programme: Programme) -> list[Occasion]:
    """Events with a day that has come, latest first; it is the one who leads that is looked at. One query."""
    events = (
        TrainingEvent.objects.filter(
            Q(leader=viewer) | Q(participants__person=viewer, participants__attendances__isnull=False),
            programme=programme,
            leader__isnull=False,
        )
        .annotate(last_day=Max("days__held_on", filter=Q(days__held_on__lte=timezone.localdate())))
        .filter(last_day__isnull=False)
        .order_by("-last_day", "-pk")[:MOST]
    )
    return [
        Occasion(
            thing=f"event:{event.pk}",
            words=f"{event.title}, {date_words(event.last_day)}",
            day=event.last_day,
            people=(event.leader_id,),
        )
        for event in events
        if event.leader_id
    ]
