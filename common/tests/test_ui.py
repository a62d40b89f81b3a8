"""Template tags of the look, and the errors of forms as sentences."""

import pytest
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation

from common.error_summary import sentences, summary
from common.fields import read_by
from common.templatetags.ui import undo_tag, undo_url


class Sample(forms.Form):
    """One field of each sort."""

    name = forms.CharField(label="Name", help_text="As on the door")
    made = forms.DateField(label="Recorded on")
    starts = forms.TimeField(label="Starts")
    kind = forms.ChoiceField(label="Kind", choices=[("a", "A")], widget=forms.RadioSelect)
    asked = forms.BooleanField(label="All were asked")
    paper = forms.FileField(label="Paper")
    remark = forms.CharField(label="Remark", required=False, widget=forms.Textarea)
    read_by(remark, "Read by you only")


def rendered(source: str, **context: object) -> str:
    """The template's text with our tags loaded."""
    return Template("{% load ui crispy_forms_filters %}" + source).render(Context(context))


def test_icon_is_silent_and_comes_from_the_sprite() -> None:
    html = rendered('{% icon "lock" %}')
    assert html == '<svg class="icon" aria-hidden="true"><use href="/static/img/sprite.svg#lock"/></svg>'


def test_status_has_shape_word_and_colour_and_escapes() -> None:
    html = rendered('{% status "done" text %}', text="<b>Approved")
    assert "#circle-check" in html
    assert 'class="status status-done"' in html
    assert "&lt;b&gt;Approved" in html


def test_unknown_status_is_found_at_once() -> None:
    with pytest.raises(KeyError):
        rendered('{% status "fine" "Fine" %}')


def test_readers_says_nothing_for_nobody() -> None:
    assert rendered('{% readers "" %}') == ""
    assert "<span>Read by you only</span>" in rendered('{% readers "Read by you only" %}')


@pytest.mark.parametrize(("cookie", "shown"), [("dark", "dark"), ("light", "light"), ('x" onload="', ""), ("", "")])
def test_theme_is_one_of_ours_or_nothing(cookie: str, shown: str) -> None:
    request = RequestFactory().get("/")
    request.COOKIES["theme"] = cookie
    assert rendered("{% theme %}", request=request) == shown


def test_undo_travels_with_its_message() -> None:
    message = Message(constants.SUCCESS, "Moved", extra_tags=undo_tag("/sessions/7/undo/?a=b c"))
    assert undo_url(message) == "/sessions/7/undo/?a=b c"
    assert undo_url(Message(constants.SUCCESS, "Moved")) == ""


def test_each_empty_field_is_named_in_its_own_sentence() -> None:
    form = Sample({"made": "24.13.2026", "starts": "25:00"})
    with translation.override("en"):
        said = {field.name: sentences(field) for field in form if field.errors}
    assert said["name"] == ["Fill in “Name”"]
    assert said["kind"] == ["Choose an answer for “Kind”"]
    assert said["asked"] == ["Tick “All were asked” to go on"]
    assert said["paper"] == ["Choose a file for “Paper”"]
    assert said["made"][0].startswith("There is no such day. Write it like this: 24.11.")
    assert said["starts"] == ["There is no such time. Write it like this: 13:00"]


def test_a_choice_that_is_not_offered_is_asked_for_again() -> None:
    form = Sample({"kind": "never offered"})
    with translation.override("en"):
        assert sentences(form["kind"]) == ["Choose an answer for “Kind”"]


def test_a_rule_s_own_sentence_is_kept() -> None:
    form = Sample({})
    form.add_error("name", "Ragnhild has four group leaders, and that is the limit.")
    assert "Ragnhild has four group leaders, and that is the limit." in sentences(form["name"])


def test_summary_leads_to_the_fields_and_counts_in_words() -> None:
    form = Sample({"name": "x", "made": "24.11.2026", "starts": "13:00"})
    with translation.override("en"):
        found = summary([form])
    assert found["heading"] == "Three things are missing or wrong"
    assert [entry["id"] for entry in found["entries"]] == ["id_kind_0", "id_asked", "id_paper"]


def test_a_form_is_summarised_once_a_page() -> None:
    html = rendered("{% page_errors %}{% error_summary other %}", other=Sample({}), shown=["", 3])
    assert html.count("data-error-summary") == 1


def test_errors_are_found_under_any_name_also_in_lists() -> None:
    assert rendered("{% has_errors %}", turns=[Sample(), Sample({})]) == "True"
    assert rendered("{% has_errors %}", turns=[Sample()], form=Sample()) == "False"


def test_field_order_is_label_requirement_help_field_error_readers() -> None:
    with translation.override("en"):
        html = rendered("{{ form|crispy }}", form=Sample({"remark": "x"}))
    places = [html.index(part) for part in ("Name<", "Required", "As on the door", 'name="name"', "id_name_error")]
    assert places == sorted(places)
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="id_remark_readers"' in html
    assert html.index('name="remark"') < html.index("Read by you only")
    assert "*" not in html


def test_optional_is_said_in_words() -> None:
    with translation.override("en"):
        html = rendered("{{ form.remark|as_crispy_field }}", form=Sample())
    assert '<span class="need">Optional</span>' in html


def test_radios_stand_in_a_fieldset_with_the_question_as_legend() -> None:
    html = rendered("{{ form.kind|as_crispy_field }}", form=Sample())
    assert "<fieldset" in html
    assert "<legend>Kind" in html
    assert 'for="id_kind_0"' in html


def test_a_formset_as_a_table_has_heads_and_a_label_at_each_field() -> None:
    helper = FormHelper()
    helper.template = "bootstrap5/table_inline_formset.html"
    turns = forms.formset_factory(Sample, extra=2)()
    html = rendered("{% load crispy_forms_tags %}{% crispy turns helper %}", turns=turns, helper=helper)
    assert html.count('<th scope="col">') == 7
    assert html.count("<tr>") == 3
    assert html.count('for="id_form-1-name" class="visually-hidden"') == 1


def test_buttons_of_a_layout_are_buttons() -> None:
    helper = FormHelper()
    helper.add_input(Submit("save", "Save draft"))
    html = rendered("{% load crispy_forms_tags %}{% crispy form helper %}", form=Sample(), helper=helper)
    assert '<button type="submit" name="save" value="Save draft" class="btn btn-primary"' in html
    assert "novalidate" in html
