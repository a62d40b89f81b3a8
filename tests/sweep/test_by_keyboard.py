"""By keyboard alone, at 320 pixels (a wide screen at 400 %): everything is reached in the order it is read, seen when
it is reached, under no bar, and the way leads out again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.sweep.rows import ROWS
from tests.sweep.window import Window
from tests.sweep.world import World

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

MAIN_PAGES = {
    "coordinator": "overview:home overview:workbench people:list certification:candidates overview:trail",
    "mentor": "overview:home coaches:my_places certification:decide supervision:sessions",
    "coach": "overview:home coaches:my_places supervision:plan checklists:fill checklists:compare",
    "leader": "overview:home supervision:goals practice:group practice:recording supervision:question",
    "observer": "overview:home overview:coverage",
}
SIDEWAYS = "document.documentElement.scrollWidth > document.documentElement.clientWidth + 1"
MOST = 250
# What is wrong with the element that has the focus; null when the way has led out, or round to the beginning.
LOOK = """() => {
  const one = document.activeElement;
  if (!one || one === document.body || (window.before && one.matches(".skip"))) return null;
  const wrong = [];
  const name = one.outerHTML.slice(0, 90);
  const before = window.before;
  const back = before && before.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_PRECEDING;
  if (back) wrong.push("goes back");
  window.before = one;
  const shown = [one, one.parentElement].some((each) => {
    const style = getComputedStyle(each);
    return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  });
  // the parts of a field for days are the browser's own, with its own ring
  if (!shown && before !== one) wrong.push("not seen");
  const box = one.getBoundingClientRect();
  const across = box.left + Math.min(box.width, innerWidth) / 2;
  const at = document.elementFromPoint(across, box.top + Math.min(box.height, innerHeight / 2) / 2);
  const there = at && (one.contains(at) || at.contains(one) || at.closest("label")?.contains(one));
  if (!there) wrong.push("under " + (at ? at.className || at.tagName : "nothing"));
  return wrong.map((what) => what + ": " + name);
}"""


@pytest.fixture(scope="module")
def narrow(chromium: Any) -> Iterator[Any]:
    context = chromium.new_context(viewport={"width": 320, "height": 640}, reduced_motion="reduce")
    yield context.new_page()
    context.close()


def walk(page: Any) -> tuple[list[str], int]:
    """What is wrong on the way through the page by Tab, and how many stops there are."""
    wrong: list[str] = []
    for stops in range(MOST):
        page.keyboard.press("Tab")
        found = page.evaluate(LOOK)
        if found is None:
            return wrong, stops
        wrong += found
    return [*wrong, "no way out"], MOST


@pytest.mark.parametrize(("who", "name"), [(who, name) for who, names in MAIN_PAGES.items() for name in names.split()])
def test_by_keyboard_at_320_pixels(who: str, name: str, world: World, window: Window, narrow: Any) -> None:
    response = world.client(who).get(ROWS[name].address(name, world), follow=True)
    assert response.status_code == 200
    narrow.goto(window.put(f"/{name}/{who}/", response), wait_until="load")
    assert not narrow.evaluate(SIDEWAYS)
    wrong, stops = walk(narrow)
    assert wrong == []
    assert stops > 8
    assert not narrow.evaluate(SIDEWAYS)


def test_what_is_wrong_is_found(world: World, window: Window, narrow: Any) -> None:
    """The control: a page on which the order, the ring and the way out are broken."""
    response = world.client("leader").get("/help/")
    response.content = (
        "<html lang=en><title>Wrong</title><style>#dim:focus { outline: none }</style><main>"
        "<a href=#2 tabindex=2>second</a> <a href=#1 tabindex=1>first</a> <a href=# id=dim>dim</a>"
        "<div style='position: fixed; inset: 0 0 auto 0; height: 3rem; background: #fff' class=bar></div>"
        "<button id=trap>trap</button></main><script>trap.onkeydown = (key) => key.preventDefault()</script>"
    )
    del response.headers["Content-Security-Policy"]
    narrow.goto(window.put("/wrong/", response))
    wrong, _stops = walk(narrow)
    found = "\n".join(wrong)
    assert [word for word in ("goes back", "not seen", "under bar", "no way out") if word not in found] == []
