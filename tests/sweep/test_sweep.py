"""Each address, as each person of two networks, by GET and by POST."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.db import transaction
from django.test import Client
from django.urls import reverse

from tests.sweep.addresses import named_addresses
from tests.sweep.canary import CANARIES, Canary, plant
from tests.sweep.furniture import furnish
from tests.sweep.row import Row
from tests.sweep.rows import ROWS, WITHOUT_ROW
from tests.sweep.world import MORNING, WHO, World, make_world

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """One world for all addresses, rolled back at the end; each test runs in a savepoint of its own."""
    with django_db_blocker.unblock(), time_machine.travel(MORNING, tick=True), transaction.atomic():
        world = make_world(furnish)
        plant(world)
        yield world
        transaction.set_rollback(True)


def test_every_address_has_a_row() -> None:
    addresses = set(named_addresses())
    assert addresses - set(ROWS) - set(WITHOUT_ROW) == set()
    assert set(ROWS) - addresses == set(), "rows of addresses that are gone"


@pytest.mark.parametrize("name", sorted(ROWS))
def test_get(name: str, world: World) -> None:
    row = ROWS[name]
    address = _address(name, row, world)
    wrong, leaks = {}, []
    for who in WHO:
        response = _client(world, who).get(address)
        if not _right_for_get(row, who, response.status_code):
            wrong[who] = response.status_code
        page = _text(response)
        leaks += [(who, one.word) for one in CANARIES if one.word in page and who not in one.readers]
    assert wrong == {}, address
    assert leaks == [], address
    alone = Client().get(address)
    assert alone.status_code in ({200, 302, 404, 405} if row.public else {302, 405}), address
    if not row.public and alone.status_code == 302:
        assert alone["Location"].startswith("/accounts/login/")
    assert not any(one.word in _text(alone) for one in CANARIES), address


@pytest.mark.parametrize("canary", CANARIES, ids=lambda one: one.word)
def test_a_planted_word_is_there_to_be_found(canary: Canary, world: World) -> None:
    """The control: without it the sweep above could look for words that no page ever shows."""
    row = ROWS[canary.seen_at]
    response = _client(world, canary.seen_by).get(_address(canary.seen_at, row, world))
    assert canary.word in _text(response)


@pytest.mark.parametrize("name", sorted(ROWS))
def test_post(name: str, world: World) -> None:
    row = ROWS[name]
    address = _address(name, row, world)
    before = _rows()
    for who in WHO:
        with transaction.atomic():
            status = _client(world, who).post(address, {"nothing": "of use"}).status_code
            left = {} if who in row.sees else _rows() - before
            transaction.set_rollback(True)
        assert status < 500, (address, who)
        if who not in row.sees:
            assert status in {403, 404, 405}, (address, who, status)
            assert not left, (address, who)


def _right_for_get(row: Row, who: str, status: int) -> bool:
    if who in row.sees:
        return status in ({405} if row.post_only else {200, 302})
    refused = {403} if who in row.forbidden else {404}
    return status in (refused | {405} if row.post_only else refused)


def _address(name: str, row: Row, world: World) -> str:
    return reverse(name, kwargs=row.arguments(world)) + row.query


def _client(world: World, who: str) -> Client:
    client = Client()
    client.force_login(world.people[who])
    return client


def _rows() -> Counter[str]:
    """How many rows each table of the product has: a refused act leaves none behind."""
    ours = [model for model in apps.get_models() if model.__module__.split(".")[0] not in {"django", "allauth"}]
    return Counter({model._meta.label: model._base_manager.count() for model in ours})


def _text(response: Any) -> str:
    """The body as text; of a stream or a file, all of it."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return body.decode("utf-8", errors="replace")
