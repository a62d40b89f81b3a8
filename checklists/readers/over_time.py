"""One instrument about one person over time: a line for each part, and the same figures as a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from checklists.charts import Line, height_at, over_time
from checklists.models import Evaluation
from checklists.readers.compared import axis
from checklists.readers.sheet import Sheet, sheets
from checklists.scoring import Rule, Score
from common.dates import short_day
from common.texts import for_reader


@dataclass(frozen=True)
class TimeTable:
    """Columns are evaluations, earliest first; a row is a section (or an item), its cells each with their column."""

    sheets: list[Sheet]
    sections: list[tuple[str, list[tuple[Sheet, Score | None]]]]
    items: list[tuple[str, list[tuple[Sheet, str]]]]
    lines: list[Line]
    narrow_lines: list[Line]
    ticks: list[tuple[str, str]]

    @property
    def span(self) -> tuple[str, str]:
        """The first and the last day, for the ends of the chart."""
        return short_day(self.sheets[0].evaluation.seen_on), short_day(self.sheets[-1].evaluation.seen_on)

    @property
    def versions(self) -> list[int]:
        """The numbers of the versions that occur, earliest first."""
        return sorted({one.evaluation.version.number for one in self.sheets})

    @property
    def has_chart(self) -> bool:
        """Whether there are figures, and more than one day."""
        return len(self.sheets) > 1 and any(one.whole.rule is not Rule.NONE for one in self.sheets)


def time_table(evaluations: Sequence[Evaluation]) -> TimeTable:
    """Lay out evaluations of one instrument over time by stable section and item, over all versions. Two queries."""
    laid_out = sheets(evaluations)
    names: dict[str, str] = {}
    texts: dict[tuple[str, str], str] = {}
    for one in reversed(laid_out):
        language = one.evaluation.version.checklist.programme.language
        for section in one.sections:
            if section.of:
                names.setdefault(section.key, for_reader(section.names, language))
            for row in section.items:
                if row.item.scale_id:
                    texts.setdefault((section.key, row.item.key), for_reader(row.item.texts, language))
    scores = [one.scores for one in laid_out]
    answers = [{(row.item.section.key, row.item.key): row.words for row in one.items} for one in laid_out]
    return TimeTable(
        sheets=laid_out,
        sections=[
            (name, [(one, one_scores.get(key)) for one, one_scores in zip(laid_out, scores, strict=True)])
            for key, name in names.items()
        ],
        items=[
            (text, [(one, said.get(key, "")) for one, said in zip(laid_out, answers, strict=True)])
            for key, text in texts.items()
        ],
        lines=_lines(laid_out),
        narrow_lines=_lines(laid_out, narrow=True),
        ticks=[(height_at(at), words) for at, words in axis(laid_out[-1].whole)] if laid_out else [],
    )


def _lines(laid_out: list[Sheet], *, narrow: bool = False) -> list[Line]:
    if not laid_out:
        return []
    first = laid_out[0].evaluation.seen_on
    days = (laid_out[-1].evaluation.seen_on - first).days
    series: dict[str, list[tuple[int, Fraction | None]]] = {}
    for one in laid_out:
        part = "self" if one.evaluation.part == Evaluation.Part.SELF else "other"
        series.setdefault(part, []).append(((one.evaluation.seen_on - first).days, one.whole.level))
    return over_time(series, days, narrow=narrow)
