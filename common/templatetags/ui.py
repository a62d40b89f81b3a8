"""Template tags of the look: icons, states, error summaries, theme, undo.

Each tag gives HTML that is safe to put anywhere in a page; arguments are escaped.
"""

from collections.abc import Iterable
from functools import cache
from typing import Any
from urllib.parse import quote, unquote

from django import template
from django.conf import settings
from django.contrib.messages.storage.base import Message
from django.forms import BaseForm, BoundField
from django.forms.formsets import BaseFormSet
from django.template import Context
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst

from common.error_summary import forms_with_errors, sentences, summary

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
@cache  # a page draws up to a hundred, and each address is looked up and escaped anew
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
    return format_html('<span class="status status-{}">{}{}</span>', kind, drawing, capfirst(text))


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


register.filter("sentences", sentences)


@register.inclusion_tag("components/error_summary.html", takes_context=True)
def page_errors(context: Context) -> dict[str, Any]:
    """Summarise the errors of every form that the page was given, under whatever name."""
    unique = {id(form): form for form in forms_with_errors(context.flatten().values())}
    return summary(unique.values())


@register.inclusion_tag("components/error_summary.html")
def error_summary(form: BaseForm | BaseFormSet) -> dict[str, Any]:
    """Summarise one form's errors, unless the top of the page has done so."""
    return summary(forms_with_errors([form]))


@register.simple_tag(takes_context=True)
def has_errors(context: Context) -> bool:
    """Tell whether any form of the page has errors: the title then begins with "Error:"."""
    return any(True for _form in forms_with_errors(context.flatten().values()))


@register.filter
def search_first(fields: Iterable[BoundField]) -> tuple[list[BoundField], list[BoundField]]:
    """The fields of a row of filters in two parts: the search, and what more than two filters fold away under.

    Up to two filters stand beside the search, and everything does where there is no search.
    """
    fields = list(fields)
    search = [one for one in fields if one.name == "q"]
    rest = [one for one in fields if one.name != "q"]
    return (search, rest) if search and len(rest) > 2 else (fields, [])
