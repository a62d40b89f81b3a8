"""The trail of a branch: who did what to whom, and when. Names are looked up when it is read."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import AuditEvent, AuditPerson, User
from accounts.trail_words import GROUP_WORDS, Group, verbs_of, words_for
from common.list_query import Filter, Option, Order
from common.search import words_in
from overview.trail_facts import facts_in_words
from programmes.models import Membership, Organisation
from programmes.policies import Hat, under

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

ORDERS = {"newest": Order(_("Newest first"), ("-id",)), "oldest": Order(_("Oldest first"), ("id",))}
CHUNK = 200
FOUND_BY_NAME = 200
DAYS: Mapping[str, tuple[StrPromise, int]] = {
    "all": (_("All the time"), 0),
    "week": (_("The last seven days"), 7),
    "month": (_("The last 30 days"), 30),
    "year": (_("The last year"), 365),
}


@dataclass(frozen=True)
class Line:
    """One act in words. `people` are those whom it concerned, the actor left out."""

    at: dt.datetime
    by: str
    did: str
    people: list[tuple[int, str]]
    facts: str
    organisation: str


def filters() -> dict[str, Filter]:
    """What the trail can be narrowed by: what an act is about, and how long ago."""
    groups: dict[str, Option] = {"all": Option(_("Everything"))}
    groups |= {group.value: Option(GROUP_WORDS[group], Q(verb__in=verbs_of(group))) for group in Group}
    days = {
        key: Option(label, Q(at__gte=timezone.now() - dt.timedelta(days=number)) if number else Q())
        for key, (label, number) in DAYS.items()
    }
    return {"about": Filter(_("About"), groups), "since": Filter(_("When"), days)}


def events_under(
    hat: Hat, typed: str = "", first: dt.date | None = None, last: dt.date | None = None
) -> QuerySet[AuditEvent]:
    """What was done in the hat's branch and programme, or to the branch's organisations.

    `typed` finds people, as the one who acted or whom it concerned; `first` and `last` are days, both counted in.
    """
    inside = Q(pk__in=[])
    for path in hat.paths:
        inside |= Q(organisation_path__startswith=path)
    if hat.programme.network.path in hat.paths:
        inside |= Q(organisation_path="", programme_id=hat.programme.pk)
    ours = Q(programme_id=hat.programme.pk) | Q(programme_id__isnull=True)
    found = AuditEvent.objects.filter(inside, ours)
    if typed:
        ids = people_named(hat, typed)
        concerned = AuditPerson.objects.filter(person_id__in=ids).values("event_id")
        found = found.filter(Q(by_id__in=ids) | Q(pk__in=concerned))
    if first:
        found = found.filter(at__gte=_midnight(first))
    if last:
        found = found.filter(at__lt=_midnight(last + dt.timedelta(days=1)))
    return found


def people_named(hat: Hat, typed: str) -> list[int]:
    """People who have, or had, a role in the branch, by name; the first 200. Whoever left is still found."""
    there = Membership.objects.filter(under(hat.paths), role__programme=hat.programme)
    found = User.objects.filter(words_in(typed, "search_name"), pk__in=there.values("person_id"))
    return list(found.order_by("sort_name", "pk").values_list("pk", flat=True)[:FOUND_BY_NAME])


def lines_of(events: Iterable[AuditEvent]) -> list[Line]:
    """The lines of these events, in their order. Three queries, however many."""
    events = list(events)
    concerned: dict[int, list[int]] = defaultdict(list)
    for event_id, person_id in AuditPerson.objects.filter(event__in=events).values_list("event_id", "person_id"):
        concerned[event_id].append(person_id)
    ids = {event.by_id for event in events} | {pk for found in concerned.values() for pk in found}
    names = dict(User.objects.filter(pk__in=ids).values_list("pk", "name"))
    paths = {event.organisation_path for event in events}
    organisations = dict(Organisation.objects.filter(path__in=paths).values_list("path", "name"))
    return [
        Line(
            at=event.at,
            by=names.get(event.by_id, ""),
            did=words_for(event.verb),
            people=[(pk, names.get(pk, "")) for pk in sorted(concerned[event.pk]) if pk != event.by_id],
            facts=facts_in_words(event.facts),
            organisation=organisations.get(event.organisation_path, ""),
        )
        for event in events
    ]


def every_line(events: QuerySet[AuditEvent]) -> Iterator[Line]:
    """All lines for a file, newest first, 200 events at a time."""
    found = events.order_by("-id").iterator(chunk_size=CHUNK)
    while part := list(islice(found, CHUNK)):
        yield from lines_of(part)


def _midnight(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time.min))
