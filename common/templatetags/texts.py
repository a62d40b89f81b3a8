"""The filter that shows a text of a pack in the reader's language."""

from collections.abc import Mapping
from typing import Any

from django import template

from common.texts import for_reader

register = template.Library()


@register.filter
def text(texts: Mapping[str, str] | str | None, programme: Any = None) -> str:
    """``{{ step.title|text }}`` or, with the programme (or its language) to fall back on, ``|text:programme``.

    A plain string is shown as it stands, so that a field that became one later needs no other template.
    """
    if isinstance(texts, str):
        return texts
    return for_reader(texts, programme if isinstance(programme, str) else getattr(programme, "language", None))
