"""Scores of an evaluation: values in, values out, nothing rounded.

What a scale's score is, each pack says in words (`scales[].scoring`); `RULES` says the same for the machine, by the
key of the scale. Items that do not apply are left out of every count.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from typing import Any


class Rule(StrEnum):
    """How the values of a scale become one figure."""

    SHARE = "share"
    SUM = "sum"
    MEAN = "mean"
    NONE = "none"


@dataclass(frozen=True)
class ScaleRule:
    """The rule of a scale, and from which value on an answer counts in the headline share (None: no headline)."""

    rule: Rule
    headline_from: int | None = None


#: Source of each line: the `scoring` of that scale in the shipped packs.
RULES: dict[str, ScaleRule] = {
    # "share of yes among the items answered; items that do not apply are left out of the count"
    "yes_no_na": ScaleRule(Rule.SHARE),
    # "sum of values divided by twice the number of answered items"
    "done_partly_not_na": ScaleRule(Rule.SUM),
    # "mean of the items answered, per section and overall; show the number answered next to every mean"
    "quality_1_5_na": ScaleRule(Rule.MEAN),
    # "mean of the items answered; show the distribution when there are few answers"
    "agree_1_5_na": ScaleRule(Rule.MEAN),
    # "mean per item and per meeting; the share answering 3 or 4 is the headline figure"
    "helpful_1_4": ScaleRule(Rule.MEAN, headline_from=3),
    # "mean per section; the share answering 6 or 7 is the headline figure"
    "satisfaction_1_7_na": ScaleRule(Rule.MEAN, headline_from=6),
    # "no sum; show each point per rater and the largest difference"
    "role_star_0_2": ScaleRule(Rule.NONE),
}


def rule_of(key: str, kind: str, values: Iterable[int]) -> ScaleRule:
    """The rule of a scale by its key; a scale that no shipped pack has is read by its shape.

    Yes or no: the share of yes. Values from 0 up: their sum against the most that was possible. Else the mean.
    """
    if key in RULES:
        return RULES[key]
    if kind == "binary":
        return ScaleRule(Rule.SHARE)
    return ScaleRule(Rule.SUM if min(values, default=1) == 0 else Rule.MEAN)


@dataclass(frozen=True)
class Mark:
    """One item on a scale as it was answered: its section, the scale's ends and rule, and the value.

    `value` is None both for "does not apply" and for no answer; `not_applicable` tells them apart.
    """

    section: str
    item: str
    rule: ScaleRule
    low: int
    high: int
    value: int | None = None
    not_applicable: bool = False


@dataclass(frozen=True)
class Score:
    """The figure of a section or of the whole: a share 0–1 (`SHARE`, `SUM`), a mean on the scale, or None.

    `answered` of `of` items have a value, `not_applicable` do not apply. `headline` is the share, 0–1, of answers from
    the scale's headline value up.
    """

    rule: Rule
    value: Fraction | None
    answered: int
    not_applicable: int
    of: int
    total: int = 0
    headline: Fraction | None = None
    low: int = 0
    high: int = 1

    @property
    def level(self) -> Fraction | None:
        """Where the figure lies between the ends of the scale, 0–1: for charts."""
        if self.value is None or self.rule is not Rule.MEAN:
            return self.value
        return (self.value - self.low) / (self.high - self.low)


def score(marks: Sequence[Mark], weights: Mapping[str, int] | None = None) -> Score:
    """The score of these items together; items of several rules together have none.

    `weights`, by section, make the figure the mean of the sections' own figures, each with its weight: a section with
    many items then counts for no more than it should. A section without a weight, or in which nothing was answered,
    is not in it.
    """
    if weights:
        marks = [mark for mark in marks if mark.section in weights]
    rules = {mark.rule for mark in marks}
    values = [mark.value for mark in marks if mark.value is not None]
    rule = next(iter(rules)) if len(rules) == 1 else ScaleRule(Rule.NONE)
    low, high = min((mark.low for mark in marks), default=0), max((mark.high for mark in marks), default=1)
    headline = None
    if rule.headline_from is not None and values:
        headline = Fraction(sum(value >= rule.headline_from for value in values), len(values))
    weighted = bool(weights) and rule.rule is not Rule.NONE
    return Score(
        rule=rule.rule,
        value=_weighted(marks, weights or {}) if weighted else _figure(rule.rule, values, high),
        answered=len(values),
        not_applicable=sum(mark.not_applicable for mark in marks),
        of=len(marks),
        total=sum(values),
        headline=headline,
        low=low,
        high=high,
    )


def _figure(rule: Rule, values: list[int], high: int) -> Fraction | None:
    if not values or rule is Rule.NONE:
        return None
    if rule is Rule.MEAN:
        return Fraction(sum(values), len(values))
    return Fraction(sum(values), high * len(values))


def _weighted(marks: Sequence[Mark], weights: Mapping[str, int]) -> Fraction | None:
    figures = {key: one.value for key, one in by_section(marks).items() if one.value is not None}
    whole = sum(weights[key] for key in figures)
    if not whole:
        return None
    return sum((value * weights[key] for key, value in figures.items()), Fraction(0)) / whole


def by_section(marks: Sequence[Mark]) -> dict[str, Score]:
    """The score of each section, in the order of the items."""
    sections: dict[str, list[Mark]] = {}
    for mark in marks:
        sections.setdefault(mark.section, []).append(mark)
    return {section: score(found) for section, found in sections.items()}


@dataclass(frozen=True)
class Verdict:
    """What a pass rule says: passed or not, and why not.

    `too_few` when fewer items were answered than the rule asks; `mean_below` when the whole is too low;
    `sections_below` the sections whose mean is too low.
    """

    passed: bool
    too_few: bool = False
    mean_below: bool = False
    sections_below: tuple[str, ...] = field(default=())


def verdict(
    rule: Mapping[str, Any] | None, marks: Sequence[Mark], weights: Mapping[str, int] | None = None
) -> Verdict | None:
    """Whether the evaluation passes; None where the instrument has no pass rule.

    Source: `pass_rule` of the packs' video rating and supervision skills: `overall_mean_at_least`,
    `no_section_mean_below`, `min_answered_share` (of all items on the scale, 0–1). A figure equal to the limit passes;
    a section in which nothing applied is not below anything.
    """
    if not rule:
        return None
    whole = score(marks, weights)
    share = Fraction(whole.answered, whole.of) if whole.of else Fraction(0)
    too_few = share < _exact(rule.get("min_answered_share", 0))
    least = _exact(rule.get("overall_mean_at_least", 0))
    mean_below = whole.value is None or whole.value < least
    limit = _exact(rule.get("no_section_mean_below", 0))
    low = tuple(section for section, one in by_section(marks).items() if one.value is not None and one.value < limit)
    return Verdict(not (too_few or mean_below or low), too_few, mean_below, low)


def _exact(number: float | int) -> Fraction:
    """The decimal that a pack wrote, not the nearest binary one."""
    return Fraction(str(number))
