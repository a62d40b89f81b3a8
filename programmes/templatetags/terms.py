"""Tags by which pages speak each programme's own words."""

from django import template

from programmes import terms
from programmes.models import Programme

register = template.Library()


@register.simple_tag
def term(programme: Programme, name: str) -> str:
    """``{% term programme "session" %}``: the word as a label, in the reader's language."""
    return terms.term(programme, name)


@register.simple_tag
def term_in_text(programme: Programme, name: str) -> str:
    """``{% term_in_text programme "session" %}``: the word inside a sentence."""
    return terms.term_in_text(programme, name)
