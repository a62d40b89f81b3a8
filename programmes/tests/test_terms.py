"""Pages speak each programme's own words, in the reader's language."""

import pytest
from django.template import Context, Template
from django.utils import translation

from programmes.models import Programme
from programmes.shipped import KEYS, load_pack, pack_path
from programmes.terms import TERMS, term, term_in_text


@pytest.fixture
def dua() -> Programme:
    return Programme(key="dua", language="nb", terms=load_pack(pack_path("dua"))["terms"])


def test_words_in_three_languages(dua: Programme) -> None:
    told = {}
    for language in ("nb", "da", "en"):
        with translation.override(language):
            told[language] = (term(dua, "session"), term_in_text(dua, "delivery"))
    assert told == {
        "nb": ("Veiledning", "foreldregruppe"),
        "da": ("Vejledning", "forældregruppe"),
        "en": ("Supervision session", "parent group"),
    }


def test_tags(dua: Programme) -> None:
    page = Template("{% load terms %}{% term p 'supervisor' %}, {% term_in_text p 'supervisee' %}")
    with translation.override("da"):
        assert page.render(Context({"p": dua})) == "Peer coach, gruppeleder"


def test_another_language_falls_back_on_the_programmes_own(dua: Programme) -> None:
    with translation.override("de"):
        assert term(dua, "session") == "Veiledning"


def test_unknown_term(dua: Programme) -> None:
    with pytest.raises(KeyError, match="is no term; there are supervisor, supervisee"):
        term(dua, "boss")


@pytest.mark.parametrize("key", KEYS)
def test_every_pack_has_every_term(key: str) -> None:
    assert set(load_pack(pack_path(key))["terms"]) == set(TERMS)
