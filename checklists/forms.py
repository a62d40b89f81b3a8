"""Forms: what a checklist is about, and its answers."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from checklists.actions.evaluate import Given
from checklists.models import Item
from checklists.raters import asks_consent
from checklists.readers.sheet import Sheet, SheetItem, option_words
from checklists.subjects import Choice
from checklists.wording import number_words
from common.fields import DayField, WordsField
from common.forms import VersionedForm, house_helper
from common.texts import for_reader

NOT_APPLICABLE = "na"
COMMENT_LENGTH = 2000


class StartForm(forms.Form):
    """What it is about, and the day where the thing has none of its own."""

    about = forms.ChoiceField(label=_("What is it about?"))
    seen_on = DayField(label=_("Day"), required=False, initial=timezone.localdate)

    def __init__(self, *args: Any, choices: list[Choice], version_name: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choices_by_value = {choice.value: choice for choice in choices}
        about: Any = self.fields["about"]
        about.widget.attrs["class"] = "w-words"
        about.choices = [("", _("Choose"))] * (len(choices) != 1) + [(one.value, one.label) for one in choices]
        dayless = [choice for choice in choices if choice.day is None]
        if not dayless:
            del self.fields["seen_on"]
        elif len(dayless) < len(choices):
            self.fields["seen_on"].help_text = _("A meeting or session has its own day; this one is then left out.")
        self.helper: FormHelper = house_helper(submit=_("Start the checklist"), cancel=reverse("checklists:start"))

    @property
    def chosen(self) -> Choice:
        """What was chosen; only after the form was found valid."""
        return self.choices_by_value[self.cleaned_data["about"]]

    def clean(self) -> dict[str, Any]:
        """A day is needed where the thing has none."""
        data = super().clean() or {}
        choice = self.choices_by_value.get(data.get("about", ""))
        if choice and choice.day is None and not data.get("seen_on") and "seen_on" not in self.errors:
            self.add_error("seen_on", _now("Give the day on which you saw it."))
        return data


class AnswersForm(VersionedForm):
    """One field for each item, one more for a comment; with `whole` every item on a scale must be answered."""

    def __init__(self, *args: Any, sheet: Sheet, whole: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, version=sheet.evaluation.revision, **kwargs)
        self.sheet = sheet
        for one in sheet.items:
            for name, field in self._fields_of(one, whole).items():
                self.fields[name] = field
        person = sheet.evaluation.person
        if person is not None and asks_consent(sheet.evaluation.version):
            words = _("I agree that %(name)s reads this, with my name on it") % {"name": person.name}
            self.fields["share"] = forms.BooleanField(label=words, required=False)

    @property
    def is_shared(self) -> bool:
        """Whether the rater agrees that the one rated reads it; only after the form was found valid."""
        return bool(self.cleaned_data.get("share"))

    def _fields_of(self, one: SheetItem, whole: bool) -> dict[str, forms.Field]:
        item, answer = one.item, one.answer
        label = for_reader(item.texts, self.sheet.evaluation.version.checklist.programme.language)
        if item.kind == Item.Kind.TEXT:
            return {f"i{item.pk}": WordsField(label=label, required=False, initial=answer.text if answer else "")}
        if item.kind == Item.Kind.NUMBER:
            return {f"i{item.pk}": _number(label, answer.number if answer else None)}
        initial_text = answer.text if answer else ""
        comment = WordsField(
            label=_("Comment on item %(number)d") % {"number": one.number},
            required=False,
            rows=1,
            max_length=COMMENT_LENGTH,
            initial=initial_text,
        )
        return {f"i{item.pk}": _scale(one, label, whole), f"c{item.pk}": comment}

    def given(self) -> dict[int, Given]:
        """What was answered, by item id; only after the form was found valid."""
        found = {}
        for one in self.sheet.items:
            value, pk = self.cleaned_data.get(f"i{one.item.pk}"), one.item.pk
            if one.item.kind == Item.Kind.TEXT:
                found[pk] = Given(text=value or "")
            elif one.item.kind == Item.Kind.NUMBER:
                found[pk] = Given(number=value)
            else:
                comment = self.cleaned_data.get(f"c{pk}") or ""
                number = int(value) if value and value != NOT_APPLICABLE else None
                found[pk] = Given(value=number, not_applicable=value == NOT_APPLICABLE, text=comment)
        return found

    def differences(self, saved: Sheet) -> list[dict[str, str]]:
        """What stands in the fields and what another window has saved, where the two are not the same."""
        mine, found = self.given(), []
        for one in saved.items:
            theirs = AnswersForm.kept(one)
            if theirs != mine[one.item.pk]:
                label = self.fields[f"i{one.item.pk}"].label
                found.append(
                    {
                        "label": f"{one.number}. {label}",
                        "mine": given_words(one.item, mine[one.item.pk]),
                        "saved": given_words(one.item, theirs),
                    }
                )
        return found

    @staticmethod
    def kept(one: SheetItem) -> Given:
        """What is saved for an item, as an answer is given."""
        answer = one.answer
        if answer is None:
            return Given()
        return Given(answer.value, answer.not_applicable, answer.number, answer.text)

    def rows(self) -> Iterator[tuple[Any, list[dict[str, Any]]]]:
        """Each section with its items as the page draws them."""
        for section in self.sheet.sections:
            yield section, [self._row(one) for one in section.items]

    def _row(self, one: SheetItem) -> dict[str, Any]:
        name = f"i{one.item.pk}"
        comment = self[f"c{one.item.pk}"] if f"c{one.item.pk}" in self.fields else None
        options = option_words(one.item)
        chosen = str(self[name].value() or "")
        if self[name].value() == 0:
            chosen = "0"
        return {
            "one": one,
            "field": self[name],
            "comment": comment,
            "choices": [
                {
                    "value": NOT_APPLICABLE if value is None else str(value),
                    "words": words,
                    "digit": digit,
                    "checked": chosen == (NOT_APPLICABLE if value is None else str(value)),
                    "id": f"id_{name}_{place}",
                }
                for place, ((value, words), digit) in enumerate(zip(options.items(), digits(one.item), strict=True))
            ],
        }


def given_words(item: Item, given: Given) -> str:
    """An answer in words: the option, the number, and what was written."""
    parts = []
    if given.value is not None or given.not_applicable:
        parts.append(option_words(item).get(given.value, ""))
    if given.number is not None:
        parts.append(number_words(given.number))
    parts += [given.text] if given.text else []
    return ". ".join(parts)


def digits(item: Item) -> list[int]:
    """The key for each option: its own value where the scale counts from 1, else its place; 0 is "does not apply"."""
    if item.scale is None:
        return []
    values = [option["value"] for option in item.scale.options]
    keys = values if min(values) > 0 else list(range(1, len(values) + 1))
    return keys + [0] * item.scale.allow_na


def _scale(one: SheetItem, label: str, whole: bool) -> forms.ChoiceField:
    choices = [
        (NOT_APPLICABLE if value is None else str(value), words) for value, words in option_words(one.item).items()
    ]
    answer, initial = one.answer, ""
    if answer and answer.not_applicable:
        initial = NOT_APPLICABLE
    elif answer and answer.value is not None:
        initial = str(answer.value)
    missing = _now("Answer item %(number)d: %(text)s") % {"number": one.number, "text": label}
    return forms.ChoiceField(
        label=label,
        choices=choices,
        widget=forms.RadioSelect,
        required=whole,
        initial=initial,
        error_messages={"required": missing},
    )


class NumberField(forms.DecimalField):
    """A number with a decimal point or comma, whatever the reader's language."""

    def to_python(self, value: Any) -> Decimal | None:
        """The number, None for nothing. Raises ValidationError."""
        return super().to_python(value.replace(",", ".") if isinstance(value, str) else value)


def _number(label: str, initial: Decimal | None) -> NumberField:
    return NumberField(
        label=label,
        required=False,
        min_value=0,
        max_digits=9,
        decimal_places=2,
        initial=number_words(initial),
        widget=forms.TextInput(attrs={"class": "w-minutes", "inputmode": "decimal"}),
    )
