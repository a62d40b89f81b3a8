"""Another address to sign in with: a link to the new one, a word to the former one, nothing before the yes."""

import datetime as dt
import re

import pytest
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import translation

from accounts.models import AddressChange, User
from accounts.tests.factories import PASSWORD
from common.errors import DomainError
from people.actions.addresses import ask_for_address, confirm_address, token_of
from programmes.tests.factories import Cast, small_programme

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture
def me() -> User:
    translation.activate("en")
    cast: Cast = small_programme()
    return cast.member("peer_coach", email="old@example.org", language="en", name="Ada Vik")


def page_of(change: AddressChange) -> str:
    return reverse("people:confirm_address", args=[token_of(change)])


def signs_in(email: str) -> bool:
    answer = Client().post(reverse("account_login"), {"login": email, "password": PASSWORD})
    return answer.status_code == 302


def test_the_link_goes_to_the_new_address_and_the_word_to_the_old_one(client, me: User) -> None:
    client.force_login(me)
    client.post("/profile/address/", {"email": "New@Example.org", "password": PASSWORD})
    call_command("send_due")
    [letter] = mail.outbox
    assert letter.to == ["Ada Vik <new@example.org>"]
    link = re.search(r"http\S+?(/address/\S+/)", str(letter.body))
    assert link

    looked = Client().get(link[1])  # as a mail scanner does
    me.refresh_from_db()
    assert (looked.status_code, me.email) == (200, "old@example.org")
    assert signs_in("old@example.org")
    assert not signs_in("new@example.org")

    assert Client().post(link[1]).status_code == 302
    call_command("send_due")
    me.refresh_from_db()
    assert (me.email, mail.outbox[-1].to) == ("new@example.org", ["Ada Vik <old@example.org>"])
    assert "new@example.org" not in str(mail.outbox[-1].body)
    assert signs_in("new@example.org")
    assert not signs_in("old@example.org")


def test_a_link_works_once_and_an_older_one_not_at_all(me: User) -> None:
    first = ask_for_address(by=me, email="first@example.org")
    second = ask_for_address(by=me, email="second@example.org")
    assert Client().post(page_of(first)).status_code == 409
    assert Client().post(page_of(second)).status_code == 302
    again = Client().post(page_of(second))
    me.refresh_from_db()
    assert (again.status_code, me.email) == (409, "second@example.org")
    assert "You have used this link already" in again.content.decode()


@pytest.mark.parametrize("case", ["late", "closed", "new_password", "forged"])
def test_a_link_dies(me: User, time_machine, case: str) -> None:
    time_machine.move_to(dt.datetime(2026, 5, 4, 12, tzinfo=dt.UTC), tick=False)
    change = ask_for_address(by=me, email="new@example.org")
    address = page_of(change)
    if case == "late":
        time_machine.move_to(dt.datetime(2026, 5, 5, 12, 1, tzinfo=dt.UTC), tick=False)
    elif case == "closed":
        User.objects.filter(pk=me.pk).update(is_active=False)
    elif case == "new_password":
        me.set_password("tre-stoler-og-et-bord")
        me.save()
    else:
        address = reverse("people:confirm_address", args=[f"{change.code}:forged"])
    answer = Client().post(address)
    me.refresh_from_db()
    assert (answer.status_code, me.email) == (404 if case in ("new_password", "forged") else 409, "old@example.org")


def test_one_address_has_one_owner(me: User) -> None:
    change = ask_for_address(by=me, email="new@example.org")
    small = small_programme()
    small.member("mentor", email="taken@example.org")
    with pytest.raises(DomainError, match="Somebody else already has this e-mail address"):
        ask_for_address(by=me, email="TAKEN@example.org")
    small.member("mentor", email="new@example.org")  # meanwhile

    with pytest.raises(DomainError, match="Somebody else already has this e-mail address"):
        confirm_address(change=change)

    page = Client().post(page_of(change))
    me.refresh_from_db()
    assert (page.status_code, me.email) == (409, "old@example.org")
    assert "Somebody else already has this e-mail address" in page.content.decode()
