"""What may count for candidates: the reads for many of them at once, and what is made of their rows."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from certification.counting import EventTaken, Facts, FormIn, StepSpec
from certification.models import Candidacy, EventAttendance, Step, TrainingDay
from certification.policies.standing import Standing
from certification.readers.open_points import open_points
from checklists.models import Evaluation
from programmes.models import Membership


@dataclass(frozen=True)
class _Event:
    kind: str
    event_id: int
    leader_id: int | None
    days: int
    programme_id: int


_LENGTH = Subquery(
    TrainingDay.objects.filter(event=OuterRef("day__event"))
    .order_by()
    .values("event")
    .annotate(number=Count("pk"))
    .values("number")
)


def facts_reads(candidacies: Collection[Candidacy]) -> dict[str, QuerySet[Any, Any]]:
    """What `facts_from` wants, by the names of its arguments."""
    steps = Step.objects.filter(version__in={candidacy.track_version_id for candidacy in candidacies})
    attended = _attended(candidacies, steps)
    leaders = Membership.objects.filter(
        person__in=attended.filter(day__event__leader__isnull=False).values("day__event__leader"),
        role__programme__in=_programmes(candidacies),
    )
    return {
        "attended": attended.annotate(length=_LENGTH).values_list(*_ATTENDED),
        "leaders": leaders.values_list("person_id", "role__programme_id", "role__key", "started_on", "ended_on"),
        "forms": _forms(candidacies, steps),
    }


def facts_from(
    candidacies: Collection[Candidacy],
    specs: Iterable[StepSpec],
    standing: Standing,
    *,
    attended: Collection[tuple[Any, ...]],
    leaders: Collection[tuple[Any, ...]],
    forms: Collection[tuple[Any, ...]],
) -> dict[int, Facts]:
    """By candidacy id, what may count for the steps `specs`, from the rows of `facts_reads`.

    One query where a step asks that a form has no open point, none else.
    """
    careful = {spec.checklist_id for spec in specs if spec.no_open_points}
    unsettled = open_points(pk for _person, _organisation, checklist, pk, *_rest in forms if checklist in careful)
    events = {candidacy.pk: _events(candidacy, attended) for candidacy in candidacies}
    roles = _leader_roles(events.values(), leaders)
    return {
        candidacy.pk: Facts(
            seats=standing.seats.get(candidacy.person_id or 0, []),
            events=[
                EventTaken(
                    kind=event.kind,
                    event_id=event.event_id,
                    days=event.days,
                    attended=tuple(sorted(days)),
                    independent_leader=standing.leads_independently(event.leader_id, candidacy),
                    leader_roles=frozenset(roles.get(event, ())),
                )
                for event, days in events[candidacy.pk].items()
            ],
            forms=[
                replace(form, open_points=form.evaluation_id in unsettled)
                for variant, form in _forms_about(candidacy, forms)
                if _same(variant, candidacy.variant)
            ],
        )
        for candidacy in candidacies
    }


def _leader_roles(
    events: Iterable[Mapping[_Event, set[dt.date]]], leaders: Iterable[tuple[Any, ...]]
) -> dict[_Event, set[str]]:
    """Which roles the leader of each event held on the last day that somebody attended."""
    last: dict[_Event, dt.date] = {}
    for found in events:
        for event, days in found.items():
            last[event] = max(last.get(event, dt.date.min), *days)
    roles: dict[_Event, set[str]] = defaultdict(set)
    for person_id, programme_id, key, started_on, ended_on in leaders:
        for event, day in last.items():
            there = started_on <= day and (ended_on is None or day < ended_on)
            if there and (event.leader_id, event.programme_id) == (person_id, programme_id):
                roles[event].add(key)
    return roles


def _same(variant: str, wanted: str) -> bool:
    """A form seen in a group of another delivery model counts for that model, not for this one."""
    return not variant or not wanted or variant == wanted


_ATTENDED = (
    "day__event_id",
    "day__event__kind",
    "day__event__leader_id",
    "day__event__programme_id",
    "day__held_on",
    "participant__person_id",
    "participant__organisation__path",
    "length",
)


def _attended(candidacies: Collection[Candidacy], steps: QuerySet[Step]) -> QuerySet[EventAttendance]:
    """Who was where on which day, of the events that the steps count.

    An organisation took part on a day when somebody came from it or from below it.
    """
    kinds = steps.exclude(training_event="").values("training_event")
    return EventAttendance.objects.filter(
        _taker(candidacies), day__event__kind__in=kinds, day__event__programme__in=_programmes(candidacies)
    )


def _events(candidacy: Candidacy, attended: Iterable[tuple[Any, ...]]) -> dict[_Event, set[dt.date]]:
    """The events of the candidacy's programme, and the days attended."""
    days: dict[_Event, set[dt.date]] = defaultdict(set)
    for event_id, kind, leader_id, programme_id, held_on, person_id, path, length in attended:
        if programme_id == candidacy.track.programme_id and _took_part(candidacy, person_id, path):
            days[_Event(kind, event_id, leader_id, length, programme_id)].add(held_on)
    return days


def _taker(candidacies: Iterable[Candidacy]) -> Q:
    condition = Q(participant__person__in=[one.person_id for one in candidacies if one.person_id])
    for candidacy in candidacies:
        if candidacy.organisation:
            condition |= Q(participant__organisation__path__startswith=candidacy.organisation.path)
    return condition


def _took_part(candidacy: Candidacy, person_id: int, path: str | None) -> bool:
    if candidacy.organisation:
        return bool(path and path.startswith(candidacy.organisation.path))
    return person_id == candidacy.person_id


def _programmes(candidacies: Iterable[Candidacy]) -> set[int]:
    return {candidacy.track.programme_id for candidacy in candidacies}


def _forms(candidacies: Collection[Candidacy], steps: QuerySet[Step]) -> QuerySet[Evaluation, tuple[Any, ...]]:
    """Submitted forms about the candidates, of the instruments that the steps name."""
    about = Q(person__in=[one.person_id for one in candidacies if one.person_id])
    if organisations := [one.organisation_id for one in candidacies if one.organisation_id]:
        about |= Q(organisation__in=organisations)
    return Evaluation.objects.filter(
        about,
        version__checklist__in=steps.filter(checklist__isnull=False).values("checklist"),
        state=Evaluation.State.SUBMITTED,
    ).values_list(
        "person_id",
        "organisation_id",
        "version__checklist_id",
        "id",
        "part",
        "seen_on",
        "thing",
        "group__variant",
        "meeting__group__variant",
        "recording__meeting__group__variant",
    )


def _forms_about(candidacy: Candidacy, forms: Iterable[tuple[Any, ...]]) -> Iterator[tuple[str, FormIn]]:
    """Those about the candidate, each with the delivery model of the group in which it was seen ('' for none)."""
    for person_id, organisation_id, checklist_id, pk, part, seen_on, thing, *variants in forms:
        mine = person_id == candidacy.person_id if candidacy.person_id else False
        if mine or (candidacy.organisation_id and organisation_id == candidacy.organisation_id):
            yield next((one for one in variants if one), ""), FormIn(checklist_id, pk, part, seen_on, thing)
