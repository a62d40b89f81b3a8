"""Forms in which something is not in place: read only for steps that ask for a form without open points."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from checklists.models import Answer, Item
from common.at_once import read_at_once


def open_points(evaluations: Iterable[int]) -> set[int]:
    """Those of the evaluations with an item below the top of its scale, or with one left out. One query at most.

    "Does not apply" settles an item; numbers and words are no points.
    """
    wanted = set(evaluations)
    if not wanted:
        return set()
    answers = Answer.objects.filter(evaluation__in=wanted, item__kind=Item.Kind.SCALE)
    items = Item.objects.filter(kind=Item.Kind.SCALE, section__version__evaluations__in=wanted)
    rows = read_at_once(
        answers=answers.values_list("evaluation_id", "item_id", "value", "not_applicable", "item__scale__options"),
        items=items.values_list("section__version__evaluations", "pk"),
    )
    settled: dict[int, set[int]] = defaultdict(set)
    for evaluation_id, item_id, value, not_applicable, options in rows["answers"]:
        top = max((option["value"] for option in options or []), default=None)
        if not_applicable or (value is not None and value == top):
            settled[evaluation_id].add(item_id)
    return {evaluation_id for evaluation_id, item_id in rows["items"] if item_id not in settled[evaluation_id]}
