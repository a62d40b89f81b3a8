"""All parts together: how many there are of each, or all of it; and the programmes that somebody has left."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Max, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import AuditPerson, User
from accounts.trail_words import words_for
from common.at_once import read_at_once
from common.dates import date_words
from people.readers.own import belonging, climbing, words
from people.readers.own.part import Entry, Part, entry
from programmes.leaving import open_until
from programmes.models import Membership, Programme


@dataclass(frozen=True)
class Gathered:
    """One part with how many things there are, and the things where they were asked for."""

    part: Part
    count: int
    entries: Sequence[Entry] = ()


@dataclass(frozen=True)
class Left:
    """A programme in which the person has no role any more: since when, and until when their own is open."""

    programme: Programme
    on: dt.date
    until: dt.date
    is_shut: bool


def _events(person: User) -> QuerySet[AuditPerson]:
    return AuditPerson.objects.filter(person_id=person.pk).select_related("event").order_by("-event_id")


def _event_entries(person: User, rows: Sequence[AuditPerson]) -> list[Entry]:
    names = dict(User.objects.filter(pk__in={row.event.by_id for row in rows}).values_list("pk", "name"))
    return [
        entry(
            str(words_for(row.event.verb)),
            (_("When"), date_words(row.event.at, year=True)),
            (_("Who"), names.get(row.event.by_id, "")),
        )
        for row in rows
    ]


PARTS: tuple[Part, ...] = (
    *words.PARTS,
    *climbing.PARTS,
    *belonging.PARTS,
    Part(
        "trail",
        gettext_lazy("Who did what to you, and when"),
        gettext_lazy("Every act of consequence. What was said in a session never is."),
        _events,
        _event_entries,
    ),
)


def counted(person: User) -> list[Gathered]:
    """How many things there are of each part. One query, and a few for checklists, whose rows say who reads them."""
    plain = [part for part in PARTS if part.key != "checklists"]
    rows = read_at_once(**{part.key: part.rows(person).order_by().values_list("pk", flat=True) for part in plain})
    found: dict[str, list[Any]] = dict(rows)
    for part in PARTS:
        if part not in plain:
            found[part.key] = part.open_to(person, list(part.rows(person)))
    return [Gathered(part, len(found[part.key])) for part in PARTS]


def gathered(person: User) -> list[Gathered]:
    """All of it. A few queries for each part, however much there is."""
    found = []
    for part in PARTS:
        entries = part.entries(person, part.open_to(person, list(part.rows(person))))
        found.append(Gathered(part, len(entries), entries))
    return found


def left_programmes(person: User) -> list[Left]:
    """The programmes that the person has left, latest first. One query, and one for their names."""
    held = Membership.objects.filter(person=person).order_by().values("role__programme_id")
    ends = held.annotate(still=Count("pk", filter=Q(ended_on__isnull=True)), last=Max("ended_on")).filter(still=0)
    days = {row["role__programme_id"]: row["last"] for row in ends}
    today, found = timezone.localdate(), []
    for programme in Programme.objects.filter(pk__in=days):
        until = open_until(days[programme.pk])
        found.append(Left(programme, days[programme.pk], until, is_shut=until <= today))
    return sorted(found, key=lambda one: one.on, reverse=True)
