"""Tags by which pages say what an evaluation is about and what it scored."""

from django import template

from checklists import wording

register = template.Library()

register.filter("place_words", wording.place_words)
register.filter("filled_by_words", wording.filled_by_words)
register.filter("score_words", wording.score_words)
register.filter("figure_words", wording.figure_words)
register.filter("whole_words", wording.whole_words)
register.filter("rule_words", wording.rule_words)
register.filter("part_words", wording.part_words)
