"""No page shuts anybody out: axe, nothing sideways, nothing in the console, on every page of the sweep.

Each address is opened as each person who sees it (tests/sweep/rows.py: a new address is looked at by itself), each
form of the page is sent empty, odd and as it stands, and what comes back is looked at too. Everything folded is
unfolded, each menu of the bar is opened. A page whose markup differs from those before only in texts and numbers is
not looked at again (tests/sweep/shape.py). Widths and schemes are taken in turn; `script/test --full` looks at every
page as every person at all of them.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import cycle, product
from pathlib import Path
from typing import Any
from zlib import crc32

import pytest
from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.test import Client
from django.urls import reverse

from accounts.models import User
from certification.models import Certificate
from programmes.actions.invitations import invite, link_token
from programmes.tests.factories import MembershipFactory
from supervision.reply_links import reply_token
from tests.sweep.pages import VISITOR, Claims, Pages, Shown
from tests.sweep.rows import ROWS, WITHOUT_ROW
from tests.sweep.window import Window
from tests.sweep.world import World

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

AXE = (Path(__file__).parent.parent / "vendor" / "axe-core" / "axe.min.js").read_bytes()
LOOK = (Path(__file__).parent / "look.js").read_text()
AXE_AT = "/axe.min.js"
LOOKS = list(product((1280, 390), ("light", "dark")))
FULL = bool(os.environ.get("TEST_FULL"))


@dataclass
class Looker:
    """A browser at each width and scheme, and what was wrong in it."""

    browser: Any
    window: Window
    wrong: list[str] = field(default_factory=list)
    seen: int = 0

    def __post_init__(self) -> None:
        self.pages = {look: self.new_page(*look) for look in LOOKS}
        self.now = ""

    def new_page(self, width: int, scheme: str) -> Any:
        """A page of its own; what its console says is noted."""
        context = self.browser.new_context(
            viewport={"width": width, "height": 900}, color_scheme=scheme, reduced_motion="reduce"
        )
        page = context.new_page()
        page.on("console", lambda said: self.note(f"console: {said.text}") if said.type == "error" else None)
        page.on("pageerror", lambda error: self.note(f"script: {error}"))
        return page

    def note(self, what: str) -> None:
        """Something is wrong on the page that is open."""
        self.wrong.append(f"{self.now}: {what}")

    def look(self, shown: Shown, look: tuple[int, str]) -> None:
        """Open the page and note what is wrong with it."""
        self.now = f"{shown} {look[0]} {look[1]}"
        for address, part in shown.parts.items():
            self.window.put(address, part)
        until = "networkidle" if shown.parts else "load"
        self.pages[look].goto(self.window.put(shown.address, shown.response), wait_until=until)
        self.examine(look, menus=shown.new_frame)

    def examine(self, look: tuple[int, str], *, menus: bool = True) -> None:
        """Note what is wrong with the page that is open."""
        self.seen += 1
        self.pages[look].add_script_tag(url=self.window.url + AXE_AT)
        for what in self.pages[look].evaluate(LOOK, menus):
            self.note(what)

    def close(self) -> None:
        """Give the browser back."""
        for page in self.pages.values():
            page.context.close()


@pytest.fixture(scope="module")
def lookers(chromium: Any, window: Window) -> Iterator[Callable[[], Looker]]:
    """The same four browsers for all addresses, with nothing wrong in them yet."""
    window.keep(AXE_AT, AXE, "text/javascript")
    looker = Looker(chromium, window)

    def fresh() -> Looker:
        looker.wrong, looker.seen = [], 0
        return looker

    yield fresh
    looker.close()


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Pages:
    """The processes of a run share what they have seen: their folders stand in one."""
    own = tmp_path_factory.getbasetemp()
    folder = (own if worker_id == "master" else own.parent) / "seen"
    folder.mkdir(exist_ok=True)
    return Pages(Claims(folder), every=FULL)


def examine_all(looker: Looker, found: Iterator[Shown], name: str) -> None:
    """Look at all of them, at the widths and schemes in turn, beginning where chance (the name) says."""
    start = crc32(name.encode()) % 4
    turn = cycle(LOOKS[start:] + LOOKS[:start])
    for shown in found:
        assert shown.response.status_code < 500, shown
        assert shown.who == VISITOR or not shown.address.startswith(reverse("account_login")), f"{shown}: signed out"
        for look in LOOKS if FULL else [next(turn)]:
            looker.look(shown, look)
    assert looker.wrong == [], "\n" + "\n".join(looker.wrong)


@pytest.mark.parametrize("name", sorted(ROWS))
def test_no_page_shuts_anybody_out(name: str, world: World, pages: Pages, lookers: Callable[[], Looker]) -> None:
    row = ROWS[name]
    people = [(who, world.client(who)) for who in sorted(row.sees)]
    people += [(VISITOR, Client())] if row.public else []
    examine_all(lookers(), pages.of(row.address(name, world), people), name)


@pytest.mark.parametrize("name", sorted(WITHOUT_ROW))
def test_no_page_of_the_sign_in_shuts_anybody_out(
    name: str, world: World, pages: Pages, lookers: Callable[[], Looker]
) -> None:
    more = {"account_reset_password_from_key": {"uidb36": "1", "key": "x"}, "account_confirm_email": {"key": "x"}}
    address = f"/{name}" if "/" in name else reverse(name, kwargs=more.get(name))
    people = [(VISITOR, Client()), ("coordinator", world.client("coordinator"))]
    examine_all(lookers(), pages.of(address, people), name)


def links_from_mails(world: World) -> dict[str, str]:
    """What is opened from a mail or from paper, by a visitor: no row of the sweep holds a link that works."""
    invited = User.objects.create_user("new@solvik.example", name="New")
    role = world["programme"].roles.get(key="group_leader")
    MembershipFactory(person=invited, role=role, organisation=world["organisation"])
    invitation = invite(by=world["coordinator"], person=invited, programme=world["programme"])
    withdrawn = Certificate.objects.exclude(withdrawn_at=None)[0]
    key = {"uidb36": user_pk_to_url_str(world["leader"]), "key": default_token_generator.make_token(world["leader"])}
    token = reply_token(world["planned"].pk, world["leader"].pk)
    return {
        "invitation": reverse("programmes:accept_invitation", args=[link_token(invitation)]),
        "answer to a session": reverse("supervision:reply", args=[token]),
        "new password": reverse("account_reset_password_from_key", kwargs=key),
        "withdrawn": reverse("certification:verify_code", args=[withdrawn.code]),
        "no such page": "/not-a-page/",
        "odd characters": "/people/?q=%00",
    }


def test_no_link_from_a_mail_shuts_anybody_out(world: World, pages: Pages, lookers: Callable[[], Looker]) -> None:
    for name, address in links_from_mails(world).items():
        examine_all(lookers(), pages.of(address, [(VISITOR, Client())]), name)


@pytest.mark.parametrize("who", ["leader", "far_observer"])
def test_no_refusal_shuts_anybody_out(who: str, world: World, pages: Pages, lookers: Callable[[], Looker]) -> None:
    refused = [ROWS[name].address(name, world) for name in ("people:list", "coaches:end")]
    for address in [*refused, "/not-a-page/"]:
        examine_all(lookers(), pages.of(address, [(who, world.client(who))]), address)


def test_what_is_wrong_is_found(lookers: Callable[[], Looker], window: Window) -> None:
    """The control."""
    looker = lookers()
    response = Client().get("/help/")
    response.content = (
        "<html lang=en><title>Wrong</title><main><h1>Wrong</h1><img src='data:,'>"
        "<p class=frame style='color: #ccc; background: #fff; width: 900px'>Pale and wide</p>"
        "<details><summary>Folded</summary><button></button></details></main>"
        "<details class=menu><summary>Menu</summary><ul><li><a href='/'></a></ul></details>"
    )
    del response.headers["Content-Security-Policy"]
    looker.look(Shown(VISITOR, "/wrong/", response), (390, "light"))
    looker.pages[(390, "light")].evaluate("console.error('broken')")
    found = "\n".join(looker.wrong)
    words = ("image-alt", "color-contrast", "goes sideways", "broken", "button-name", "link-name")
    assert [word for word in words if word not in found] == []
