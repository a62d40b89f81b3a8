"""Steps of tracks as the reasoning wants them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, Subquery

from certification.models import Step, TrackVersion
from certification.progress import StepSpec, months_of, parts_of
from checklists.models import ChecklistVersion
from programmes.models import Programme, StoredPack


@dataclass(frozen=True)
class EventKind:
    """A training event as the pack describes it. `days` may be half; `rule` keeps the leader independent."""

    key: str
    names: dict[str, str]
    days: float
    percent: int | None
    led_by: tuple[str, ...]
    for_roles: tuple[str, ...]
    rule: dict[str, str]

    @property
    def independent_leader(self) -> bool:
        """Whether it counts only when led by somebody other than the participant's own supervisor."""
        return bool(self.rule)


def event_kinds(programmes: Iterable[Programme]) -> dict[int, dict[str, EventKind]]:
    """The training events of each programme's pack, by programme id and key. One query, for that part alone."""
    rows = StoredPack.objects.filter(programme__in=list(programmes)).values_list(
        "programme_id", "content__training_events"
    )
    return {programme_id: {one["key"]: _event_kind(one) for one in events or []} for programme_id, events in rows}


def _event_kind(source: dict[str, Any]) -> EventKind:
    return EventKind(
        key=source["key"],
        names=source["names"],
        days=float(source.get("days") or 0),
        percent=source.get("attendance_required_percent"),
        led_by=tuple(source.get("led_by") or ()),
        for_roles=tuple(source.get("for_roles") or ()),
        rule=source.get("rule") or {},
    )


def steps_of(versions: Iterable[TrackVersion]) -> list[Step]:
    """The steps of these versions in order, with what their published checklist says. One query."""
    published = ChecklistVersion.objects.filter(
        checklist=OuterRef("checklist"), state=ChecklistVersion.State.PUBLISHED
    )
    return list(
        Step.objects.filter(version__in=list(versions))
        .select_related("version", "approver_role")
        .annotate(
            form_anonymous=Subquery(published.values("anonymous")),
            form_filled_by=Subquery(published.values("filled_by")),
        )
        .order_by("version_id", "order")
    )


def spec_of(step: Any, kinds: dict[str, EventKind]) -> StepSpec:
    """One step of :func:`steps_of` as a value, with what its checklist and its training event say."""
    source: dict[str, Any] = step.source
    event = kinds.get(step.training_event)
    climbs = {step.version.for_role, step.version.awards}
    return StepSpec(
        id=step.pk,
        order=step.order,
        kind=step.kind,
        count=step.count,
        unit=step.unit,
        seat=step.seat,
        rule_id=step.rule_id,
        checklist_id=step.checklist_id,
        checklist_anonymous=bool(step.form_anonymous),
        candidate_fills=bool(climbs & set(step.form_filled_by or [])),
        training_event=step.training_event,
        percent=step.attendance_required_percent or (event.percent if event else None),
        independent_leader=bool(event and event.independent_leader),
        different_months=months_of((source.get("condition") or {}).get("en", "")),
        max_age_months=source.get("max_age_months"),
        parts=parts_of(one["key"] for one in source.get("evidence") or []),
    )
