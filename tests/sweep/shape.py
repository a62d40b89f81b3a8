"""The shape of a page: what axe can tell apart. Two pages whose shapes agree differ in texts and numbers only."""

from __future__ import annotations

import re
from collections.abc import Hashable
from dataclasses import dataclass

from lxml import html

# Attributes whose value is text, an address or a number; that there is one counts, not which.
TEXTS = {"href", "src", "action", "value", "alt", "title", "placeholder", "content", "aria-label", "datetime"}
TEXTS |= {"min", "max"}
REFERS = ("for", "aria-labelledby", "aria-describedby", "aria-controls", "aria-owns", "list", "form")
DIGITS = re.compile(r"\d+")


@dataclass(frozen=True)
class Shape:
    """Of what surrounds every page (the frame) and of the page's own part."""

    frame: Hashable
    own: Hashable


def shape_of(page: html.HtmlElement) -> Shape:
    """Read a whole page; broken references and doubled ids belong to the shape, since axe would find them."""
    main = page.find(".//main")
    broken = _broken(page)
    own = part(main) if main is not None else None
    frame = tuple(part(child) for half in page for child in half if child is not main)
    return Shape((dict(page.attrib).get("data-bs-theme"), frame), (own, broken))


def without_numbers(text: str) -> str:
    """The same for all rows of a table."""
    return DIGITS.sub("0", text)


def part(element: html.HtmlElement) -> Hashable:
    """Tag, attributes, whether it has text of its own, and its parts; a part like one before it counts once, since
    five rows hold nothing that two rows of their kinds do not."""
    if not isinstance(element.tag, str):
        return None
    attributes = tuple(sorted((name, _value(name, value)) for name, value in element.attrib.items()))
    parts: list[Hashable] = []
    text = bool((element.text or "").strip())
    for child in element:
        one = part(child)
        text = text or bool((child.tail or "").strip())
        if one is not None and one not in parts:
            parts.append(one)
    return element.tag, attributes, text, tuple(parts)


def _value(name: str, value: str) -> str:
    if name in TEXTS or name.startswith("data-"):
        return "some" if value.strip() else ""
    return without_numbers(value)


def _broken(page: html.HtmlElement) -> tuple[str, ...]:
    """Ids that stand twice, and references to none."""
    ids = [str(one) for one in page.xpath("//@id")]
    twice = {without_numbers(one) for one in ids if ids.count(one) > 1}
    known = set(ids)
    lost = {
        f"{name}={DIGITS.sub('0', one)}"
        for name in REFERS
        for value in page.xpath(f"//@{name}")
        for one in str(value).split()
        if one not in known
    }
    return tuple(sorted(twice | lost))
