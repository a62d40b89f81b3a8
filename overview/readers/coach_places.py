"""The four places of the coaches on one page of the workbench, without names. One query."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from coaches.models import PLACES, Placement
from overview.readers.rooms import Drawn


def places_by_coach(coaches: Iterable[Any]) -> dict[int, list[Drawn]]:
    """By coach, the four places in order; each of `coaches` is a row of `coaches_in`. Taken elsewhere is taken."""
    rows = list(coaches)
    held: dict[int, dict[int, Placement]] = defaultdict(dict)
    live = Placement.objects.live().filter(coach__in=rows, place__in=PLACES).only("coach", "place", "covers", "state")
    for one in live.order_by("-state", "pk"):
        held[one.coach_id][one.place or 0] = one
    return {
        row.pk: [_drawn(number, held[row.pk].get(number), row.capacity, row.away) for number in PLACES] for row in rows
    }


def _drawn(number: int, placement: Placement | None, offered: int, away: bool) -> Drawn:
    if placement is None:
        return Drawn(number, "empty" if number <= offered else "closed")
    if placement.covers_id:
        return Drawn(number, "cover")
    return Drawn(number, "away" if away else "filled")
