"""How each kind of capture is asked for: its form fields, what they hold for a kept value, and the value they give.

A kept value is JSON; empty is None. Field names begin with the entry's name.
"""

from __future__ import annotations

import datetime as dt
from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import pgettext_lazy

from checklists.wording import part_words
from common.dates import date_words
from common.fields import DayField, LineField, WordsField
from common.texts import for_reader
from supervision.readers.record import Desk
from supervision.sheet import Entry

Raw = dict[str, Any]
YES_NO = [("yes", pgettext_lazy("answer", "Yes")), ("no", pgettext_lazy("answer", "No"))]
MOST_ROWS = 12


def words(rows: int, **kwargs: Any) -> WordsField:
    """Several lines; a low field where few are expected, which grows with what is written."""
    field = WordsField(rows=rows, required=False, **kwargs)
    if rows <= 2:
        field.widget.attrs["class"] = "is-short"
    return field


class Asking(ABC):
    """One kind."""

    @abstractmethod
    def fields(self, entry: Entry, desk: Desk, rows: int) -> dict[str, forms.Field]:
        """The form fields by name."""

    @abstractmethod
    def raw(self, entry: Entry, value: Any) -> Raw:
        """What the fields hold for a kept value."""

    @abstractmethod
    def value(self, entry: Entry, desk: Desk, cleaned: Mapping[str, Any]) -> Any:
        """The value to keep; None when nothing was given."""

    def rows(self, value: Any) -> int:
        """How many rows a kept value needs; 0 where there are none."""
        return 0


class Single(Asking):
    """One field whose value is kept as it is."""

    def field(self, entry: Entry, desk: Desk) -> forms.Field:
        """The field."""
        raise NotImplementedError

    def fields(self, entry: Entry, desk: Desk, rows: int) -> dict[str, forms.Field]:
        return {entry.name: self.field(entry, desk)}

    def raw(self, entry: Entry, value: Any) -> Raw:
        return {entry.name: value}

    def value(self, entry: Entry, desk: Desk, cleaned: Mapping[str, Any]) -> Any:
        return cleaned.get(entry.name) or None


def _common(entry: Entry) -> dict[str, Any]:
    return {"label": entry.capture.label, "help_text": entry.capture.help, "required": False}


def _select(entry: Entry, choices: list[tuple[str, str]]) -> forms.ChoiceField:
    """A list to choose one from, or none."""
    widget = forms.Select(attrs={"class": "w-name"})
    return forms.ChoiceField(choices=[("", "–"), *choices], widget=widget, **_common(entry))


class Text(Single):
    """Several lines; the question that was brought beforehand stands in it."""

    def field(self, entry: Entry, desk: Desk) -> forms.Field:
        return words(entry.capture.rows, label=entry.capture.label, help_text=entry.capture.help)


class Line(Single):
    """One line."""

    def field(self, entry: Entry, desk: Desk) -> forms.Field:
        return LineField(widget=forms.TextInput(attrs={"class": "w-words"}), **_common(entry))


class Number(Single):
    """A whole number, such as minutes."""

    def field(self, entry: Entry, desk: Desk) -> forms.Field:
        widget = forms.TextInput(attrs={"class": "w-minutes", "inputmode": "numeric"})
        return forms.IntegerField(min_value=0, max_value=1440, widget=widget, **_common(entry))

    def value(self, entry: Entry, desk: Desk, cleaned: Mapping[str, Any]) -> Any:
        return cleaned.get(entry.name)


class YesNo(Single):
    """Yes or no."""

    def field(self, entry: Entry, desk: Desk) -> forms.Field:
        return forms.ChoiceField(choices=YES_NO, widget=forms.RadioSelect, **_common(entry))


class Rating(Single):
    """One to five."""

    def field(self, entry: Entry, desk: Desk) -> forms.Field:
        choices = [(str(number), str(number)) for number in range(1, 6)]
        return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **_common(entry))

    def raw(self, entry: Entry, value: Any) -> Raw:
        return {entry.name: "" if value is None else str(value)}

    def value(self, entry: Entry, desk: Desk, cleaned: Mapping[str, Any]) -> Any:
        return int(cleaned[entry.name]) if cleaned.get(entry.name) else None


class Choice(Single):
    """One of the programme's choices; a line where it has none."""

    def field(self, entry: Entry, desk: Desk) -> forms.Field:
        choices = desk.choices.get(entry.capture.source) or []
        if not choices:
            return LineField(**_common(entry))
        return _select(entry, choices)


class Choices(Single):
    """Several of the programme's choices; a line where it has none."""

    def field(self, entry: Entry, desk: Desk) -> forms.Field:
        choices = desk.choices.get(entry.capture.source) or []
        if not choices:
            return LineField(**_common(entry))
        return forms.MultipleChoiceField(choices=choices, widget=forms.CheckboxSelectMultiple, **_common(entry))


class Prompts(Single):
    """Which of the questions at hand were asked."""

    def field(self, entry: Entry, desk: Desk) -> forms.Field:
        choices = [(group.label, group.prompts) for group in desk.prompts]
        return forms.MultipleChoiceField(choices=choices, widget=forms.CheckboxSelectMultiple, **_common(entry))


class Checklists(Single):
    """Which checklists were looked at, of those filled in since last time; no field when there are none."""

    def fields(self, entry: Entry, desk: Desk, rows: int) -> dict[str, forms.Field]:
        return super().fields(entry, desk, rows) if desk.evaluations else {}

    def field(self, entry: Entry, desk: Desk) -> forms.Field:
        language = desk.session.programme.language
        choices = [
            (
                str(one.pk),
                ", ".join(
                    (
                        f"{one.person}: {for_reader(one.version.names, language)}",
                        part_words(one.part),
                        date_words(one.seen_on),
                    )
                ),
            )
            for one in desk.evaluations
        ]
        return forms.MultipleChoiceField(choices=choices, widget=forms.CheckboxSelectMultiple, **_common(entry))


class Day(Single):
    """A day."""

    def field(self, entry: Entry, desk: Desk) -> forms.Field:
        return DayField(**_common(entry))

    def value(self, entry: Entry, desk: Desk, cleaned: Mapping[str, Any]) -> Any:
        day = cleaned.get(entry.name)
        return day.isoformat() if isinstance(day, dt.date) else None


class Person(Single):
    """One of those in the session."""

    def field(self, entry: Entry, desk: Desk) -> forms.Field:
        choices = [(str(seat.person.pk), seat.person.name) for seat in desk.sheet.seats]
        return _select(entry, choices)

    def raw(self, entry: Entry, value: Any) -> Raw:
        return {entry.name: "" if value is None else str(value)}

    def value(self, entry: Entry, desk: Desk, cleaned: Mapping[str, Any]) -> Any:
        return int(cleaned[entry.name]) if cleaned.get(entry.name) else None
