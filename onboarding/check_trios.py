"""Three who supervise each other: their rows name each other in a ring, and are placed in one act."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from onboarding.checked import Checked
from onboarding.world import KnownRule

Ring = tuple[str, str, str]


def rings_of(rows: Iterable[Checked], rules: Iterable[KnownRule]) -> dict[tuple[str, int], Ring]:
    """For each (supervisee, rule) whose ring is whole: supervisor, supervisee, and whom the supervisee supervises.

    Two of three rows are enough, for the third direction follows. A pair, or a chain of more, is no ring.
    """
    together = {rule.id for rule in rules if rule.together == 3}
    edges: dict[int, dict[str, str]] = defaultdict(dict)
    for one in rows:
        if one.rule in together and one.supervisor:
            edges[one.rule or 0][one.key] = one.supervisor
    found: dict[tuple[str, int], Ring] = {}
    for rule, coach_of in edges.items():
        for ring in _rings(coach_of):
            for place in range(3):
                coach, supervisee, third = ring[place], ring[(place + 1) % 3], ring[(place + 2) % 3]
                found[supervisee, rule] = (coach, supervisee, third)
    return found


def _rings(coach_of: dict[str, str]) -> list[Ring]:
    """Rings as (coach, supervisee, the one whom the supervisee supervises), each person in one at most."""
    neighbours: dict[str, set[str]] = defaultdict(set)
    for supervisee, coach in coach_of.items():
        neighbours[supervisee].add(coach)
        neighbours[coach].add(supervisee)
    rings = []
    seen: set[str] = set()
    for start in neighbours:
        people = _connected(start, neighbours)
        if start in seen or len(people) != 3:
            continue
        seen |= people
        if ring := _ring(people, coach_of):
            rings.append(ring)
    return rings


def _ring(people: set[str], coach_of: dict[str, str]) -> Ring | None:
    """The one way round that agrees with every row; None where rows contradict each other."""
    first, second, third = sorted(people)
    for ring in ((first, second, third), (first, third, second)):
        follows = {ring[0]: ring[2], ring[1]: ring[0], ring[2]: ring[1]}
        if all(follows[supervisee] == coach for supervisee, coach in coach_of.items() if supervisee in people):
            return ring
    return None


def _connected(start: str, neighbours: dict[str, set[str]]) -> set[str]:
    found, waiting = {start}, [start]
    while waiting and len(found) <= 3:
        for other in neighbours[waiting.pop()] - found:
            found.add(other)
            waiting.append(other)
    return found
