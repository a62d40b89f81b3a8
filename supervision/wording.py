"""Words put together as a language puts them."""

from __future__ import annotations

from collections.abc import Iterable

from babel.lists import format_list
from django.utils.translation import get_language


def listed(words: Iterable[str]) -> str:
    """``you, Ingrid and Jonas`` in the reader's language."""
    language = (get_language() or "en").split("-")[0]
    return str(format_list(list(words), locale={"en": "en_GB"}.get(language, language)))
