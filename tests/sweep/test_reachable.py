"""From the home page, by clicking alone, each hat reaches every page that is theirs."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

import pytest
from django.urls import Resolver404, resolve

from tests.sweep.rows import ROWS
from tests.sweep.world import World

pytestmark = pytest.mark.django_db

# One of each hat; what one coordinator, mentor, coach or leader finds, all do.
WALKERS = ("coordinator", "mentor", "coach", "leader", "observer", "supervisor", "far_coordinator")
# How many addresses of one page are opened: the second may show what the first does not (a session to record).
EACH = 3
MANY = {"people:person": 40, "checklists:about_person": 40}
HOST = "http://testserver"

# Reached without a link in a page, each for its reason.
BY_MAIL = {"supervision:reply", "programmes:accept_invitation", "people:confirm_address", "programmes:request"}
BY_SCRIPT = {"supervision:draft", "checklists:draft"}
BY_ANOTHER_PAGE = {
    "supervision:resolve": "a stale tab leads there",
    "supervision:recording": "stands in a session in which a recording was looked at",
    "supervision:discard": "stands on a draft only",
    "supervision:reopen": "stands for a day on a finished record",
    "coaches:keep": "stands where an end is planned",
    "coaches:follow": "stands where an end is planned",
    "coaches:undo": "stands on the message after a place is given",
    "coaches:back": "stands where a time away is noted",
    "programmes:keep_membership": "stands where an end is planned",
    "checklists:share": "stands on feedback that its writer has sent in and not agreed to share",
    "certification:add_people": "stands below what a search finds",
    "certification:remove_person": "stands beside people of a training who came on no day",
    "certification:start_person": "stands below what a search finds",
    "certification:decide": "stands where a step waits for the one who looks",
    "certification:take_back": "opens for all who see the ladder, and is linked for who decided",
    "certification:close": "opens for all who see the ladder, and is linked for who may",
    "certification:hand_in": "stands where a step asks for a paper",
    "certification:withdraw": "stands on a certificate that is valid",
    "onboarding:answer": "stands on an import with a question",
    "onboarding:start": "stands on an import that is ready",
    "onboarding:stop": "stands on an import under way",
    "onboarding:resume": "stands on an import that was stopped",
    "onboarding:take_back": "stands on an import that is done",
    "onboarding:invite_imported": "stands on an import that is done",
}

# Pages about oneself as somebody who leads or learns: they open, empty, for hats that do neither, and are not linked.
OF_THOSE_WHO_LEARN = {
    "certification:mine",
    "checklists:about_me",
    "checklists:checklists",
    "checklists:given",
    "checklists:start",
    "coaches:my_places",
    "practice:groups",
    "practice:recordings",
    "practice:running",
    "supervision:feedback",
    "supervision:goals",
    "supervision:new_goal",
    "supervision:plan",
    "supervision:record_afterwards",
}
# Words that people of one's coaches share: for whoever supervises coaches.
SHARED = {"supervision:shared"}
NOT_THEIR_JOB = {
    "coordinator": OF_THOSE_WHO_LEARN | SHARED,
    "far_coordinator": OF_THOSE_WHO_LEARN | SHARED,
    "observer": OF_THOSE_WHO_LEARN | SHARED,
    "mentor": {
        "supervision:feedback",
        "supervision:goals",
        "supervision:new_goal",
        "practice:groups",
        "practice:running",
    },
    "coach": {"certification:decisions"} | SHARED,
    # Checklists about oneself stand at "about me"; a leader opens that page about nobody else.
    "leader": {"certification:decisions", "coaches:my_places", "checklists:about_person"} | SHARED,
    "supervisor": {"certification:decisions", "practice:running"} | SHARED,
}


class Links(HTMLParser):
    """What can be pressed on a page: addresses of links, of forms, of buttons with an address of their own, and
    of parts that come when the page has opened."""

    def __init__(self, page: str, path: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.pressed: list[str] = []
        self.path = path
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if tag == "a" and found.get("href"):
            self.open.append(urljoin(HOST + self.path, found["href"]))
        elif tag == "form":
            self.pressed.append(urljoin(HOST + self.path, found.get("action") or ""))
        if found.get("hx-get"):
            self.pressed.append(urljoin(HOST + self.path, found["hx-get"] or ""))
        if found.get("formaction"):
            self.pressed.append(urljoin(HOST + self.path, found["formaction"] or ""))


@pytest.mark.parametrize("who", WALKERS)
@pytest.mark.usefixtures("_bar_counted_once")
def test_each_page_of_the_job_is_linked_from_somewhere(who: str, world: World) -> None:
    linked, dead = walk(world, who)
    assert dead == [], "links that lead nowhere"
    theirs = {name for name, row in ROWS.items() if who in row.sees and not row.public}
    missing = theirs - linked - BY_MAIL - BY_SCRIPT - set(BY_ANOTHER_PAGE) - NOT_THEIR_JOB[who]
    assert not missing, ", ".join(sorted(missing))


def walk(world: World, who: str) -> tuple[set[str], list[str]]:
    """Press every link that leads to a new page. Returns the names of what is linked, and links that fail."""
    client = world.client(who)
    waiting, opened, linked, dead = deque(["/"]), {"/"}, {"overview:home"}, []
    seen: Counter[str] = Counter()
    while waiting:
        path = waiting.popleft()
        answer = client.get(path)
        if answer.status_code >= 400:
            dead.append(f"{path}: {answer.status_code}")
        if "html" not in answer.get("Content-Type", "") or answer.streaming:
            continue
        links = Links(answer.content.decode(), path)
        linked |= {name for name, _path in named(links.open + links.pressed)}
        for name, address in named(links.open):
            if address not in opened and seen[name] < MANY.get(name, EACH):
                opened.add(address)
                seen[name] += 1
                waiting.append(address)
    return linked, dead


def named(addresses: list[str]) -> Iterator[tuple[str, str]]:
    """The addresses that are ours, each with the name of its page."""
    for address in addresses:
        parts = urlsplit(address)
        if f"{parts.scheme}://{parts.netloc}" != HOST or parts.path.startswith(("/static/", "/media/", "/admin/")):
            continue
        try:
            name = resolve(parts.path).view_name
        except Resolver404:
            name = f"nowhere: {parts.path}"
        yield name, parts.path + (f"?{parts.query}" if parts.query else "")
