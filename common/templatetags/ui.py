"""Template tags of the look: icons, states, error summaries, theme, undo.

Each tag gives HTML that is safe to put anywhere in a page; arguments are escaped.
"""

from collections.abc import Iterator, Mapping
from typing import Any
from datetime import date, time
from urllib.parse import quote, unquote

from django import forms, template
from django.conf import settings
from django.contrib.humanize.templatetags.humanize import apnumber
from django.contrib.messages.storage.base import Message
from django.core.exceptions import ValidationError
from django.forms import BaseForm, BoundField
from django.forms.formsets import BaseFormSet
from django.template import Context
from django.templatetags.static import static
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

register = template.Library()

THEMES = ("light", "dark")
STATUS_ICONS = {
    "done": "circle-check",
    "yours": "pencil",
    "wait": "hourglass",
    "late": "triangle-alert",
    "shut": "lock",
    "none": "circle-dashed",
}
MESSAGE_ICONS = {"success": "circle-check", "warning": "triangle-alert", "error": "circle-alert"}
MESSAGE_CLASSES = {"success": "success", "warning": "warning", "error": "danger"}
UNDO = "undo="


@register.simple_tag
def sprite(name: str) -> str:
    """Return the address of one drawing in the sprite, for `<use href="…">`."""
    return f"{static('img/sprite.svg')}#{name}"


@register.simple_tag
def icon(name: str, css: str = "") -> SafeString:
    """Draw an icon. It is silent for screen readers: a word always stands beside it."""
    return format_html(
        '<svg class="icon{}" aria-hidden="true"><use href="{}"/></svg>', f" {css}" if css else "", sprite(name)
    )


@register.simple_tag
def status(kind: str, text: str, icon_name: str = "") -> SafeString:
    """Show a state as shape, word and colour.

    `kind`: done, yours (asks for something), wait (for somebody else), late, shut, none.
    Raises KeyError for any other kind, so that a slip of the pen is found by the first test that renders it.
    """
    drawing = icon(icon_name or STATUS_ICONS[kind])
    return format_html('<span class="status status-{}">{}{}</span>', kind, drawing, text)


@register.simple_tag
def tag(text: str) -> SafeString:
    """Show a fact about something, quietly framed."""
    return format_html('<span class="tag">{}</span>', text)


@register.simple_tag
def badge(number: int, label: str = "", quiet: bool = False) -> SafeString:
    """Show a count; `label` says for screen readers what is counted."""
    hidden = format_html('<span class="visually-hidden"> {}</span>', label) if label else ""
    return format_html('<span class="badge{}">{}{}</span>', " is-quiet" if quiet else "", number, hidden)


@register.simple_tag
def readers(sentence: str) -> SafeString:
    """Say who reads a confidential field; nothing for an empty sentence."""
    if not sentence:
        return mark_safe("")
    return format_html('<p class="readers">{}<span>{}</span></p>', icon("lock"), sentence)


def theme_cookie() -> str:
    """Return the name of the cookie that keeps the choice of colours; tied to this host over https."""
    return "__Host-theme" if settings.SESSION_COOKIE_SECURE else "theme"


@register.simple_tag(takes_context=True)
def theme(context: Context) -> str:
    """Return the colour scheme that the reader chose: light, dark, or empty for the browser's wish."""
    request = context.get("request")
    chosen = request.COOKIES.get(theme_cookie(), "") if request else ""
    return chosen if chosen in THEMES else ""


@register.filter
def message_icon(message: Message) -> SafeString:
    """Draw the icon of a message's level."""
    return icon(MESSAGE_ICONS.get(message.level_tag, "info"))


@register.filter
def message_class(message: Message) -> str:
    """Return the Bootstrap word for a message's level."""
    return MESSAGE_CLASSES.get(message.level_tag, "info")


def undo_tag(url: str) -> str:
    """Make `extra_tags` for a message that offers an undo: a button that posts to `url`, a path of ours."""
    return UNDO + quote(url, safe="/")


@register.filter
def undo_url(message: Message) -> str:
    """Return the path that takes the act of this message back, or empty."""
    for word in (message.extra_tags or "").split():
        if word.startswith(UNDO):
            return unquote(word.removeprefix(UNDO))
    return ""


@register.filter
def described_by(field: BoundField) -> str:
    """Return the ids that describe a field, in the order in which they stand: help, error, readers."""
    if not field.auto_id:
        return ""
    parts = [
        ("helptext", field.help_text),
        ("error", field.errors),
        ("readers", getattr(field.field, "readers", "")),
    ]
    return " ".join(f"{field.auto_id}_{part}" for part, there in parts if there)


@register.simple_tag
def describe(field: BoundField) -> str:
    """Tie a field to its help, error and readers for screen readers. Renders nothing itself."""
    ids = described_by(field)
    if ids and not field.use_fieldset:
        field.field.widget.attrs["aria-describedby"] = ids
    return ""


@register.filter
def focus_id(field: BoundField) -> str:
    """Return the id of what gets the focus when somebody follows an error to its field."""
    if field.id_for_label:
        return field.id_for_label
    return f"{field.auto_id}_0" if field.use_fieldset else f"{field.auto_id}"


def forms_with_errors(values: Iterator[Any]) -> Iterator[BaseForm | BaseFormSet]:
    """Find every bound form or formset with errors among the values, also in lists and mappings."""
    for value in values:
        if isinstance(value, BaseForm | BaseFormSet):
            if value.is_bound and not value.is_valid():
                yield value
        elif isinstance(value, Mapping):
            yield from forms_with_errors(iter(value.values()))
        elif isinstance(value, list | tuple):
            yield from forms_with_errors(iter(value))


def _plain_sentence(field: BoundField, error: ValidationError) -> str:
    """Replace Django's bare "This field is required." by a sentence that names the field and what to do.

    Messages that a form or a rule wrote itself are kept.
    """
    own = field.field
    if error.code == "invalid" and isinstance(own, forms.DateField | forms.TimeField):
        if error.message == type(own).default_error_messages["invalid"]:
            if isinstance(own, forms.DateField):
                return _("There is no such day. Write it like this: %(example)s") % {
                    "example": date_format(date(date.today().year, 11, 24), "SHORT_DATE_FORMAT")
                }
            return _("There is no such time. Write it like this: %(example)s") % {
                "example": date_format(time(13, 0), "TIME_FORMAT")
            }
    if error.code != "required" or error.message != forms.Field.default_error_messages["required"]:
        return str(next(iter(error)))
    label = {"label": field.label}
    if isinstance(own, forms.BooleanField):
        return _("Tick “%(label)s” to go on") % label
    if isinstance(own, forms.FileField):
        return _("Choose a file for “%(label)s”") % label
    if isinstance(own, forms.ChoiceField | forms.ModelChoiceField):
        return _("Choose an answer for “%(label)s”") % label
    return _("Fill in “%(label)s”") % label


@register.filter
def sentences(field: BoundField) -> list[str]:
    """Return a field's errors as whole sentences, the same at the field and in the summary."""
    return [_plain_sentence(field, error) for error in field.errors.as_data()]


def _entries(form: BaseForm | BaseFormSet) -> Iterator[dict[str, str]]:
    """List a form's errors as sentence and id to go to; a formset's form by form."""
    if isinstance(form, BaseFormSet):
        yield from ({"text": text, "id": ""} for text in form.non_form_errors())
        for part in form.forms:
            yield from _entries(part)
        return
    yield from ({"text": text, "id": ""} for text in form.non_field_errors())
    for field in form:
        yield from ({"text": text, "id": focus_id(field)} for text in sentences(field))


def _summary(forms: list[BaseForm | BaseFormSet]) -> dict[str, Any]:
    """Gather the errors of forms not yet summarised on this page, and remember that they now are."""
    entries: list[dict[str, str]] = []
    for form in forms:
        if not getattr(form, "is_summarised", False):
            form.is_summarised = True  # type: ignore[union-attr]
            entries += _entries(form)
    number = len(entries)
    heading = ngettext("One thing is missing or wrong", "%(number)s things are missing or wrong", number) % {
        "number": capfirst(str(apnumber(number)))
    }
    return {"entries": entries, "heading": heading}


@register.inclusion_tag("components/error_summary.html", takes_context=True)
def page_errors(context: Context) -> dict[str, Any]:
    """Summarise the errors of every form that the page was given, under whatever name."""
    unique = {id(form): form for form in forms_with_errors(iter(context.flatten().values()))}
    return _summary(list(unique.values()))


@register.inclusion_tag("components/error_summary.html")
def error_summary(form: BaseForm | BaseFormSet) -> dict[str, Any]:
    """Summarise one form's errors, unless the top of the page has done so."""
    return _summary(list(forms_with_errors(iter([form]))))


@register.simple_tag(takes_context=True)
def has_errors(context: Context) -> bool:
    """Tell whether any form of the page has errors: the title then begins with "Error:"."""
    return any(True for _form in forms_with_errors(iter(context.flatten().values())))


@register.filter
def grow(name: str) -> str:
    """Give the search field of a row of filters the room that is left."""
    return "grow" if name == "q" else ""
