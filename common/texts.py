"""Texts that come in several languages, one map a field: ``{"en": …, "nb": …, "da": …}``."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

LANGUAGES = ("nb", "da", "en")
"""The languages that a shipped programme speaks, all of them complete."""
FALLBACK = "en"


def in_language(texts: Mapping[str, str] | None, *languages: str | None) -> str:
    """The text in the first of ``languages`` that has it (reader's, programme's), else English, else any.

    Empty when there is no text at all. ``nb-no`` finds ``nb``; Norwegian without more (``no``) is bokmål.
    """
    if not texts:
        return ""
    for language in (*languages, FALLBACK):
        if language and (text := texts.get(language) or texts.get(_main_part(language))):
            return text
    return next((text for text in texts.values() if text), "")


def for_reader(texts: Mapping[str, str] | None, programme_language: str | None = None) -> str:
    """The text in the language now active, else the programme's, else English."""
    return in_language(texts, get_language(), programme_language)


def _main_part(language: str) -> str:
    main = language.lower().split("-")[0].split("_")[0]
    return "nb" if main == "no" else main


def validate_text_map(value: object) -> None:
    """A validator for JSON fields that hold such a map: language codes to texts, at least one not empty."""
    if not isinstance(value, Mapping) or not all(
        isinstance(language, str) and isinstance(text, str) for language, text in value.items()
    ):
        raise ValidationError(_("This must give a text for each language."), code="text_map")
    if strangers := sorted(set(value) - set(LANGUAGES)):
        raise ValidationError(
            _("Unknown language: %(languages)s. Give nb, da or en."),
            code="text_map",
            params={"languages": ", ".join(strangers)},
        )
    if not any(text.strip() for text in value.values()):
        raise ValidationError(_("Give the text in at least one language."), code="text_map")
