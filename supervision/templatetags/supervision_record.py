"""Fields of a record, as the house draws them (`templates/bootstrap5/field.html`), written out in Python.

A record has a hundred fields; through the templates of single fields its page would take four times as long. A test
holds both against each other.
"""

from __future__ import annotations

from typing import Any

from django import forms, template
from django.forms import BoundField
from django.forms.boundfield import BoundWidget
from django.forms.utils import flatatt
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import pgettext

from common.error_summary import sentences
from common.fields import choices_of
from common.templatetags.ui import described_by, icon, readers

register = template.Library()
_PLAIN_INPUTS = (forms.TextInput, forms.Textarea)


@register.simple_tag
def record_field(field: BoundField, shape: str = "") -> SafeString:
    """One field with label, need, help, error and readers; radios stand in one row."""
    widget = field.field.widget
    if field.is_hidden:
        return mark_safe(str(field))
    if type(widget) is forms.RadioSelect:
        return _radios(field)
    if isinstance(widget, forms.CheckboxInput):
        return _tick(field)
    if isinstance(widget, forms.CheckboxSelectMultiple):
        return _ticks(field)
    css = "form-select" if isinstance(widget, forms.Select) else "form-control"
    return format_html(
        '<div id="div_{}" class="field"><label for="{}" class="form-label">{}{}</label>{}{}{}</div>',
        field.auto_id,
        field.id_for_label,
        field.label,
        _need(field),
        _help(field),
        _control(field, css),
        _after(field),
    )


def _control(field: BoundField, css: str, **more: str) -> SafeString:
    """The input itself: text fields straight away, others by Django."""
    widget = field.field.widget
    attrs: dict[str, Any] = {**widget.attrs, **more}
    attrs["class"] = " ".join(
        part for part in (widget.attrs.get("class"), css, "is-invalid" * bool(field.errors)) if part
    )
    if ids := described_by(field):
        attrs["aria-describedby"] = ids
    if type(widget) not in _PLAIN_INPUTS:
        return field.as_widget(attrs=attrs)
    attrs |= {"name": field.html_name, "id": field.auto_id}
    if field.errors:
        attrs["aria-invalid"] = "true"
    value = widget.format_value(field.value()) or ""
    if isinstance(widget, forms.Textarea):
        return format_html("<textarea{}>\n{}</textarea>", flatatt(attrs), value)
    if value:
        attrs["value"] = value
    return format_html('<input type="text"{}>', flatatt(attrs))


def _radios(field: BoundField) -> SafeString:
    """A question whose answers stand in one row."""
    described = format_html(' aria-describedby="{}"', ids) if (ids := described_by(field)) else ""
    chosen = str(field.value() or "")
    options = format_html_join(
        "",
        '<label for="{}_{}"><input type="radio" name="{}" value="{}" id="{}_{}"{}{}>{}{}</label>',
        (
            (
                field.auto_id,
                place,
                field.html_name,
                key,
                field.auto_id,
                place,
                mark_safe(" checked" if str(key) == chosen else ""),
                mark_safe(' aria-invalid="true"' if field.errors else ""),
                icon("check"),
                label,
            )
            for place, (key, label) in enumerate(choices_of(field.field))
        ),
    )
    return format_html(
        '<fieldset id="div_{}" class="field"{}><legend>{}{}</legend>{}<div class="choices">{}</div>{}</fieldset>',
        field.auto_id,
        described,
        field.label,
        _need(field),
        _help(field),
        options,
        _after(field),
    )


def _ticks(field: BoundField) -> SafeString:
    """A question with several answers, one below the other, perhaps in groups."""
    chosen = {str(one) for one in field.value() or []}
    parts = []
    for place, (key, label) in enumerate(choices_of(field.field)):
        if not isinstance(label, list | tuple):
            parts.append(_one_tick(field, f"{place}", key, label, str(key) in chosen))
            continue
        parts.append(format_html('<p class="label">{}</p>', key))
        parts += [
            _one_tick(field, f"{place}_{inner}", value, words, str(value) in chosen)
            for inner, (value, words) in enumerate(label)
        ]
    described = format_html(' aria-describedby="{}"', ids) if (ids := described_by(field)) else ""
    return format_html(
        '<fieldset id="div_{}" class="field"{}><legend>{}{}</legend>{}{}{}</fieldset>',
        field.auto_id,
        described,
        field.label,
        _need(field),
        _help(field),
        mark_safe("".join(parts)),
        _after(field),
    )


def _one_tick(field: BoundField, place: str, value: str, words: str, checked: bool) -> SafeString:
    one = f"{field.auto_id}_{place}"
    more = flatatt({"checked": checked, "aria-invalid": "true" if field.errors else False})
    return format_html(
        '<div class="form-check"><input type="checkbox" class="form-check-input{}" name="{}" value="{}" id="{}"{}>'
        '<label for="{}" class="form-check-label">{}</label></div>',
        " is-invalid" if field.errors else "",
        field.html_name,
        value,
        one,
        more,
        one,
        words,
    )


def _tick(field: BoundField) -> SafeString:
    """One tick box."""
    return format_html(
        '<div id="div_{}" class="field"><div class="form-check"><input type="checkbox" class="form-check-input{}" '
        'name="{}" id="{}"{}><label for="{}" class="form-check-label">{}{}</label></div>{}{}</div>',
        field.auto_id,
        " is-invalid" if field.errors else "",
        field.html_name,
        field.auto_id,
        flatatt({"checked": bool(field.value()), "aria-describedby": described_by(field) or False}),
        field.id_for_label,
        field.label,
        _need(field),
        _help(field),
        _after(field),
    )


def _need(field: BoundField) -> SafeString:
    required = field.field.required
    words = pgettext("form field", "Required") if required else pgettext("form field", "Optional")
    return format_html('<span class="need">{}</span>', words)


def _help(field: BoundField) -> SafeString:
    if not field.help_text:
        return mark_safe("")
    text = conditional_escape(field.help_text)
    return format_html('<div class="form-text" id="{}_helptext">{}</div>', field.auto_id, text)


def _after(field: BoundField) -> SafeString:
    """Errors, then who reads it."""
    found = mark_safe("")
    if field.errors:
        lines = format_html_join(
            "", '<p class="mb-0">{} {}</p>', ((icon("circle-alert"), one) for one in sentences(field))
        )
        found += format_html('<div class="invalid-feedback d-block" id="{}_error">{}</div>', field.auto_id, lines)
    if sentence := getattr(field.field, "readers", ""):
        found += format_html('<div class="mt-1" id="{}_readers">{}</div>', field.auto_id, readers(sentence))
    return found


@register.simple_tag
def row_errors(*fields: BoundField) -> SafeString:
    """The errors of a row's bare inputs, below the row."""
    found = mark_safe("")
    for field in fields:
        if field.errors:
            lines = format_html_join(
                "", '<p class="mb-0">{} {}</p>', ((icon("circle-alert"), one) for one in sentences(field))
            )
            found += format_html('<div class="invalid-feedback d-block" id="{}_error">{}</div>', field.auto_id, lines)
    return found


@register.filter
def record_input(field: BoundField, css: str) -> SafeString:
    """The bare input of a row whose label stands elsewhere, or in words for screen readers."""
    return _control(field, css) if css == "form-select" else _control(field, css, **{"aria-label": str(field.label)})


@register.filter
def record_radio(option: BoundWidget) -> SafeString:
    """One radio of a choice whose options stand in rows."""
    option.data["attrs"]["class"] = "form-check-input"
    option.data["wrap_label"] = False
    return option.tag(wrap_label=False)
