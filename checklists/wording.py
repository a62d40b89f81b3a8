"""Sentences about evaluations: where it was seen, who filled it in, its version, and scores in words."""

from __future__ import annotations

import math
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from checklists.models import ChecklistVersion, Evaluation, Item
from checklists.scoring import Rule, Score
from common.dates import date_words
from programmes.terms import term

Part = Evaluation.Part


def place_words(evaluation: Evaluation) -> str:
    """Where and when: “Thursday group, Group meeting 7, 24 November”."""
    day = date_words(evaluation.seen_on)
    if evaluation.meeting is not None:
        group = evaluation.meeting.group
        meeting = f"{term(group.programme, 'delivery_meeting')} {evaluation.meeting.number}"
        return f"{group.name}, {meeting}, {day}"
    if evaluation.group is not None:
        return f"{evaluation.group.name}, {day}"
    if evaluation.organisation is not None:
        return f"{evaluation.organisation.name}, {day}"
    return day


def filled_by_words(evaluation: Evaluation) -> str:
    """Who filled it in about whom, in one sentence."""
    rater = evaluation.rater.name if evaluation.rater else ""
    if evaluation.person is None:
        return _("Filled in by %(rater)s") % {"rater": rater}
    if evaluation.rater_id == evaluation.person_id:
        return _("Filled in by %(rater)s, about their own work") % {"rater": rater}
    return _("Filled in by %(rater)s, about %(person)s") % {"rater": rater, "person": evaluation.person.name}


def number_words(number: Decimal | None) -> str:
    """A number without needless noughts, never in powers of ten: ``50``, ``7,5``; empty for none."""
    if number is None:
        return ""
    plain = f"{number.normalize():f}"
    return plain if _language() == "en" else plain.replace(".", ",")


def target_words(item: Item) -> str:
    """What the programme aims at: ``6 to 8``, ``50 or more``; empty for no target."""
    low, high = number_words(item.target_min), number_words(item.target_max)
    if low and high:
        return _("%(low)s to %(high)s") % {"low": low, "high": high}
    if low:
        return _("%(low)s or more") % {"low": low}
    return _("%(high)s or fewer") % {"high": high} if high else ""


def meets_target(item: Item, number: Decimal | None) -> bool | None:
    """Whether a number lies within the target; None where there is no number or no target."""
    if number is None or (item.target_min is None and item.target_max is None):
        return None
    return (item.target_min is None or number >= item.target_min) and (
        item.target_max is None or number <= item.target_max
    )


def left_words(score: Score) -> str:
    """What a figure leaves out: items that do not apply or have no answer; empty for none."""
    unanswered = score.of - score.answered - score.not_applicable
    parts = []
    if score.not_applicable:
        parts.append(
            ngettext("%(count)d does not apply", "%(count)d do not apply", score.not_applicable)
            % {"count": score.not_applicable}
        )
    if unanswered:
        parts.append(
            ngettext("%(count)d has no answer", "%(count)d have no answer", unanswered) % {"count": unanswered}
        )
    return ", ".join(parts)


def version_words(version: ChecklistVersion) -> str:
    """Which wording it is; that there is a newer one where it is no longer published."""
    words = _("Version %(number)d of the checklist.") % {"number": version.number}
    if version.state == ChecklistVersion.State.RETIRED:
        words += " " + _("There is a newer one; this keeps its own wording.")
    return words


def share_words(share: Fraction) -> str:
    """``85 %``, in English ``85%``; halves are rounded up, and the space does not break."""
    number = math.floor(share * 100 + Fraction(1, 2))
    return f"{number}%" if _language() == "en" else f"{number}\u00a0%"


def mean_words(mean: Fraction) -> str:
    """A mean with one decimal, halves rounded up: ``3,4``."""
    tenths = math.floor(mean * 10 + Fraction(1, 2))
    return f"{tenths // 10}{'.' if _language() == 'en' else ','}{tenths % 10}"


def figure_words(score: Score) -> str:
    """The figure alone: a share in per cent or a mean; a dash word where nothing was answered."""
    if score.value is None:
        return pgettext("score", "none")
    return mean_words(score.value) if score.rule is Rule.MEAN else share_words(score.value)


def score_words(score: Score) -> str:
    """A score with what it rests on: “28 of 33”, “3.4, 12 answered”."""
    if score.value is None:
        return pgettext("score", "none")
    if score.rule is Rule.SHARE:
        return _("%(count)d of %(of)d") % {"count": score.total, "of": score.answered}
    if score.rule is Rule.SUM:
        return _("%(count)d of %(of)d points") % {"count": score.total, "of": score.high * score.answered}
    answered = ngettext("%(count)d answered", "%(count)d answered", score.answered) % {"count": score.answered}
    return f"{mean_words(score.value)}, {answered}"


def whole_words(score: Score) -> str:
    """A score for the last line of a table: a share with its per cent too, “28 of 33, 85 %”."""
    if score.value is None or score.rule is Rule.MEAN:
        return score_words(score)
    return f"{score_words(score)}, {share_words(score.value)}"


def rule_words(rule: Rule) -> str:
    """What the figures of a rule are."""
    return {
        Rule.SHARE: _("Share of answered items that are “yes”"),
        Rule.SUM: _("Points of those that were possible"),
        Rule.MEAN: _("Mean of the items answered"),
        Rule.NONE: _("Each point for itself, without a sum"),
    }[rule]


def part_words(part: str) -> str:
    """The rater's part in a label."""
    return {
        Part.SELF: pgettext("rater", "Own rating"),
        Part.CO_LEADER: pgettext("rater", "Co-leader"),
        Part.COACH: pgettext("rater", "Coach"),
        Part.MENTOR: pgettext("rater", "Mentor"),
        Part.OBSERVER: pgettext("rater", "Observer"),
        Part.OUTSIDE: pgettext("rater", "From outside"),
    }[Part(part)]


def _language() -> str:
    language = (get_language() or "en").split("-")[0]
    return {"nb": "nb", "da": "da"}.get(language, "en")
