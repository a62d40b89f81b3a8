"""On paper: every heading and row, who printed it and when, and that it is confidential where it is; no bars."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pypdfium2
import pytest
from django.test import Client
from lxml import html

from tests.sweep.rows import ROWS
from tests.sweep.window import Window
from tests.sweep.world import World

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

# The page, who prints it, which object where it is not the row's own, and whether it is marked as confidential.
PAPERS = [
    ("people:list", "coordinator", {}, False),
    ("overview:workbench", "coordinator", {}, False),
    ("overview:coverage", "coordinator", {}, False),
    ("certification:candidates", "coordinator", {}, False),
    ("certification:certificates", "coordinator", {}, False),
    ("supervision:sessions", "coach", {}, False),
    ("certification:sign_list", "coordinator", {}, False),
    ("certification:candidacy", "coach", {}, True),
    ("supervision:print", "coach", {"pk": "planned"}, True),
    ("supervision:print", "coach", {"pk": "finished"}, True),
    ("checklists:compare", "coach", {}, True),
    ("checklists:over_time", "coach", {}, True),
]
ROW_HEADS = "|".join(
    f".//main//{one}"
    for one in ("h1", "h2", "tbody//th", "ol[contains(@class,'ladder')]//h3", "ol[contains(@class,'rows')]//strong")
)
NOT_FOR_PAPER = {"no-print", "actions", "empty"}
BARS = ".topnav, .menu, footer, .btn, button, .filters, .views, .pager, .savebar, .bulkbar, .messages, .skip"


@pytest.fixture(scope="module")
def printer(chromium: Any) -> Iterator[Any]:
    context = chromium.new_context()
    yield context.new_page()
    context.close()


def letters(text: str) -> str:
    """Without what a line break or a hyphen at its end may have changed."""
    return re.sub(r"[\W_]+", "", text)


def must_stand(page: html.HtmlElement) -> list[str]:
    """The words of each heading and of each row."""
    found = []
    for hidden in page.find_class("visually-hidden"):
        hidden.drop_tree()
    for head in page.xpath(ROW_HEADS):
        around = {name for one in head.iterancestors() for name in one.get("class", "").split()}
        if not NOT_FOR_PAPER & (around | set(head.get("class", "").split())):
            found.append(letters(head.text_content()))
    return found


def printed(printer: Any) -> str:
    with closing(pypdfium2.PdfDocument(io.BytesIO(printer.pdf(format="A4")))) as paper:
        return "\n".join(page.get_textpage().get_text_range() for page in paper)


def put(world: World, window: Window, name: str, who: str, things: dict[str, str]) -> Any:
    from django.urls import reverse

    client: Client = world.client(who)
    given = {argument: world[thing].pk for argument, thing in things.items()}
    response = client.get(reverse(name, kwargs=given) if given else ROWS[name].address(name, world), follow=True)
    assert response.status_code == 200
    return response, window.put(f"/{name}/{who}/", response)


@pytest.mark.parametrize(("name", "who", "things", "is_confidential"), PAPERS)
def test_what_stands_on_paper(
    name: str,
    who: str,
    things: dict[str, str],
    is_confidential: bool,
    world: World,
    window: Window,
    printer: Any,
) -> None:
    response, address = put(world, window, name, who, things)
    printer.emulate_media(media="print")
    printer.goto(address, wait_until="load")
    text = printed(printer)
    on_paper = letters(text)
    rows = must_stand(html.document_fromstring(response.content.decode()))
    assert len(rows) > 1
    assert [row for row in rows if row not in on_paper] == []
    assert letters(f"Skrevet ut av {world[who].name}, 24.11.2026") in on_paper
    assert ("Fortrolig" in text) is is_confidential
    assert "http" not in text
    assert not re.search(r"\S+@\S+", text) or name == "people:list"
    seen = printer.eval_on_selector_all(
        BARS, "all => all.filter(one => one.getClientRects().length).map(one => one.outerHTML)"
    )
    assert seen == []


def test_a_screen_shows_the_bars_and_no_line_for_paper(world: World, window: Window, printer: Any) -> None:
    """The control."""
    _response, address = put(world, window, "people:list", "coordinator", {})
    printer.emulate_media(media="screen")
    printer.goto(address)
    assert printer.locator(".topnav").is_visible()
    assert printer.locator(".btn").first.is_visible()
    assert not printer.locator(".paper-line").is_visible()
