"""The crispy helper, and the version that a page was opened with."""

import pytest
from bs4 import BeautifulSoup
from crispy_forms.layout import Div
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation

from common.errors import Conflict
from common.fields import LineField, WordsField
from common.forms import VersionedForm, house_helper, require_version


class GoalForm(VersionedForm):
    title = LineField()
    why = WordsField(required=False, readers="Read by you only")


def shown(form, helper) -> BeautifulSoup:
    context = Context({"form": form, "helper": helper, "request": RequestFactory().get("/"), "csrf_token": "t0ken"})
    with translation.override("en"):
        return BeautifulSoup(
            Template("{% load crispy_forms_tags %}{% crispy form helper %}").render(context), "html.parser"
        )


def test_a_helper_draws_the_form_its_buttons_and_the_way_out():
    helper = house_helper(
        "title", submit="Save the goal", others={"finish": "Mark as held"}, cancel="/goals/", action="/x/"
    )
    page = shown(GoalForm(version=3), helper)
    form = page.find("form")
    assert (form["method"], form["action"], form.has_attr("novalidate")) == ("post", "/x/", True)
    assert form.find("input", {"name": "csrfmiddlewaretoken"})
    assert form.find("input", {"name": "version"})["value"] == "3"
    assert form.find(attrs={"name": "why"}) is None
    assert [(button["name"], button.text.strip()) for button in form.find_all("button")] == [
        ("save", "Save the goal"),
        ("finish", "Mark as held"),
    ]
    assert ["btn-primary" in button["class"] for button in form.find_all("button")] == [True, False]
    assert (form.find("a")["href"], form.find("a").text) == ("/goals/", "Cancel")


def test_without_a_layout_all_fields_stand_in_their_order():
    page = shown(GoalForm(), house_helper(submit="Save the goal"))
    names = [field["name"] for field in page.find_all(["input", "textarea"]) if field.get("type") != "hidden"]
    assert names == ["title", "why"]
    assert "Read by you only" in page.text
    assert len(page.find_all("input", {"name": "version"})) == 1


def test_without_a_button_only_the_fields_are_drawn():
    page = shown(GoalForm(), house_helper(Div("title", "why")))
    assert page.find("form") is None
    assert page.find("button") is None
    assert page.find("input", {"name": "csrfmiddlewaretoken"}) is None


def test_a_stale_version_is_a_conflict():
    form = GoalForm({"title": "Play", "version": "2"}, version=3)
    assert form.is_valid()
    require_version(seen=2, now=2)
    with pytest.raises(Conflict, match="another window") as refusal:
        require_version(seen=form.seen_version, now=3)
    assert (refusal.value.status, refusal.value.code) == (409, "stale")


def test_a_reader_who_has_seen_the_newer_text_may_save_over_it():
    form = GoalForm(RequestFactory().post("/", {"title": "Play", "version": "2"}).POST, version=3)
    assert form.is_valid()
    form.accept_version(3)
    assert 'value="3"' in str(form["version"])
    assert 'value="Play"' in str(form["title"])


@pytest.mark.parametrize("version", ["", "x", "-1", "1e9", "9" * 40])
def test_a_damaged_version_is_an_error_of_the_form_or_a_conflict(version):
    form = GoalForm({"title": "Play", "version": version})
    assert not form.is_valid() or form.seen_version != 0
