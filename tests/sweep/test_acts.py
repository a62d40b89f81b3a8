"""Each act as it is done on its page by each who may do it: the answer and where it leads hold no word that is not
theirs, and a row in the trail is written in the same transaction, in their name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.db import transaction
from django.urls import Resolver404, resolve
from lxml import html

from accounts.actions.audit import record
from accounts.models import AuditEvent
from tests.sweep.acts import ACTS, ELSEWHERE
from tests.sweep.canary import leaks
from tests.sweep.pages import address_of, followed, read, rolled_back
from tests.sweep.rows import ROWS
from tests.sweep.traces import Traces, traces
from tests.sweep.typing_in import buttons_of, filled_in, forms_of, is_posted, target
from tests.sweep.world import World

pytestmark = pytest.mark.django_db


def test_every_address_that_takes_a_post_has_an_act(world: World) -> None:
    """Each says itself what it takes, when asked in a way that none does."""
    takes = set()
    for name, row in ROWS.items():
        answer = world.client(min(row.sees) if row.sees else "leader").put(row.address(name, world))
        if "POST" in answer.get("Allow", ""):
            takes.add(name)
    assert takes == set(ACTS) | set(ELSEWHERE)


@pytest.mark.parametrize("name", sorted(ACTS))
def test_an_act(name: str, world: World) -> None:
    act, done, leaked, refused = ACTS[name], 0, [], []
    for who in act.by or sorted(ROWS[name].sees):
        client = world.client(who)
        with rolled_back():
            if act.first:
                act.first(world)
            response = client.get(act.page(name, world), follow=True)
            for form, button in buttons_to(name, response):
                with rolled_back(), traces() as found:
                    before = AuditEvent.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
                    answer = filled_in(client, form, button, address_of(response), dict(act.written(world, form)))
                    leaked += leaks(who, answer)
                    if answer.status_code >= 400:
                        refused.append((who, button.text_content().strip(), answer.status_code, sentences(answer)))
                        continue
                    done += 1
                    leaked += leaks(who, followed(client, answer))
                    events = AuditEvent.objects.filter(pk__gt=before)
                    names = {who, act.also_by} - {""}
                    assert set(events.values_list("by_id", flat=True)) <= {world[one].pk for one in names}, name
                    quiet = "" if act.lasting and button.get("value") == act.lasting else act.says_nothing
                    assert_traces(found, quiet, f"{name} by {who}: {button.get('value')}")
    assert leaked == []
    assert done, refused


def assert_traces(found: Traces, says_nothing: str, what: str) -> None:
    """Every transaction of an act leaves a row, or none does and that has a reason."""
    if says_nothing:
        assert found.without_row or not found.transactions, what
    else:
        assert found.transactions, what
        assert found.without_row == [], what


def buttons_to(name: str, response: Any) -> Iterator[tuple[html.FormElement, html.HtmlElement]]:
    """The forms of the page, with the buttons that lead to the address named so."""
    page, here = read(response), address_of(response)
    for form in forms_of(page) if page is not None else ():
        if is_posted(form):
            for button in buttons_of(form):
                if named(target(form, button, here)) == name:
                    yield form, button


def named(address: str) -> str:
    try:
        return resolve(urlsplit(address).path).view_name
    except Resolver404:
        return ""


def sentences(answer: Any) -> list[str]:
    """What an answer with errors says."""
    page = read(answer)
    wrong = "//*[contains(@class, 'invalid-feedback') or contains(@class, 'summary')]//text()"
    return [one.strip() for one in page.xpath(wrong) if one.strip()] if page is not None else []


def test_acts_without_a_row_and_in_two_transactions_are_seen(world: World) -> None:
    """The control: a row of its own is enough only where it stands in the transaction of what it is about."""
    person, note = (
        world["leader"],
        {"by": world["leader"], "verb": "organisation.renamed", "people": [world["leader"]]},
    )

    def change() -> None:
        type(person).objects.filter(pk=person.pk).update(name="Changed")

    with rolled_back(), traces() as together, transaction.atomic():
        change()
        with transaction.atomic():
            record(**note)
    assert_traces(together, "", "one transaction")
    with rolled_back(), traces() as apart:
        with transaction.atomic():
            change()
        with transaction.atomic():
            record(**note)
    with rolled_back(), traces() as loose:
        change()
    with rolled_back(), traces() as undone, transaction.atomic(), rolled_back():
        change()
    for found in (apart, loose, undone):
        with pytest.raises(AssertionError):
            assert_traces(found, "", "not together")
    assert undone.transactions == []
