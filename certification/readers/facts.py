"""What may count for candidates, read for many of them at once: the number of queries does not grow with them."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Count, OuterRef, Q, Subquery

from certification.models import Candidacy, EventAttendance, TrainingDay
from certification.policies.standing import Standing
from certification.progress import EventTaken, Facts, FormIn, StepSpec, Way, way_of
from checklists.models import Evaluation


@dataclass(frozen=True)
class _Event:
    kind: str
    event_id: int
    leader_id: int | None
    days: int


_LENGTH = Subquery(
    TrainingDay.objects.filter(event=OuterRef("day__event"))
    .order_by()
    .values("event")
    .annotate(number=Count("pk"))
    .values("number")
)


def facts_for(
    candidacies: Collection[Candidacy], specs: Mapping[int, list[StepSpec]], standing: Standing
) -> dict[int, Facts]:
    """By candidacy id, what may count for the steps in `specs` (by track version id). Two queries at most."""
    wanted = [spec for candidacy in candidacies for spec in specs[candidacy.track_version_id]]
    events = _events(candidacies, {spec.training_event for spec in wanted if way_of(spec) in (Way.DAYS, Way.EVENTS)})
    forms = _forms(candidacies, {spec.checklist_id for spec in wanted if way_of(spec) is Way.FORMS})
    return {
        candidacy.pk: Facts(
            seats=standing.seats.get(candidacy.person_id or 0, []),
            events=[
                EventTaken(
                    kind=event.kind,
                    event_id=event.event_id,
                    days=event.days,
                    attended=tuple(sorted(attended)),
                    independent_leader=standing.leads_independently(event.leader_id, candidacy),
                )
                for event, attended in events.get(candidacy.pk, [])
            ],
            forms=[form for variant, form in forms.get(candidacy.pk, []) if _same(variant, candidacy.variant)],
        )
        for candidacy in candidacies
    }


def _same(variant: str, wanted: str) -> bool:
    """A form seen in a group of another delivery model counts for that model, not for this one."""
    return not variant or not wanted or variant == wanted


def _events(candidacies: Iterable[Candidacy], kinds: set[str]) -> dict[int, list[tuple[_Event, set[dt.date]]]]:
    """By candidacy: the events of its programme, and the days attended.

    An organisation took part on a day when somebody came from it or from below it.
    """
    if not kinds:
        return {}
    counted = EventAttendance.objects.filter(
        _taker(candidacies), day__event__kind__in=kinds, day__event__programme__in=_programmes(candidacies)
    )
    rows = counted.annotate(length=_LENGTH).values_list(
        "day__event_id",
        "day__event__kind",
        "day__event__leader_id",
        "day__event__programme_id",
        "day__held_on",
        "participant__person_id",
        "participant__organisation__path",
        "length",
    )
    taken = list(rows)
    found: dict[int, list[tuple[_Event, set[dt.date]]]] = {}
    for candidacy in candidacies:
        days: dict[_Event, set[dt.date]] = defaultdict(set)
        for event_id, kind, leader_id, programme_id, held_on, person_id, path, length in taken:
            if programme_id == candidacy.track.programme_id and _took_part(candidacy, person_id, path):
                days[_Event(kind, event_id, leader_id, length)].add(held_on)
        found[candidacy.pk] = list(days.items())
    return found


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


def _forms(candidacies: Iterable[Candidacy], checklists: set[int | None]) -> dict[int, list[tuple[str, FormIn]]]:
    """By candidacy: submitted forms, each with the delivery model of the group in which it was seen ('' for none)."""
    if not checklists:
        return {}
    rows = list(
        Evaluation.objects.filter(
            Q(person__in=[one.person_id for one in candidacies if one.person_id])
            | Q(organisation__in=[one.organisation_id for one in candidacies if one.organisation_id]),
            version__checklist__in=[checklist for checklist in checklists if checklist],
            state=Evaluation.State.SUBMITTED,
        ).values_list(
            "person_id",
            "organisation_id",
            "version__checklist_id",
            "id",
            "part",
            "seen_on",
            "group__variant",
            "meeting__group__variant",
            "recording__meeting__group__variant",
        )
    )
    found: dict[int, list[tuple[str, FormIn]]] = defaultdict(list)
    for candidacy in candidacies:
        for person_id, organisation_id, checklist_id, pk, part, seen_on, *variants in rows:
            mine = person_id == candidacy.person_id if candidacy.person_id else False
            if mine or (candidacy.organisation_id and organisation_id == candidacy.organisation_id):
                variant = next((one for one in variants if one), "")
                found[candidacy.pk].append((variant, FormIn(checklist_id, pk, part, seen_on)))
    return found
