"""Errors of forms as sentences: the same at the field and in the summary on top of the page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, time
from typing import Any, TypeAlias

from django import forms
from django.contrib.humanize.templatetags.humanize import apnumber
from django.core.exceptions import ValidationError
from django.forms import BaseForm, BoundField
from django.forms.formsets import BaseFormSet
from django.utils.text import capfirst
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common.dates import clock, short_day

AnyForm: TypeAlias = "BaseForm | BaseFormSet[Any]"


def focus_id(field: BoundField) -> str:
    """Return the id of what gets the focus when somebody follows an error to its field."""
    if field.id_for_label:
        return field.id_for_label
    return f"{field.auto_id}_0" if field.use_fieldset else f"{field.auto_id}"


def forms_with_errors(values: Iterable[Any], depth: int = 2) -> Iterator[AnyForm]:
    """Find every bound form or formset with errors among the values, also in lists and mappings `depth` deep."""
    if not depth:
        return
    for value in values:
        if isinstance(value, BaseForm | BaseFormSet):
            if value.is_bound and not value.is_valid():
                yield value
        elif isinstance(value, Mapping):
            yield from forms_with_errors(value.values(), depth - 1)
        elif isinstance(value, list | tuple):
            yield from forms_with_errors(value, depth - 1)


def _odd_moment(field: forms.Field, error: ValidationError) -> str:
    """Say how a day or a time is written, in place of Django's "Enter a valid date."; else empty."""
    if not isinstance(field, forms.DateField | forms.TimeField) or error.code != "invalid":
        return ""
    if error.message != type(field).default_error_messages["invalid"]:
        return ""
    if isinstance(field, forms.DateField):
        example = short_day(date(localdate().year, 11, 24))
        return _("There is no such day. Write it like this: %(example)s") % {"example": example}
    return _("There is no such time. Write it like this: %(example)s") % {"example": clock(time(13, 0))}


def _missing(field: BoundField, error: ValidationError) -> str:
    """Name the field that is empty, in place of Django's "This field is required."; else empty."""
    if error.code != "required" or error.message != forms.Field.default_error_messages["required"]:
        return ""
    label = {"label": field.label}
    if isinstance(field.field, forms.BooleanField):
        return _("Tick “%(label)s” to go on") % label
    if isinstance(field.field, forms.FileField):
        return _("Choose a file for “%(label)s”") % label
    if isinstance(field.field, forms.ChoiceField):
        return _("Choose an answer for “%(label)s”") % label
    return _("Fill in “%(label)s”") % label


def _not_offered(field: BoundField, error: ValidationError) -> str:
    """Ask for a choice again, in place of Django's "Select a valid choice."; else empty."""
    if not isinstance(field.field, forms.ChoiceField) or error.code not in ("invalid_choice", "invalid_pk_value"):
        return ""
    if error.message != type(field.field).default_error_messages.get(error.code):
        return ""
    return _("Choose an answer for “%(label)s”") % {"label": field.label}


def sentences(field: BoundField) -> list[str]:
    """Return a field's errors as whole sentences. What a form or a rule wrote itself is kept as it is."""
    return [
        _missing(field, error) or _not_offered(field, error) or _odd_moment(field.field, error) or str(text)
        for error in field.errors.as_data()
        for text in error
    ]


def _entries(form: AnyForm) -> Iterator[dict[str, str]]:
    """List a form's errors as sentence and id to go to; a formset's form by form."""
    if isinstance(form, BaseFormSet):
        yield from ({"text": str(text), "id": ""} for text in form.non_form_errors())
        for part in form.forms:
            yield from _entries(part)
        return
    yield from ({"text": str(text), "id": ""} for text in form.non_field_errors())
    for field in form:
        yield from ({"text": text, "id": focus_id(field)} for text in sentences(field))


def summary(found: Iterable[AnyForm]) -> dict[str, Any]:
    """Gather the errors of forms not yet summarised on this page, and remember that they now are."""
    entries: list[dict[str, str]] = []
    for form in found:
        if not getattr(form, "is_summarised", False):
            form.is_summarised = True  # type: ignore[union-attr]
            entries += _entries(form)
    number = len(entries)
    heading = ngettext("One thing is missing or wrong", "%(number)s things are missing or wrong", number) % {
        "number": capfirst(str(apnumber(number)))
    }
    return {"entries": entries, "heading": heading}
