"""Texts are found, kept up to date and compiled without gettext."""

import importlib.util
from pathlib import Path

import pytest
from babel.messages.mofile import read_mo

SOURCE = Path(__file__).resolve().parent.parent / "script" / "inside" / "messages.py"
PYTHON = """
from django.utils.translation import gettext as _, ngettext, pgettext_lazy
_("Plain"); pgettext_lazy("verb", "Open"); ngettext("%(n)d place", "%(n)d places", 2)
"""
TEMPLATE = """
{% load i18n %}<p title="{% translate 'In a tag' %}">{% blocktranslate trimmed count n=places %}
  {{ n }} seat{% plural %}{{ n }} seats{% endblocktranslate %}
{% blocktranslate with name=who trimmed %}
  Hello
  {{ name }}{% endblocktranslate %}{{ _("In an expression") }}{% translate "May" context "month" as month %}
{% include "x.html" with label=_("As an argument") %}{% translate "100 % sure" %}</p>
"""
WANTED = {
    ("Plain", None),
    ("Open", "verb"),
    (("%(n)d place", "%(n)d places"), None),
    ("In a tag", None),
    (("%(n)s seat", "%(n)s seats"), None),
    ("Hello %(name)s", None),
    ("In an expression", None),
    ("May", "month"),
    ("As an argument", None),
    ("100 %% sure", None),
}


@pytest.fixture
def messages(tmp_path, monkeypatch):
    """The tool, at work in a small project of its own."""
    monkeypatch.syspath_prepend(str(SOURCE.parent))
    spec = importlib.util.spec_from_file_location("messages_tool", SOURCE)
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    tool.ROOT, tool.LOCALE = tmp_path, tmp_path / "locale"
    for name, text in {"room/views.py": PYTHON, "templates/room/page.html": TEMPLATE}.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    return tool


def test_every_way_of_asking_is_found(messages):
    assert {(message.id, message.context) for message in messages.extract() if message.id} == WANTED


def test_untranslated_texts_are_named(messages):
    messages.update()
    found = messages.problems()
    assert len(found) == 2 * len(WANTED)
    assert "nb: untranslated: 'Plain'" in found


def test_what_is_translated_is_kept_and_compiled(messages):
    messages.update()
    catalog = messages.po_file("nb")
    catalog.write_text(catalog.read_text().replace('msgid "Plain"\nmsgstr ""', 'msgid "Plain"\nmsgstr "Enkel"'))
    messages.update()
    messages.compile_all()
    with catalog.with_suffix(".mo").open("rb") as file:
        assert read_mo(file).get("Plain").string == "Enkel"
    assert not any("nb" in line and "'Plain'" in line for line in messages.problems())


def test_a_second_update_changes_nothing(messages):
    messages.update()
    before = messages.po_file("da").read_bytes()
    messages.update()
    assert messages.po_file("da").read_bytes() == before


def test_a_vanished_text_goes_and_a_new_one_is_not_guessed(messages):
    messages.update()
    page = messages.ROOT / "room" / "views.py"
    page.write_text(PYTHON.replace('"Plain"', '"Plainer"'))
    messages.update()
    text = messages.po_file("nb").read_text()
    assert '"Plainer"' in text
    assert '"Plain"' not in text
    assert "fuzzy" not in text
