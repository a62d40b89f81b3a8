"""Each address, as each person of two networks, by GET and by POST."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group
from django.contrib.sessions.models import Session
from django.db import transaction
from django.http import HttpResponse
from django.test import Client

from config import urls
from tests.sweep.addresses import named_addresses
from tests.sweep.canary import CANARIES, Canary, leaks, text_of
from tests.sweep.pages import sent_back
from tests.sweep.row import Row
from tests.sweep.rows import ROWS, WITHOUT_ROW
from tests.sweep.watch import watch
from tests.sweep.world import WHO, World

pytestmark = pytest.mark.django_db

# Forms that come back with errors, who sends them, and a planted word that stands on them again.
SENT_BACK = (
    ("coaches:room", "coach", "kanari-fravær"),
    ("practice:recording", "coach", "kanari-opptak"),
)


@pytest.fixture
def _refusals_are_short(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who is refused gets a word in place of a page, which the sweep by GET has read already."""
    for status in (403, 404):
        shorten(monkeypatch, status)


@pytest.fixture
def _nothing_there_is_short(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who finds nothing gets a word in place of the page that says so, which is one page for all addresses."""
    shorten(monkeypatch, 404)


def shorten(monkeypatch: pytest.MonkeyPatch, status: int) -> None:
    """Answer with a word where Django would draw the page of this refusal."""
    answer = HttpResponse("refused", status=status)
    monkeypatch.setattr(urls, f"handler{status}", lambda *_args, **_more: answer, raising=False)


@pytest.mark.parametrize("who", WHO)
def test_nothing_there_is_one_page(who: str, world: World) -> None:
    """Whatever is not there or not for this person, the same page says so, and holds no planted word."""
    hidden = [row.address(name, world) for name, row in ROWS.items() if who not in row.sees | row.forbidden]
    addresses = ["/not-a-page/", *[one for one in hidden if "?" not in one][:: max(1, len(hidden) // 3)]]
    answers = [world.client(who).get(address) for address in addresses]
    assert {answer.status_code for answer in answers} <= {404, 405}
    pages = {text_of(answer).replace(address, "") for answer, address in zip(answers, addresses, strict=True)}
    assert not [one.word for one in CANARIES for page in pages if one.word in page]


def test_every_address_has_a_row() -> None:
    addresses = set(named_addresses())
    assert addresses - set(ROWS) - set(WITHOUT_ROW) == set()
    assert set(ROWS) - addresses == set(), "rows of addresses that are gone"


@pytest.mark.parametrize("name", sorted(ROWS))
@pytest.mark.usefixtures("_nothing_there_is_short", "_bar_counted_once")
def test_get(name: str, world: World) -> None:
    row = ROWS[name]
    address = row.address(name, world)
    wrong, leaked = {}, []
    for who in WHO:
        client = world.client(who)
        with watch() as written:
            response = client.get(address)
        assert who in row.sees or written == [], (address, who)
        if not _right_for_get(row, who, response.status_code):
            wrong[who] = response.status_code
        leaked += leaks(who, response)
        for answer in sent_back(client, response):
            assert answer.status_code < 500, (address, who)
            leaked += leaks(who, answer)
    assert wrong == {}, address
    assert leaked == [], address
    alone = Client().get(address)
    assert alone.status_code in ({200, 302, 404, 405} if row.public else {302, 405}), address
    if not row.public and alone.status_code == 302:
        assert alone["Location"].startswith("/accounts/login/")
    assert not any(one.word in text_of(alone) for one in CANARIES), address


@pytest.mark.parametrize("canary", [one for one in CANARIES if one.seen_at], ids=lambda one: one.word)
def test_a_planted_word_is_there_to_be_found(canary: Canary, world: World) -> None:
    """The control: without it the sweep above could look for words that no page ever shows."""
    response = world.client(canary.seen_by).get(canary.address(world))
    assert canary.word in text_of(response)


@pytest.mark.parametrize(("name", "who", "word"), SENT_BACK)
def test_what_comes_back_with_errors_is_searched(name: str, who: str, word: str, world: World) -> None:
    """The control: these forms come back with errors, and with a word that is their sender's to read, and that the
    search takes for a leak in anybody else's hands."""
    client = world.client(who)
    response = client.get(ROWS[name].address(name, world))
    with_errors = [answer for answer in sent_back(client, response) if answer.status_code == 422]
    assert [answer for answer in with_errors if word in text_of(answer)]
    assert [answer for answer in with_errors if ("nobody", word) in leaks("nobody", answer)]
    assert not [answer for answer in with_errors if leaks(who, answer)]


@pytest.mark.parametrize("name", sorted(ROWS))
@pytest.mark.usefixtures("_refusals_are_short")
def test_post(name: str, world: World) -> None:
    row = ROWS[name]
    address = row.address(name, world)
    for who in WHO:
        with transaction.atomic(), watch() as written:
            answer = world.client(who).post(address, {"nothing": "of use"})
            transaction.set_rollback(True)
        status = answer.status_code
        assert status < 500, (address, who)
        assert leaks(who, answer) == [], address
        if who not in row.sees:
            assert status in {403, 404, 405}, (address, who, status)
            assert written == [], (address, who)


def test_what_is_written_is_seen(world: World) -> None:
    """The control: rows made, changed and gone are all seen, a look is not."""
    person = world["leader"]
    with watch() as written:
        str(type(person).objects.select_for_update().get(pk=person.pk))
        assert written == []
        Session.objects.filter(session_key="none").delete()
        assert written == []
        with transaction.atomic():
            type(person).objects.filter(pk=person.pk).update(name="Changed")
            Group.objects.create(name="made").delete()
    assert [one.split()[0] for one in written] == ["UPDATE", "INSERT", *["DELETE"] * (len(written) - 2)]
    assert len(written) > 2


def _right_for_get(row: Row, who: str, status: int) -> bool:
    if who in row.sees:
        return status in ({405} if row.post_only else {200, 302})
    refused = {403} if who in row.forbidden else {404}
    return status in (refused | {405} if row.post_only else refused)
