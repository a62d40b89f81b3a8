"""Form fields of the house: one line, words, an address, a day, a time. What is typed wrongly stays in the field.

Each takes ``readers=``, a sentence that says who reads what is written there (shown below the field).
"""

import datetime
import re
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, Protocol, TypeVar, cast

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from common.day_parsing import parse_day, parse_time
from common.errors import DomainError
from common.text import LINE_LENGTH, TEXT_LENGTH, clean_line, clean_text, normalise_email

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

T = TypeVar("T")


class _SaysReaders(Protocol):
    """A field with the sentence that `templates/` shows below it."""

    readers: "str | StrPromise"


def read_by(field: forms.Field, sentence: "str | StrPromise") -> None:
    """Give any ``field``, also one of Django's own, the sentence that says who reads it."""
    cast(_SaysReaders, field).readers = sentence


def say_readers(form: forms.BaseForm, readers: Mapping[str, "str | StrPromise"]) -> None:
    """Give fields of ``form`` the sentence that says who reads them, by field name."""
    for name, sentence in readers.items():
        read_by(form.fields[name], sentence)


def offer(form: forms.BaseForm, name: str, choices: "Iterable[tuple[Any, Any]] | QuerySet[Any]") -> None:
    """Say what can be chosen in a field of ``form``: rows for a field of rows, else (value, words) pairs."""
    field = form.fields[name]
    if isinstance(choices, QuerySet):
        cast("forms.ModelChoiceField[Any]", field).queryset = choices
    else:
        cast(forms.ChoiceField, field).choices = list(choices)


def choices_of(field: forms.Field) -> list[tuple[Any, Any]]:
    """What can be chosen in ``field``: (value, words) pairs, or (group, pairs)."""
    return list(cast("Iterable[tuple[Any, Any]]", cast(forms.ChoiceField, field).choices))


class _ReadersMixin:
    """A field that says who reads it."""

    def __init__(self, *args: Any, readers: "str | StrPromise" = "", **kwargs: Any) -> None:
        self.readers = readers
        super().__init__(*args, **kwargs)


class LineField(_ReadersMixin, forms.CharField):
    """One line of text, cleaned by :func:`common.text.clean_line`.

    No ``maxlength`` in the page: a browser would cut what is pasted without a word.
    """

    def __init__(self, *args: Any, max_length: int = LINE_LENGTH, **kwargs: Any) -> None:
        self.longest = max_length
        super().__init__(*args, **kwargs)

    def to_python(self, value: Any) -> str:
        """The cleaned line. Raises ValidationError."""
        line: str = super().to_python(value) or ""
        return _validated(lambda: clean_line(line, max_length=self.longest))


class WordsField(_ReadersMixin, forms.CharField):
    """Several lines that somebody says in own words, cleaned by :func:`common.text.clean_text`.

    ``words=False`` for a text of the house (an address, a list), which is set in the other typeface.
    """

    widget = forms.Textarea

    def __init__(
        self, *args: Any, max_length: int = TEXT_LENGTH, rows: int = 4, words: bool = True, **kwargs: Any
    ) -> None:
        self.longest = max_length
        self.words = words
        super().__init__(*args, **kwargs)
        self.widget.attrs["rows"] = str(rows)

    def to_python(self, value: Any) -> str:
        """The cleaned text. Raises ValidationError."""
        text: str = super().to_python(value) or ""
        return _validated(lambda: clean_text(text, max_length=self.longest))


class AddressField(_ReadersMixin, forms.EmailField):
    """An e-mail address in the one form in which it is kept."""

    default_error_messages = {"invalid": _("Write the e-mail address like this: name@example.org")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.widget.attrs.setdefault("autocomplete", "email")

    def to_python(self, value: Any) -> str:
        """The normalised address. Raises ValidationError for hidden characters."""
        address: str = super().to_python(value) or ""
        return normalise_email(_validated(lambda: clean_line(address, max_length=254)))


class DayInput(forms.DateInput):
    """The browser's own day field; a text field as soon as it holds something the browser would throw away."""

    input_type = "date"
    _understood = re.compile(r"\d{4}-\d\d-\d\d")

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"class": "w-date", **(attrs or {})}, format="%Y-%m-%d")

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Django's context, with the type that keeps what was typed."""
        return _kept_if_odd(super().get_context(name, value, attrs), self._understood)


class TimeInput(forms.TimeInput):
    """The browser's own time field; a text field as soon as it holds something the browser would throw away."""

    input_type = "time"
    _understood = re.compile(r"([01]\d|2[0-3]):[0-5]\d(:\d\d)?")

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"class": "w-time", **(attrs or {})}, format="%H:%M")

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Django's context, with the type that keeps what was typed."""
        return _kept_if_odd(super().get_context(name, value, attrs), self._understood)


class DayField(_ReadersMixin, forms.DateField):
    """A day, written as people here write it or as browsers send it."""

    widget = DayInput

    def to_python(self, value: Any) -> datetime.date | None:
        """The day, None for nothing. Raises ValidationError naming the wrong month or day."""
        if isinstance(value, str):
            return _validated(lambda: parse_day(value)) if value.strip() else None
        return super().to_python(value)


class TimeField(_ReadersMixin, forms.TimeField):
    """A time of day, without seconds."""

    widget = TimeInput

    def to_python(self, value: Any) -> datetime.time | None:
        """The time, None for nothing. Raises ValidationError naming the wrong hour or minute."""
        if isinstance(value, str):
            return _validated(lambda: parse_time(value)) if value.strip() else None
        return super().to_python(value)


def _kept_if_odd(context: dict[str, Any], understood: re.Pattern[str]) -> dict[str, Any]:
    value = context["widget"]["value"]
    if value and not understood.fullmatch(str(value)):
        context["widget"]["type"] = "text"
    return context


def _validated(clean: Callable[[], T]) -> T:
    """What ``clean`` gives; its refusal as the ValidationError that forms understand."""
    try:
        return clean()
    except DomainError as error:
        raise forms.ValidationError(str(error), code=error.code) from error
