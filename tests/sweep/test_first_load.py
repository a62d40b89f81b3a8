"""What a first look at home takes over the line, without the fonts: the budget of the design, for the fullest home."""

from __future__ import annotations

from typing import Any

import pytest
from lxml import html

from tests.sweep.pages import with_parts
from tests.sweep.window import Window
from tests.sweep.world import World

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
BUDGET = 150_000


@pytest.mark.parametrize("who", ["coach", "leader", "coordinator"])
def test_home_is_small(who: str, world: World, window: Window, chromium: Any) -> None:
    client = world.client(who)
    home = client.get("/")
    for address, part in with_parts(html.document_fromstring(home.content.decode()), client).items():
        window.put(address, part)
    context = chromium.new_context()
    sizes: dict[str, int] = {}
    page = context.new_page()
    page.on("response", lambda answer: sizes.update({answer.url: len(answer.body())}))
    page.goto(window.put("/", home), wait_until="networkidle")
    context.close()
    assert [url for url in sizes if not url.startswith(window.url)] == []
    assert any(url.endswith("htmx.min.js") for url in sizes)
    assert sum(size for url, size in sizes.items() if "/fonts/" not in url) < BUDGET, sizes
