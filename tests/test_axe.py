"""No page shuts anybody out: axe, nothing sideways, nothing in the console, for each hat of the demo.

Each page is looked at once, widths and schemes in turn; with TEST_FULL=1 (`script/test --full`) at all of them.
Addresses are written by hand: a page that nobody can reach from here is not looked at.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator
from itertools import cycle, product
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from django.utils import timezone

from accounts.models import User
from certification.models import Candidacy, Certificate, TrainingEvent
from checklists.models import Evaluation
from onboarding.demo.cast import SOLVIK
from onboarding.demo.seed import seed_demo
from practice.models import DeliveryGroup
from programmes.models import Organisation, Programme
from supervision.models import Goal, SupervisionSession

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

AXE = (Path(__file__).parent / "vendor" / "axe-core" / "axe.min.js").read_text()
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
SIDEWAYS = "document.documentElement.scrollWidth > document.documentElement.clientWidth + 1"
RUN = """async tags => (await axe.run(document, {runOnly: tags, resultTypes: ["violations"]})).violations
    .filter(one => ["serious", "critical"].includes(one.impact))
    .map(one => `${one.id} (${one.impact}): `
        + one.nodes.slice(0, 4).map(node => node.html.slice(0, 160)).join(" | "))"""
MONDAY = dt.datetime(2026, 3, 2, 8, tzinfo=dt.UTC)
LOOKS = list(product((1280, 390), ("light", "dark")))

EVERYBODY = (
    "/ /sessions/ /goals/ /feedback/ /groups/ /checklists/ /ladder/ /profile/ /profile/trail/ /people/me/ /help/"
)
EVERYBODY += " /verify/ /search/?q=Ing"
LEADS = "/places/ /sessions/plan/ /sessions/record/ /sessions/{planned}/ /sessions/{held}/ /checklists/start/"
LEADS += " /sessions/{planned}/change/ /sessions/{planned}/cancel/ /sessions/{held}/print/ /checklists/given/"
NETWORK = "/people/ /people/{other}/ /organisations/ /organisations/{organisation}/ /workbench/ /coverage/ /trail/"
NETWORK += " /people/new/ /people/addresses/ /placements/new/ /import/ /ladder/candidates/ /ladder/decisions/"
NETWORK += " /trainings/ /trainings/{training}/ /trainings/new/{programme}/ /downloads/ /notices/failed/"

# Who looks (the part of the address before the @, with the network), and at what beside what everybody has.
PAGES = {
    "kari@solvik.example": f"{NETWORK} /ladder/{{climb}}/ /certificates/{{certificate}}/",
    "bente@solvik.example": f"{LEADS} /people/{{other}}/ /trainings/ /trainings/{{training}}/ /ladder/decisions/"
    " /ladder/{climb}/ /programmes/{programme}/checklists/about/{other}/",
    "ante@solvik.example": "/places/ /ladder/decisions/ /ladder/{climb}/",
    "liv@solvik.example": "/places/",
    "ragnhild@solvik.example": f"{LEADS} /sessions/{{late}}/record/ /people/{{other}}/"
    " /checklists/{evaluation}/ /checklists/{evaluation}/compare/ /checklists/{draft}/fill/ /ladder/{climb}/",
    "ingrid@solvik.example": "/sessions/{planned}/ /sessions/{planned}/question/ /sessions/{held}/ /goals/new/"
    " /goals/{goal}/ /checklists/about-me/ /checklists/{evaluation}/ /checklists/{evaluation}/compare/"
    " /groups/{group}/ /groups/{group}/meetings/note/ /checklists/start/ /ladder/{own_climb}/",
    "marit@solvik.example": "/coverage/ /ladder/decisions/",
    "silje@solvik.example": f"{LEADS}",
    "mohamed@solvik.example": "/sessions/{planned}/",
    "siri@solvik.example": "/places/ /sessions/plan/",
    "jytte@ostjylland.example": f"{LEADS} /people/ /people/{{other}}/ /workbench/ /import/",
    "mette@ostjylland.example": "/sessions/{planned}/ /sessions/{held}/",
    "gitte@ostjylland.example": "/places/",
    "": "/accounts/login/ /accounts/password/reset/ /verify/ /verify/{code}/ /verify/{code_withdrawn}/ /help/"
    " /privacy/ /accessibility/ /not-a-page/",
}


def rows(person: User | None) -> dict[str, Any]:
    """What stands in the addresses, for this person: numbers of rows of the demo that they may see."""
    mine = SupervisionSession.objects.filter(attendances__person=person).order_by("-starts_at")
    solvik = Organisation.objects.get(name="Solvik familiesenter")
    open_goal = Goal.objects.filter(person__email="ingrid@solvik.example", status__in=Goal.OPEN).first()
    undone = mine.exclude(state__in=[SupervisionSession.State.FINISHED, SupervisionSession.State.CANCELLED])
    shown = Evaluation.objects.filter(rater__email="ingrid@solvik.example", state=Evaluation.State.SUBMITTED)
    other = "mette@ostjylland.example" if person and "jylland" in person.email else "ingrid@solvik.example"
    certificates = Certificate.objects.order_by("pk")
    found = {
        "planned": undone.filter(starts_at__gt=timezone.now()).order_by("starts_at").first(),
        "late": undone.filter(starts_at__lt=timezone.now()).first(),
        "held": mine.filter(state=SupervisionSession.State.FINISHED).first(),
        "goal": open_goal,
        "other": User.objects.get(email=other),
        "organisation": solvik,
        "programme": Programme.objects.get(key="dua", network__name=SOLVIK.name),
        "training": TrainingEvent.objects.order_by("pk").first(),
        "climb": Candidacy.objects.get(person__email="ragnhild@solvik.example"),
        "own_climb": Candidacy.objects.filter(person=person).first(),
        "certificate": certificates.first(),
        "evaluation": shown.order_by("pk").first(),
        "draft": Evaluation.objects.filter(rater=person, state=Evaluation.State.DRAFT).first(),
        "group": DeliveryGroup.objects.order_by("pk").first(),
    }
    codes = {
        "code": certificates.filter(withdrawn_at=None).first().code,
        "code_withdrawn": certificates.exclude(withdrawn_at=None).first().code,
    }
    return {name: row.pk for name, row in found.items() if row} | codes


def addresses(email: str) -> list[str]:
    """What this person looks at, in order."""
    person = User.objects.get(email=email) if email else None
    known = rows(person)
    return [path.format_map(known) for path in f"{EVERYBODY if email else ''} {PAGES[email]}".split()]


class Looker:
    """A person's browser at one width and scheme, and what was wrong in it."""

    def __init__(self, browser: Any, base: str, email: str, look: tuple[int, str]) -> None:
        self.width, self.scheme = look
        self.wrong: list[str] = []
        language = "nb" if self.scheme == "light" else "en"
        self.context = browser.new_context(
            base_url=base,
            viewport={"width": self.width, "height": 900},
            color_scheme=self.scheme,
            locale=language,
            bypass_csp=True,
        )
        if email:
            client = Client()
            client.force_login(User.objects.get(email=email), backend=settings.AUTHENTICATION_BACKENDS[0])
            name = settings.SESSION_COOKIE_NAME
            self.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": base}])
        self.page = self.context.new_page()
        self.path = ""
        self.page.on("console", lambda said: self.note(f"console: {said.text}") if said.type == "error" else None)
        self.page.on("pageerror", lambda error: self.note(f"script: {error}"))
        self.email = email or "a visitor"

    def note(self, what: str) -> None:
        """Something is wrong on this page; the console's word on a page that is not there is not."""
        if "404 (Not Found)" not in what or self.path != "/not-a-page/":
            self.wrong.append(f"{self.email} {self.path} {self.width} {self.scheme}: {what}")

    def look(self, path: str) -> None:
        """Open the page and note what is wrong with it."""
        self.path = path
        answer = self.page.goto(path, wait_until="load")
        if answer.status != (404 if path == "/not-a-page/" else 200):
            self.note(f"answered {answer.status}")
        else:
            self.examine()

    def examine(self) -> None:
        """Note what is wrong with the page that is open."""
        self.page.evaluate(AXE)
        for what in self.page.evaluate(RUN, TAGS):
            self.note(what)
        if self.page.evaluate(SIDEWAYS):
            self.note("goes sideways")


@pytest.fixture
def seeded(live_server: Any) -> Iterator[str]:
    """The demo, once for the whole walk, on a Monday; the address of its server."""
    with time_machine.travel(MONDAY, tick=True):
        seed_demo(today=timezone.localdate())
        yield live_server.url


def visits() -> Iterator[tuple[str, tuple[int, str], list[str]]]:
    """Who looks at what, at which width and scheme: a quarter of the pages each, moved on from person to person."""
    for number, email in enumerate(PAGES):
        paths = addresses(email)
        dealt: dict[tuple[int, str], list[str]] = {look: [] for look in LOOKS}
        looks = cycle(LOOKS[number % 4 :] + LOOKS[: number % 4])
        for path in paths:
            for look in LOOKS if os.environ.get("TEST_FULL") else [next(looks)]:
                dealt[look].append(path)
        yield from ((email, look, paths) for look, paths in dealt.items() if paths)


def test_no_page_shuts_anybody_out(chromium: Any, seeded: str) -> None:
    wrong, seen = [], 0
    for email, look, paths in visits():
        looker = Looker(chromium, seeded, email, look)
        for path in paths:
            looker.look(path)
            seen += 1
        looker.context.close()
        wrong += looker.wrong
    assert seen > 150
    assert wrong == [], "\n" + "\n".join(wrong)


def test_what_is_wrong_is_found(chromium: Any, live_server: Any) -> None:
    looker = Looker(chromium, live_server.url, "", (390, "light"))
    looker.page.goto("/help/")
    looker.page.set_content(
        "<img src='data:,'><p style='color: #ccc; background: #fff; width: 900px'>Pale and wide</p>"
        "<script>console.error('broken')</script>"
    )
    looker.examine()
    looker.context.close()
    found = "\n".join(looker.wrong)
    assert [word for word in ("image-alt", "color-contrast", "goes sideways", "broken") if word not in found] == []
