"""One evaluation laid out: sections, items, what was answered, and the scores. Three queries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from checklists.models import Answer, Evaluation, Item
from checklists.scoring import Mark, Score, Verdict, by_section, rule_of, score, verdict
from common.at_once import read_at_once
from common.texts import for_reader

RELATED = (
    "version__checklist__programme",
    "version__scale",
    "person",
    "rater",
    "organisation",
    "programme",
    "group",
    "meeting__group__programme",
    "recording",
)


@dataclass(frozen=True)
class SheetItem:
    """One item with its number on the page and its answer, if there is one."""

    item: Item
    number: int
    answer: Answer | None = None

    @property
    def is_answered(self) -> bool:
        """Whether an item on a scale has a value or does not apply."""
        return self.answer is not None and (self.answer.value is not None or self.answer.not_applicable)

    @property
    def words(self) -> str:
        """The answer on the scale in the reader's language; empty for none."""
        return answer_words(self.item, self.answer) if self.answer else ""


@dataclass
class SheetSection:
    """A section with its items; `answered` of `of` items on a scale have an answer."""

    key: str
    names: Mapping[str, str]
    items: list[SheetItem] = field(default_factory=list)

    @property
    def of(self) -> int:
        """How many items are answered on a scale."""
        return sum(one.item.kind == Item.Kind.SCALE for one in self.items)

    @property
    def answered(self) -> int:
        """How many of them have an answer."""
        return sum(one.is_answered for one in self.items if one.item.kind == Item.Kind.SCALE)


@dataclass(frozen=True)
class Sheet:
    """The whole: what the pages of one evaluation show."""

    evaluation: Evaluation
    sections: list[SheetSection]
    marks: list[Mark]

    @property
    def of(self) -> int:
        """How many items are answered on a scale."""
        return sum(section.of for section in self.sections)

    @property
    def answered(self) -> int:
        """How many of them have an answer."""
        return sum(section.answered for section in self.sections)

    @property
    def items(self) -> list[SheetItem]:
        """All items in the order of the page."""
        return [one for section in self.sections for one in section.items]

    @property
    def weights(self) -> Mapping[str, int]:
        """How much each section counts in the whole; empty where all items count alike. As the version had it."""
        found: dict[str, int] = self.evaluation.version.source.get("weights", {})
        return found

    @property
    def weighted_sections(self) -> list[tuple[SheetSection, Fraction]]:
        """Each section that has a weight, with its share of the whole, 0–1."""
        whole = sum(self.weights.values())
        return [
            (section, Fraction(self.weights[section.key], whole))
            for section in self.sections
            if section.key in self.weights
        ]

    @property
    def unweighted_sections(self) -> list[SheetSection]:
        """Sections on a scale that have no weight where others have: they are not in the whole."""
        if not self.weights:
            return []
        return [section for section in self.sections if section.of and section.key not in self.weights]

    @property
    def whole(self) -> Score:
        """The score of all items together."""
        return score(self.marks, self.weights)

    @property
    def scores(self) -> dict[str, Score]:
        """The score of each section with items on a scale."""
        return by_section(self.marks)

    @property
    def section_scores(self) -> list[tuple[SheetSection, Score]]:
        """Each section that has items on a scale, with its score."""
        scores = self.scores
        return [(section, scores[section.key]) for section in self.sections if section.key in scores]

    @property
    def verdict(self) -> Verdict | None:
        """What the instrument's pass rule says; None where it has none."""
        return verdict(self.evaluation.version.source.get("pass_rule"), self.marks, self.weights)


def sheet(evaluation: Evaluation) -> Sheet:
    """Lay out an evaluation whose related rows (`RELATED`) are at hand. One query."""
    return sheets([evaluation])[0]


def sheets(evaluations: Iterable[Evaluation]) -> list[Sheet]:
    """Lay out several, of any versions, in one query."""
    found = list(evaluations)
    items: dict[int, list[Item]] = {}
    versions = {evaluation.version_id for evaluation in found}
    of_versions = Item.objects.filter(section__version_id__in=versions).select_related("section", "scale")
    rows = read_at_once(
        items=of_versions.order_by("section__version_id", "section__order", "order"),
        answers=Answer.objects.filter(evaluation__in=found),
    )
    for item in rows["items"]:
        items.setdefault(item.section.version_id, []).append(item)
    answers: dict[int, dict[int, Answer]] = {}
    for answer in rows["answers"]:
        answers.setdefault(answer.evaluation_id, {})[answer.item_id] = answer
    return [_laid_out(one, items.get(one.version_id, []), answers.get(one.pk, {})) for one in found]


def _laid_out(evaluation: Evaluation, items: list[Item], answers: Mapping[int, Answer]) -> Sheet:
    sections: dict[int, SheetSection] = {}
    marks = []
    for number, item in enumerate(items, 1):
        section = sections.setdefault(item.section_id, SheetSection(item.section.key, item.section.names))
        answer = answers.get(item.pk)
        section.items.append(SheetItem(item, number, answer))
        if item.scale is not None:
            marks.append(_mark(item, answer))
    return Sheet(evaluation, list(sections.values()), marks)


def _mark(item: Item, answer: Answer | None) -> Mark:
    assert item.scale is not None
    values = [option["value"] for option in item.scale.options]
    return Mark(
        section=item.section.key,
        item=item.key,
        rule=rule_of(item.scale.key, item.scale.kind, values),
        low=min(values),
        high=max(values),
        value=answer.value if answer else None,
        not_applicable=bool(answer and answer.not_applicable),
    )


def option_words(item: Item) -> dict[int | None, str]:
    """The words of an item's scale in the reader's language, by value; None is "does not apply", if it has one."""
    if item.scale is None:
        return {}
    words: dict[int | None, str] = {option["value"]: for_reader(option["names"]) for option in item.scale.options}
    if item.scale.allow_na:
        words[None] = for_reader(item.scale.na_names)
    return words


def answer_words(item: Item, answer: Answer) -> str:
    """The answer on the scale in words; empty for an item of numbers or words, or without an answer."""
    if item.scale is None or (answer.value is None and not answer.not_applicable):
        return ""
    return option_words(item).get(answer.value, "")
