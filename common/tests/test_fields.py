"""Fields of forms: what they accept, what they say, and that nothing typed is lost."""

import datetime
import unicodedata

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from common.fields import (
    AddressField,
    DayField,
    LineField,
    TimeField,
    WordsField,
    choices_of,
    offer,
    read_by,
    say_readers,
)
from common.text import clean_line

NOVEMBER = datetime.date(2026, 11, 24)


class MeetingForm(forms.Form):
    title = LineField(max_length=10)
    notes = WordsField(required=False, readers="Read by you only", words=False)
    address = AddressField(required=False)
    day = DayField()
    at = TimeField(required=False)


def said(field: forms.Field, typed: str) -> str:
    with translation.override("en"), pytest.raises(ValidationError) as refusal:
        field.clean(typed)
    return " ".join(refusal.value.messages)


@pytest.mark.parametrize(
    "typed", ["24.11.2026", " 24.11.2026 ", "24.11.26", "24/11/2026", "24-11-2026", "24. 11. 2026", "2026-11-24"]
)
def test_a_day_is_read_as_people_write_it(typed):
    assert DayField().clean(typed) == NOVEMBER


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("24.13.2026", "There is no month 13. Write the day like this: 24.11.2026"),
        ("11/24/2026", "There is no month 24. Write the day like this: 24.11.2026"),
        ("31.11.2026", "November has 30 days, so there is no day 31."),
        ("29.02.2027", "February has 28 days, so there is no day 29."),
        ("0.11.2026", "November has 30 days, so there is no day 0."),
        ("24.11.0226", "The year 226 cannot be meant. Write the day like this: 24.11.2026"),
        ("24.11", "Write the day like this: 24.11.2026"),
        ("tomorrow", "Write the day like this: 24.11.2026"),
        ("٢٤.١١", "Write the day like this: 24.11.2026"),
    ],
)
def test_a_day_that_is_not_there_is_named(typed, sentence):
    assert said(DayField(), typed) == sentence


@pytest.mark.parametrize(
    ("typed", "hour", "minute"),
    [("13.00", 13, 0), ("13:05", 13, 5), ("1305", 13, 5), ("9", 9, 0), ("kl. 09.30", 9, 30), ("13:00:00", 13, 0)],
)
def test_a_time_is_read_as_people_write_it(typed, hour, minute):
    assert TimeField().clean(typed) == datetime.time(hour, minute)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("25:00", "There is no hour 25. Write the time like this: 13:00"),
        ("13.75", "There is no minute 75. Write the time like this: 13:00"),
        ("noon", "Write the time like this: 13:00"),
    ],
)
def test_a_time_that_is_not_there_is_named(typed, sentence):
    assert said(TimeField(), typed) == sentence


def read(field: forms.Field, typed: str) -> object:
    """What the field makes of it; the sentences of its refusal as a list."""
    try:
        return field.clean(typed)
    except ValidationError as refusal:
        return refusal.messages


@given(st.text(max_size=20))
def test_whatever_is_typed_is_read_as_what_it_is_or_refused_with_a_sentence(typed):
    """A day, a time or one line without hidden characters; nothing for nothing; else a sentence, never an error."""
    day, time = read(DayField(required=False), typed), read(TimeField(required=False), typed)
    line = read(LineField(required=False), typed)
    for found, kind in ((day, datetime.date), (time, datetime.time)):
        if isinstance(found, list):
            assert all(sentence.endswith((".", "24.11.2026", "13:00")) for sentence in found), found
            assert len(found) == 1
        else:
            assert isinstance(found, kind) if typed.strip() else found is None
    if isinstance(line, list):
        assert len(line) == 1
    else:
        assert line == clean_line(line)
        assert not [letter for letter in line if unicodedata.category(letter) in ("Cc", "Zl", "Zp")]


@pytest.mark.parametrize(
    ("typed", "day", "time", "line"),
    [
        ("", None, None, ""),
        ("   ", None, None, ""),
        ("1.2.26", datetime.date(2026, 2, 1), ["Write the time like this: 13:00"], "1.2.26"),
        ("0930", ["Write the day like this: 24.11.2026"], datetime.time(9, 30), "0930"),
        ("a  b", ["Write the day like this: 24.11.2026"], ["Write the time like this: 13:00"], "a b"),
    ],
)
def test_the_same_words_in_each_field(typed, day, time, line):
    with translation.override("en"):
        found = [read(field(required=False), typed) for field in (DayField, TimeField, LineField)]
    assert found == [day, time, line]


def test_a_form_gives_clean_values():
    form = MeetingForm(
        {"title": " Solvik  31 ", "notes": "a\r\nb", "address": " Eva@X.NO", "day": "24.11.2026", "at": "13"}
    )
    assert form.is_valid(), form.errors
    assert form.cleaned_data == {
        "title": "Solvik 31", "notes": "a\nb", "address": "eva@x.no", "day": NOVEMBER, "at": datetime.time(13),
    }  # fmt: skip


def test_a_form_says_what_is_wrong_where():
    with translation.override("en"):
        form = MeetingForm({"title": "Solvik group 31", "notes": "a\0b", "address": "Eva", "day": "", "at": ""})
        assert form.errors["title"] == ["This is 5 characters too long: at most 10 fit. Shorten it."]
        assert form.errors["notes"] == ["This text holds hidden characters. Paste it again as plain text."]
        assert form.errors["address"] == ["Write the e-mail address like this: name@example.org"]
        assert set(form.errors) == {"title", "notes", "address", "day"}


def test_the_browser_gets_its_own_fields_but_keeps_what_it_would_throw_away():
    form = MeetingForm(initial={"day": NOVEMBER, "at": datetime.time(13)})
    assert 'type="date"' in str(form["day"])
    assert 'value="2026-11-24"' in str(form["day"])
    assert 'type="time"' in str(form["at"])
    assert 'value="13:00"' in str(form["at"])
    form = MeetingForm({"day": "24.13.2026", "at": "25.00"})
    assert 'type="text" name="day" value="24.13.2026"' in str(form["day"])
    assert 'type="text" name="at" value="25.00"' in str(form["at"])


def test_a_day_that_did_not_change_has_not_changed():
    assert not DayField().has_changed(NOVEMBER, "2026-11-24")
    assert DayField().has_changed(NOVEMBER, "25.11.2026")


def test_a_field_can_say_who_reads_it():
    form = MeetingForm()
    say_readers(form, {"title": "Read by the three in the session"})
    assert form.fields["notes"].readers == "Read by you only"
    assert form.fields["title"].readers == "Read by the three in the session"
    assert MeetingForm().fields["title"].readers == ""
    assert not form.fields["notes"].words


def test_any_field_can_say_it_and_offer_what_is_there():
    class ChoiceForm(forms.Form):
        one = forms.ChoiceField()

    form = ChoiceForm()
    read_by(form.fields["one"], "Read by you only")
    offer(form, "one", [("a", "First"), ("b", "Second")])
    assert vars(form.fields["one"])["readers"] == "Read by you only"
    assert choices_of(form.fields["one"]) == [("a", "First"), ("b", "Second")]
    assert ChoiceForm({"one": "c"}).is_valid() is False
    assert choices_of(ChoiceForm().fields["one"]) == []
