"""Parts of a stored pack that the ladder needs: its training events and its delivery models. Read alone, in one query,
for a pack has 100 kB."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet

from programmes.models import Programme, StoredPack


@dataclass(frozen=True)
class EventKind:
    """A training event as the pack describes it. `days` may be half.

    `independent_leader`: it counts only when led by somebody other than the participant's own supervisor.
    """

    key: str
    names: dict[str, str]
    days: float
    percent: int | None
    led_by: tuple[str, ...]
    for_roles: tuple[str, ...]
    independent_leader: bool


@dataclass(frozen=True)
class PackParts:
    """Training events by key, and the names of the delivery models by key (empty where the pack has none)."""

    events: Mapping[str, EventKind] = field(default_factory=dict)
    variants: Mapping[str, dict[str, str]] = field(default_factory=dict)


def packs_of(programmes: Iterable[Programme]) -> QuerySet[StoredPack, tuple[Any, ...]]:
    """The rows from which `parts_from` makes the parts."""
    return StoredPack.objects.filter(programme__in=list(programmes)).values_list(
        "programme_id", "content__training_events", "content__delivery_models"
    )


def parts_from(rows: Iterable[tuple[Any, ...]]) -> dict[int, PackParts]:
    """The parts by programme id; empty ones for a programme without a stored pack."""
    found: dict[int, PackParts] = defaultdict(PackParts)
    for programme_id, events, models in rows:
        found[programme_id] = PackParts(
            events={one["key"]: _event_kind(one) for one in events or []},
            variants={one["key"]: one["names"] for one in (models or {}).get("items", [])},
        )
    return found


def pack_parts(programmes: Iterable[Programme]) -> dict[int, PackParts]:
    """The parts by programme id. One query."""
    return parts_from(packs_of(programmes))


def event_kinds(programme: Programme) -> Mapping[str, EventKind]:
    """The training events of one programme's pack, by key."""
    return pack_parts([programme])[programme.pk].events


def _event_kind(source: dict[str, Any]) -> EventKind:
    return EventKind(
        key=source["key"],
        names=source["names"],
        days=float(source.get("days") or 0),
        percent=source.get("attendance_required_percent"),
        led_by=tuple(source.get("led_by") or ()),
        for_roles=tuple(source.get("for_roles") or ()),
        independent_leader=source.get("independent_leader", False),
    )
