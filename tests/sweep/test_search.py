"""Nothing confidential is found by searching for it, and the operators' admin shows none of it."""

from __future__ import annotations

import re

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from accounts.models import User
from tests.sweep.canary import CANARIES, leaks
from tests.sweep.fields import QUEUE
from tests.sweep.rows import ROWS
from tests.sweep.world import World

pytestmark = pytest.mark.django_db

LISTS = (
    "overview:search",
    "people:list",
    "people:addresses",
    "supervision:sessions",
    "certification:candidates",
    "certification:start",
    "overview:workbench",
    "overview:trail",
    "checklists:about_me",
    "checklists:given",
    "programmes:organisations",
    "practice:groups",
)
WHO_LOOK = ("coordinator", "branch_coordinator", "mentor", "coach", "leader", "observer", "far_coordinator")
# What changes from one answer to the next.
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"')


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.usefixtures("_bar_counted_once")
@pytest.mark.parametrize("word", ["kanari", "+47 555 01", "reach-ingrid"])
def test_a_planted_word_finds_as_little_as_any_other(name: str, word: str, world: World) -> None:
    """The same page comes as for a word that stands nowhere: its own letters in the field are all it holds."""
    address = ROWS[name].address(name, world)
    for who in WHO_LOOK:
        pages = [_page(world, who, address, asked) for asked in (word, "qqzzqq")]
        assert pages[0] == pages[1], (name, who)


def test_a_search_that_finds_makes_another_page(world: World) -> None:
    """The control."""
    address = reverse("people:list")
    assert _page(world, "coordinator", address, "Ingrid") != _page(world, "coordinator", address, "qqzzqq")


def _page(world: World, who: str, address: str, asked: str) -> str:
    text = world.client(who).get(address, {"q": asked}).content.decode()
    text = TOKEN.sub("", text)
    for form in (asked, asked.replace("+", "%2B").replace(" ", "+")):
        text = text.replace(form, "WORD")
    return text


def test_operators_see_none_of_it(world: World) -> None:
    operator = User.objects.create_superuser("operator@example.org", "correct horse battery")
    client = Client()
    client.force_login(operator)
    addresses = [reverse("admin:index")]
    for model in admin.site._registry:
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        row = world["notice"] if isinstance(world["notice"], model) else model._default_manager.first()
        addresses += [reverse(f"{name}_changelist"), reverse(f"{name}_changelist") + "?q=kanari"]
        addresses += [reverse(f"{name}_change", args=[row.pk])] if row else []
    words = set()
    for address in addresses:
        answer = client.get(address)
        assert answer.status_code == 200, address
        words |= {word for _who, word in leaks("", answer) if "q=" not in address or word != "kanari"}
    assert words == {one.word for one in CANARIES if one.field == "notices.Notice.last_error"}, QUEUE


def test_lists_run_under_one_hat_and_leave_a_row(world: World) -> None:
    """Every file that is downloaded as a table stands in the trail, with its list, its hat and its length."""
    from accounts.models import AuditEvent

    for name, query in (("people:csv", ""), ("overview:workbench_csv", ""), ("overview:coverage_csv", ""),
                        ("overview:trail_csv", ""), ("certification:candidates", "?format=csv"),
                        ("certification:certificates", "?format=csv")):  # fmt: skip
        before = AuditEvent.objects.filter(verb="export.made").count()
        answer = world.client("coordinator").get(reverse(name) + query)
        assert answer["Content-Type"].startswith("text/csv"), name
        lines = b"".join(answer.streaming_content).decode().count("\n")
        event = AuditEvent.objects.filter(verb="export.made").latest("pk")
        assert AuditEvent.objects.filter(verb="export.made").count() == before + 1, name
        assert event.facts["hat"].startswith(f"{event.programme_id}-")
        assert event.facts["rows"] in (lines - 1, lines - 2), name
