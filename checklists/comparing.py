"""Two evaluations laid side by side, item by stable item: what is seen differently, what alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from checklists.scoring import Mark

Key = tuple[str, str]


@dataclass(frozen=True)
class Pair:
    """One item as two raters answered it; None where a rater's version does not have it or nothing was answered."""

    key: Key
    first: Mark | None
    second: Mark | None

    @property
    def alike(self) -> bool:
        """Whether both gave the same answer; that it does not apply is an answer too."""
        if self.first is None or self.second is None:
            return False
        return (self.first.value, self.first.not_applicable) == (self.second.value, self.second.not_applicable)

    @property
    def distance(self) -> int:
        """How far apart the values lie; an answer against "does not apply" counts as one step."""
        first = self.first.value if self.first else None
        second = self.second.value if self.second else None
        if first is None or second is None:
            return 0 if self.alike else 1
        return abs(first - second)

    @property
    def steps(self) -> int:
        """How many steps of the scale lie between them; 0 where one gave no value."""
        values = [mark.value for mark in (self.first, self.second) if mark is not None and mark.value is not None]
        return abs(values[0] - values[1]) if len(values) == 2 else 0


@dataclass(frozen=True)
class Comparison:
    """What differs (largest difference first, then in the order of the instrument) and what is alike."""

    different: tuple[Pair, ...]
    alike: tuple[Pair, ...]

    @property
    def of(self) -> int:
        """How many items both were asked."""
        return len(self.different) + len(self.alike)


def compare(first: Sequence[Mark], second: Sequence[Mark]) -> Comparison:
    """Lay two sets of marks side by side by section and item key; items that only one version has are left out."""
    others: Mapping[Key, Mark] = {(mark.section, mark.item): mark for mark in second}
    pairs = [
        Pair((mark.section, mark.item), mark, others[mark.section, mark.item])
        for mark in first
        if (mark.section, mark.item) in others
    ]
    different = sorted((pair for pair in pairs if not pair.alike), key=lambda pair: -pair.distance)
    return Comparison(tuple(different), tuple(pair for pair in pairs if pair.alike))
