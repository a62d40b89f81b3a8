"""What people write into the forms of a page: nothing, something odd, or what stands there already."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from lxml import html

Answer = Any
Fields = dict[str, list[Any]]

# By the field's type; all else gets a word. None is a day, a number, an address or a choice.
ODD = {"date": "31.02.2026", "time": "25:61", "number": "-1", "email": "nobody at home", "tel": "abc", "url": "x"}
ODD_WORD = "Nothing like this ﷽ <b>"
LEFT_ALONE = frozenset({"hidden", "submit", "button", "reset", "image"})


def forms_of(page: html.HtmlElement) -> list[html.FormElement]:
    """The forms of the page's own part; those of the frame change colours and language or sign out."""
    return list(page.xpath("//main//form"))


def answers(client: Client, form: html.FormElement, here: str) -> Iterator[Answer]:
    """Send the form empty, odd, and as it stands by each of its buttons; what comes back each time."""
    where = urljoin(here, form.get("action") or here)
    buttons = form.xpath(".//button[not(@type) or @type='submit']")
    first = buttons[:1]
    for fields in (_emptied(form), _odd(form)):
        yield _send(client, form, where, fields | _pressed(first))
    for button in buttons:
        at = urljoin(here, button.get("formaction") or where)
        yield _send(client, form, at, _as_shown(form) | _pressed([button]))


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
