"""Steps of tracks as the reasoning wants them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from certification.counting import StepSpec
from certification.models import Step
from certification.readers.pack_parts import EventKind
from checklists.models import ChecklistVersion


def steps_of(versions: Iterable[int]) -> QuerySet[Step]:
    """The steps of these versions (ids) in order, with what their published checklist says."""
    published = ChecklistVersion.objects.filter(
        checklist=OuterRef("checklist"), state=ChecklistVersion.State.PUBLISHED
    )
    return (
        Step.objects.filter(version__in=list(versions))
        .select_related("version", "approver_role", "checklist")
        .annotate(
            form_anonymous=Subquery(published.values("anonymous")),
            form_filled_by=Subquery(published.values("filled_by")),
        )
        .order_by("version_id", "order")
    )


def spec_of(step: Any, kinds: Mapping[str, EventKind]) -> StepSpec:
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
        different_months=source.get("different_months", 0),
        different_days=source.get("different_days", 0),
        max_age_months=source.get("max_age_months"),
        parts=tuple((one["part"], one["count"]) for one in source.get("raters", [])),
        each_with_form=source.get("each_with_checklist", False),
        no_open_points=source.get("no_open_points", False),
        led_by=tuple(source.get("led_by", [])),
    )
