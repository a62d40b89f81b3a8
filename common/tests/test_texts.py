"""Texts in several languages: which one a reader gets."""

import pytest
from django.core.exceptions import ValidationError
from django.template import Context, Template
from django.utils import translation

from common.texts import in_language, validate_text_map

GOAL = {"en": "Goal", "nb": "Mål", "da": "Mål (da)"}


@pytest.mark.parametrize(
    ("texts", "languages", "shown"),
    [
        (GOAL, ("da", "nb"), "Mål (da)"),
        (GOAL, ("se", "nb"), "Mål"),
        (GOAL, ("se",), "Goal"),
        (GOAL, ("nb-no",), "Mål"),
        (GOAL, ("no",), "Mål"),
        (GOAL, (None, "da"), "Mål (da)"),
        ({"nb": "", "da": "Mål"}, ("nb",), "Mål"),
        ({}, ("nb",), ""),
        (None, ("nb",), ""),
    ],
)
def test_the_first_language_that_has_the_text(texts, languages, shown):
    assert in_language(texts, *languages) == shown


def test_the_filter_takes_the_reader_then_the_programme():
    page = Template("{% load texts %}{{ goal|text }}/{{ old|text:'da' }}/{{ plain|text }}/{{ none|text }}")
    with translation.override("nb"):
        shown = page.render(Context({"goal": GOAL, "old": {"da": "Gammel <b>", "en": "Old"}, "plain": "So"}))
    assert shown == "Mål/Gammel &lt;b&gt;/So/"


@pytest.mark.parametrize("value", [None, "Goal", ["Goal"], {"nb": 1}, {"xx": "Goal"}, {}, {"nb": " "}])
def test_a_map_of_another_shape_is_refused(value):
    with pytest.raises(ValidationError):
        validate_text_map(value)


@pytest.mark.parametrize("value", [GOAL, {"en": "Goal"}, {"nb": "Mål", "da": "Mål"}])
def test_a_map_of_texts_is_accepted_as_it_is_and_not_with_a_stranger_or_without_words(value):
    kept = dict(value)
    assert validate_text_map(value) is None
    assert value == kept
    for refused in (value | {"xx": "Goal"}, dict.fromkeys(value, " ")):
        with pytest.raises(ValidationError):
            validate_text_map(refused)
