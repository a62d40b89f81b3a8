"""Two evaluations side by side, ready for the page: what differs first, each section, and the chart's places."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from checklists.charts import Chart, Level, side_by_side
from checklists.comparing import Comparison, Pair, compare
from checklists.models import Evaluation
from checklists.readers.sheet import Sheet, SheetItem, sheets
from checklists.scoring import Rule, Score
from common.texts import for_reader


@dataclass(frozen=True)
class ItemPair:
    """One item with both answers, as each rater's own version words it."""

    section: str
    first: SheetItem
    second: SheetItem
    steps: int = 0


@dataclass(frozen=True)
class SectionPair:
    """One section with both scores."""

    name: str
    first: Score
    second: Score

    @property
    def gap(self) -> Fraction:
        """How much higher the first stands, −1 to 1; 0 where one has no figure."""
        if self.first.level is None or self.second.level is None:
            return Fraction(0)
        return self.first.level - self.second.level


@dataclass(frozen=True)
class SideBySide:
    """The whole comparison. `lower` and `higher` are the sections where the first stands furthest below and above."""

    first: Sheet
    second: Sheet
    comparison: Comparison
    different: list[ItemPair]
    alike: list[tuple[str, list[ItemPair]]]
    sections: list[SectionPair]
    wide: Chart
    narrow: Chart

    @property
    def lower(self) -> SectionPair | None:
        """Where the first rates lowest against the second."""
        found = min(self.sections, key=lambda pair: pair.gap, default=None)
        return found if found and found.gap < 0 else None

    @property
    def higher(self) -> SectionPair | None:
        """Where the first rates highest against the second."""
        found = max(self.sections, key=lambda pair: pair.gap, default=None)
        return found if found and found.gap > 0 else None

    @property
    def versions_differ(self) -> bool:
        """Whether the two answered different wordings."""
        return self.first.evaluation.version_id != self.second.evaluation.version_id

    @property
    def has_chart(self) -> bool:
        """Whether the scale has figures at all."""
        return self.first.whole.rule is not Rule.NONE


def side_by_side_of(first: Evaluation, second: Evaluation) -> SideBySide:
    """Lay two evaluations side by side by stable item. Two queries beside the rows."""
    one, other = sheets([first, second])
    language = first.version.checklist.programme.language
    names = {section.key: for_reader(section.names, language) for section in (*other.sections, *one.sections)}
    comparison = compare(one.marks, other.marks)
    ours, theirs = _by_key(one), _by_key(other)

    def worded(pair: Pair) -> ItemPair:
        return ItemPair(names.get(pair.key[0], ""), ours[pair.key], theirs[pair.key], pair.steps)

    alike: dict[str, list[ItemPair]] = {}
    for pair in comparison.alike:
        alike.setdefault(pair.key[0], []).append(worded(pair))
    sections = [
        SectionPair(names[key], score, other.scores[key]) for key, score in one.scores.items() if key in other.scores
    ]
    levels = [Level(pair.name, pair.first.level, pair.second.level) for pair in sections]
    ticks = axis(one.whole)
    return SideBySide(
        first=one,
        second=other,
        comparison=comparison,
        different=[worded(pair) for pair in comparison.different],
        alike=[(names[key], pairs) for key, pairs in alike.items()],
        sections=sections,
        wide=side_by_side(levels, ticks),
        narrow=side_by_side(levels, ticks, narrow=True),
    )


def _by_key(laid_out: Sheet) -> dict[tuple[str, str], SheetItem]:
    return {(one.item.section.key, one.item.key): one for one in laid_out.items}


def axis(score: Score) -> list[tuple[Fraction, str]]:
    """The ticks of a chart: quarters in per cent, or each value of a scale whose figure is a mean."""
    if score.rule is Rule.MEAN:
        steps = score.high - score.low
        return [(Fraction(step, steps), str(score.low + step)) for step in range(steps + 1)]
    return [(Fraction(quarter, 4), f"{quarter * 25}{' %' if quarter == 4 else ''}") for quarter in range(5)]
