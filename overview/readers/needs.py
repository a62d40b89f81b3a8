"""What hats answer for, in numbers: who has no coach, which coach has room, who has not met for too long.

One statement for all hats of a person. Hats over the same branches are counted together, by programme, and each
person or placement is looked at once, whatever is counted of it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Value
from django.utils import timezone

from coaches.readers import needs_a_coach
from common.at_once import read_at_once
from overview.figures import FEWEST
from overview.readers.branch import came_in_time, current_versions, earlier_in_time, in_force_under, with_places
from programmes.models import Membership, Programme, ProgrammeRole, SupervisionRuleVersion
from programmes.policies import Hat, under

Paths = tuple[str, ...]
PLACED = ("placed", "came", "earlier")
NOBODY = (0, 0)
KNOWN = Q(person__erased_at__isnull=True, person__merged_into__isnull=True, person__is_system=False)


@dataclass(frozen=True)
class Needs:
    """Numbers for one hat: people without a coach, coaches with room and all, placements, those who have met in time
    under their rule, and those who have not met for longer than its days."""

    unplaced: int = 0
    with_room: int = 0
    not_met: int = 0
    supervised: int = 0
    met: int = 0
    coaches: int = 0


def needs_of(hats: Sequence[Hat]) -> list[Needs]:
    """The numbers of each hat, in their order. Two queries, however many hats and people."""
    return needs_from(hats, current_versions(*(hat.programme for hat in hats))) if hats else []


def needs_from(hats: Sequence[Hat], versions: Sequence[SupervisionRuleVersion]) -> list[Needs]:
    """The numbers of each hat where the rules are read already. One query."""
    branches: dict[Paths, set[Programme]] = defaultdict(set)
    for hat in hats:
        branches[hat.paths].add(hat.programme)
    asked: dict[str, QuerySet[Any, Any]] = {}
    for number, (paths, programmes) in enumerate(branches.items()):
        held = Membership.objects.active(timezone.localdate()).filter(under(paths), role__programme__in=programmes)
        asked |= {
            **{f"{number} {name}": read for name, read in _placed(held, programmes, versions).items()},
            f"{number} waiting": _waiting(held),
            f"{number} coaches": _coaches(held),
        }
    rows = read_at_once(**asked)
    numbers = {paths: number for number, paths in enumerate(branches)}
    return [_needs(rows, numbers[hat.paths], hat) for hat in hats]


def _needs(rows: Mapping[str, list[tuple[Any, ...]]], number: int, hat: Hat) -> Needs:
    """The numbers of one hat, of the rows that were found for its branches."""
    pk = hat.programme.pk
    placed = _joined({name: rows[f"{number} {name}"] for name in PLACED}, pk)
    if hat.role.kind == ProgrammeRole.Kind.OBSERVER:
        placed = _under_shown_rules(placed)
    coaches = [row[1:] for row in rows[f"{number} coaches"] if row[0] == pk]
    return Needs(
        unplaced=sum(people for programme, people in rows[f"{number} waiting"] if programme == pk),
        with_room=sum(people for has_room, people in coaches if has_room),
        coaches=sum(people for _has_room, people in coaches),
        supervised=sum(people for _rule, _met, _is_old, people in placed),
        met=sum(people for _rule, met, _is_old, people in placed if met),
        not_met=sum(people for _rule, met, is_old, people in placed if is_old and not met),
    )


def _joined(rows: Mapping[str, list[tuple[Any, ...]]], programme: int) -> list[tuple[int, bool, bool, int]]:
    """(rule, whether met in time, whether older than the rule's days, how many), of the rows of `_placed`."""
    people = {
        name: {(rule, is_old): (number, met) for own, rule, is_old, number, met in found if own == programme}
        for name, found in rows.items()
    }
    joined = []
    for kind, (number, known) in people["placed"].items():
        met = known + people["came"].get(kind, NOBODY)[0] + people["earlier"].get(kind, NOBODY)[0]
        joined += [(kind[0], True, kind[1], met), (kind[0], False, kind[1], number - met)]
    return joined


def _under_shown_rules(placed: Sequence[tuple[int, bool, bool, int]]) -> list[tuple[int, bool, bool, int]]:
    """Without the rules under which fewer than five are supervised: their figure is masked (`readers.coverage`), and
    together with the others they could be worked out by taking those away."""
    under_rule: Counter[int] = Counter()
    for rule, _met, _is_old, people in placed:
        under_rule[rule] += people
    return [row for row in placed if under_rule[row[0]] >= FEWEST]


def _placed(
    held: QuerySet[Membership], programmes: Collection[Programme], versions: Sequence[SupervisionRuleVersion]
) -> dict[str, QuerySet[Any, Any]]:
    """(programme, rule, whether older than its days, how many, of them met) of placements in force: all of them, those
    who came in time, and those who have only met in time before this service was used.

    As conditions, and not as a column that says whether they met: so the database joins placements with the sessions
    of those days once, where a column is worked out for each of thousands of placements by itself.
    """
    there = held.filter(person=OuterRef("supervisee"), role__programme=OuterRef("programme"))
    found = in_force_under(versions).filter(Exists(there), programme__in=programmes)
    if len(programmes) > 1:
        # The days of several programmes' rules reach too far back for one join: each placement is looked up by itself.
        met = found.annotate(met=Q(Exists(came_in_time(()))) | Q(Exists(earlier_in_time())))
        return {
            "placed": _grouped(met, Q(met=True)),
            "came": _grouped(found.none()),
            "earlier": _grouped(found.none()),
        }
    came, earlier = Exists(came_in_time(versions)), Exists(earlier_in_time())
    kinds = {"placed": found, "came": found.filter(came), "earlier": found.filter(earlier).exclude(came)}
    return {name: _grouped(rows) for name, rows in kinds.items()}


def _grouped(placements: QuerySet[Any], met: Q | None = None) -> QuerySet[Any, Any]:
    groups = placements.annotate(is_old=Q(started_on__lte=F("since_day"))).order_by()
    of_them = Count("pk", filter=met) if met else Value(0)
    counted: QuerySet[Any, Any] = groups.values("programme", "rule", "is_old").annotate(
        people=Count("pk"), of_them=of_them
    )
    return counted.values_list("programme", "rule", "is_old", "people", "of_them")


def _waiting(held: QuerySet[Membership]) -> QuerySet[Any, Any]:
    """(programme, how many people): in a role that asks for a coach, and without one."""
    waiting = held.filter(KNOWN, needs_a_coach()).order_by().values("role__programme")
    return waiting.annotate(people=Count("person", distinct=True)).values_list("role__programme", "people")


def _coaches(held: QuerySet[Membership]) -> QuerySet[Any, Any]:
    """(programme, whether a place is free, how many people): the peer coaches."""
    coaches = held.filter(KNOWN, role__kind=ProgrammeRole.Kind.PEER_COACH, role__in_training=False)
    groups = with_places(coaches, "person").annotate(has_room=Q(taken__lt=F("capacity"))).order_by()
    counted: QuerySet[Any, Any] = groups.values("role__programme", "has_room").annotate(
        people=Count("person", distinct=True)
    )
    return counted.values_list("role__programme", "has_room", "people")
