"""Whether a coach is drawn with four places or as one of a pair, as values. No rows are read here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from accounts.models import User
from coaches.models import Placement


@dataclass(frozen=True)
class Drawing:
    """How somebody's placements are drawn: four places, pairs (or rings of three), or both."""

    four_places: bool
    pairs: list[list[User]] = field(default_factory=list)


@dataclass(frozen=True)
class RuleShape:
    """What of a rule decides the drawing."""

    rule_id: int
    reciprocal: bool
    caseload: int


def drawing_of(person: User, live: Sequence[Placement], led: Iterable[RuleShape]) -> Drawing:
    """`live` are the person's placements in both directions, `led` the rules under which they may lead.

    People who supervise each other sit at one table edge. Four places are drawn where a rule's caseload is more than
    one, unless all that the person has is such a pair. A mentor's people have no numbered place.
    """
    shapes = {shape.rule_id: shape for shape in led}
    mutual = [one for one in live if one.rule_id in shapes and shapes[one.rule_id].reciprocal]
    tables: dict[int, list[User]] = {}
    for placement in mutual:
        table = tables.setdefault(placement.rule_id, [person])
        other = placement.supervisee if placement.coach_id == person.pk else placement.coach
        if other not in table:
            table.append(other)
    holds_places = any(one.coach_id == person.pk and one.place is not None and one not in mutual for one in live)
    offers_more = any(shape.caseload > 1 for shape in shapes.values())
    return Drawing(four_places=holds_places or (offers_more and not tables), pairs=list(tables.values()))
