"""What people write into the forms of a page: nothing, something odd, or what stands there already."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from lxml import html

from onboarding.demo.cast import PASSWORD

Answer = Any
Fields = dict[str, list[Any]]

# By the field's type; all else gets a word. None is a day, a number, an address or a choice.
ODD = {"date": "31.02.2026", "time": "25:61", "number": "-1", "email": "nobody at home", "tel": "abc", "url": "x"}
ODD_WORD = "Nothing like this ﷽ <b>"
PROPER = {"date": "2026-11-24", "time": "10:00", "number": "1", "email": "new@solvik.example", "tel": "55501000"}
PROPER |= {"url": "https://example.org/", "password": PASSWORD}
PROPER_WORDS = "Written in a field that was empty"
LEFT_ALONE = frozenset({"hidden", "submit", "button", "reset", "image"})


def forms_of(page: html.HtmlElement) -> list[html.FormElement]:
    """The forms of the page's own part; those of the frame change colours and language or sign out."""
    return list(page.xpath("//main//form"))


def answers(client: Client, form: html.FormElement, here: str) -> Iterator[Answer]:
    """Send the form empty, odd, and as it stands by each of its buttons; what comes back each time."""
    yield from wrong_answers(client, form, here)
    for button in buttons_of(form):
        yield _send(client, form, target(form, button, here), _as_shown(form) | _pressed([button]))


def wrong_answers(client: Client, form: html.FormElement, here: str) -> Iterator[Answer]:
    """Send the form empty and odd, by its first button; what comes back each time."""
    where = urljoin(here, form.get("action") or here)
    for fields in (_emptied(form), _odd(form)):
        yield _send(client, form, where, fields | _pressed(buttons_of(form)[:1]))


def filled_in(
    client: Client, form: html.FormElement, button: html.HtmlElement, here: str, more: Fields | None = None
) -> Answer:
    """Send the form as it stands, with what must be filled in and is empty filled in, and `more` as it says."""
    fields = _as_shown(form)
    for name in form.fields:
        if not any(fields.get(name, ())) and (name not in (more or {})) and (value := _proper(form, name)):
            fields[name] = [value]
    return _send(client, form, target(form, button, here), fields | (more or {}) | _pressed([button]))


def is_posted(form: html.FormElement) -> bool:
    """Whether the form changes something, rather than asks."""
    return str(form.get("method") or "get").lower() == "post"


def is_filled_in(form: html.FormElement) -> bool:
    """Whether the form has anything beside hidden fields and buttons."""
    return any(_kind(form, name) not in LEFT_ALONE for name in form.fields)


def buttons_of(form: html.FormElement) -> list[html.HtmlElement]:
    """What sends the form."""
    return list(form.xpath(".//button[not(@type) or @type='submit']"))


def target(form: html.FormElement, button: html.HtmlElement, here: str) -> str:
    """Where this button sends the form from the page `here`."""
    return urljoin(here, button.get("formaction") or form.get("action") or here)


def _proper(form: html.FormElement, name: str) -> str:
    """Something that may stand in a field that must be filled in: the first that is offered, else by its type."""
    found = form.xpath(".//*[@name=$name and @required]", name=name)
    if not found:
        return ""
    if found[0].tag == "select":
        offered = [str(one.get("value")) for one in found[0].iter("option") if one.get("value")]
        return offered[0] if offered else ""
    kind = _kind(form, name)
    if kind in ("radio", "checkbox"):
        return str(found[0].get("value") or "on")
    return PROPER.get(kind, PROPER_WORDS)


def _send(client: Client, form: html.FormElement, where: str, fields: Fields) -> Answer:
    parts = urlsplit(where)
    path = parts.path + (f"?{parts.query}" if parts.query else "")
    if (form.get("method") or "get").lower() == "get":
        return client.get(parts.path, {name: values for name, values in fields.items() if values})
    return client.post(path, fields)


def _pressed(buttons: list[html.HtmlElement]) -> Fields:
    return {button.get("name"): [button.get("value") or ""] for button in buttons if button.get("name")}


def _as_shown(form: html.FormElement) -> Fields:
    fields: Fields = {}
    for name, value in form.form_values():
        fields.setdefault(name, []).append(value)
    return fields


def _emptied(form: html.FormElement) -> Fields:
    return {name: values for name, values in _as_shown(form).items() if _kind(form, name) in LEFT_ALONE}


def _odd(form: html.FormElement) -> Fields:
    fields = _emptied(form)
    for name in form.fields:
        kind = _kind(form, name)
        if kind == "file":
            fields[name] = [SimpleUploadedFile("odd.xlsx", b"not a sheet")]
        elif kind not in LEFT_ALONE:
            fields[name] = [ODD.get(kind, ODD_WORD)]
    return fields


def _kind(form: html.FormElement, name: str) -> str:
    """Of the field of that name; without one, its tag."""
    found = form.xpath(".//*[@name=$name]", name=name)
    if not found:
        return "text"
    return str(found[0].get("type") or found[0].tag)
