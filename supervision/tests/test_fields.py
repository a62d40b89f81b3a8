"""Fields of a record are drawn in Python for speed: the same as the house's template of a field draws them."""

import re

import pytest
from bs4 import BeautifulSoup
from django import forms
from django.template.loader import get_template

from common.fields import DayField, LineField, WordsField
from supervision.templatetags.supervision_record import record_field


class Sample(forms.Form):
    """One field of each sort that a record has."""

    use_required_attribute = False

    line = LineField(label="Line <b>", help_text="Help", required=False, readers="Read by you")
    words = WordsField(label="Words", rows=3)
    number = forms.IntegerField(label="Number", required=False, widget=forms.TextInput(attrs={"class": "w-minutes"}))
    day = DayField(label="Day", required=False)
    choice = forms.ChoiceField(label="Choice", choices=[("", "–"), ("a", "A")], required=False)
    radios = forms.ChoiceField(label="Radios", choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)
    ticks = forms.MultipleChoiceField(
        label="Ticks",
        choices=[("Group", [("a", "A")]), ("b", "B")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    tick = forms.BooleanField(label="Tick", required=False)


# Classes that crispy adds by the widget's name and no style sheet uses.
OF_CRISPY = {"textinput", "textarea", "dayinput", "select", "checkboxinput", "checkboxselectmultiple", "radioselect"}
WRONG = {"line": "x" * 300, "number": "many", "radios": "c", "choice": "z", "tick": "on"}


def parts(html: str) -> list[tuple[str, dict[str, object], str]]:
    """Every element in order: name, attributes that matter, own text."""
    found = []
    for element in BeautifulSoup(html, "html.parser").find_all(True):
        attrs = {
            name: sorted(set(value) - OF_CRISPY) if isinstance(value, list) else value
            for name, value in element.attrs.items()
        }
        text = re.sub(r"\s+", " ", "".join(element.find_all(string=True, recursive=False))).strip()
        found.append((element.name, attrs, text))
    return found


@pytest.mark.parametrize("name", list(Sample.base_fields))
@pytest.mark.parametrize("data", [None, WRONG])
def test_drawn_like_the_template(name, data):
    template = get_template("bootstrap5/field.html")
    form = Sample(data) if data else Sample(initial={"radios": "b", "line": "A & B", "ticks": ["b"]})
    inline = "choices" if name == "radios" else ""
    expected = template.render({"field": form[name], "inline_class": inline})
    again = Sample(data) if data else Sample(initial={"radios": "b", "line": "A & B", "ticks": ["b"]})
    assert parts(record_field(again[name])) == parts(expected)
