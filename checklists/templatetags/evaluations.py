"""Tags by which pages say what an evaluation is about and what it scored."""

from django import template

from checklists import wording
from checklists.readers.sheet import SheetItem

register = template.Library()

register.filter("place_words", wording.place_words)
register.filter("filled_by_words", wording.filled_by_words)
register.filter("score_words", wording.score_words)
register.filter("figure_words", wording.figure_words)
register.filter("whole_words", wording.whole_words)
register.filter("rule_words", wording.rule_words)
register.filter("part_words", wording.part_words)
register.filter("number_words", wording.number_words)
register.filter("target_words", wording.target_words)
register.filter("left_words", wording.left_words)
register.filter("version_words", wording.version_words)
register.filter("share_words", wording.share_words)


@register.filter
def meets_target(one: SheetItem) -> bool | None:
    """Whether the number answered lies within the item's target; None for no number or no target."""
    return wording.meets_target(one.item, one.answer.number if one.answer else None)
