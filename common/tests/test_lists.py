"""Keyset paging: each row once, forward and back, with ties, insertions, and whatever stands in the address."""

import datetime

import pytest
from django.contrib.auth.models import Group
from django.contrib.sessions.models import Session
from django.core import signing

from common.lists import KeysetPage, keyset_page

pytestmark = [pytest.mark.django_db, pytest.mark.both]

BY_NAME = ("name", "id")
NOON = datetime.datetime(2026, 11, 26, 12, 0, 0, 123456, tzinfo=datetime.UTC)


def groups(count: int, prefix: str = "g") -> None:
    Group.objects.bulk_create([Group(name=f"{prefix}{number:04}") for number in range(count)])


def meetings(count: int, tied: int) -> None:
    """``count`` rows of which each ``tied`` fall on the same moment."""
    Session.objects.bulk_create(
        [
            Session(
                session_key=f"{number:04}", session_data="", expire_date=NOON + datetime.timedelta(days=number // tied)
            )
            for number in range(count)
        ]
    )


def walk(queryset, keys, size) -> tuple[list, KeysetPage]:
    """All rows from first page to last, and the last page."""
    page = keyset_page(queryset, keys=keys, size=size)
    rows = list(page)
    while page.next:
        page = keyset_page(queryset, keys=keys, cursor=page.next, size=size)
        rows += page
    return rows, page


def walk_back(queryset, keys, size, page) -> list:
    rows = list(page)
    while page.previous:
        page = keyset_page(queryset, keys=keys, cursor=page.previous, size=size)
        rows = [*page, *rows]
    return rows


@pytest.mark.parametrize("count", [0, 1, 3, 4, 6, 7, 20])
def test_forward_and_back_each_row_comes_once(count):
    groups(count)
    expected = list(Group.objects.order_by("name"))
    rows, last = walk(Group.objects.all(), BY_NAME, 3)
    assert rows == expected
    assert walk_back(Group.objects.all(), BY_NAME, 3, last) == expected


@pytest.mark.parametrize("keys", [("expire_date", "pk"), ("-expire_date", "-pk"), ("-expire_date", "pk")])
def test_ties_are_broken_by_the_last_key(keys):
    meetings(22, tied=5)
    expected = list(Session.objects.order_by(*keys))
    rows, last = walk(Session.objects.all(), keys, 4)
    assert rows == expected
    assert walk_back(Session.objects.all(), keys, 4, last) == expected


def test_first_and_last_page_say_that_nothing_lies_beyond():
    groups(4)
    first = keyset_page(Group.objects.all(), keys=BY_NAME, size=3)
    last = keyset_page(Group.objects.all(), keys=BY_NAME, cursor=first.next, size=3)
    back = keyset_page(Group.objects.all(), keys=BY_NAME, cursor=last.previous, size=3)
    assert (first.previous, last.next, back.previous) == ("", "", "")
    assert back.rows == first.rows
    assert len(last) == 1


def test_rows_that_come_and_go_move_no_other_row():
    groups(9)
    first = keyset_page(Group.objects.all(), keys=BY_NAME, size=3)
    Group.objects.create(name="a new first")
    Group.objects.create(name="g0003b")
    first.rows[-1].delete()
    second = keyset_page(Group.objects.all(), keys=BY_NAME, cursor=first.next, size=3)
    assert [group.name for group in second] == ["g0003", "g0003b", "g0004"]


def test_a_place_from_which_all_rows_have_gone_gives_the_first_page():
    groups(4)
    first = keyset_page(Group.objects.all(), keys=BY_NAME, size=3)
    Group.objects.filter(name="g0003").delete()
    assert keyset_page(Group.objects.all(), keys=BY_NAME, cursor=first.next, size=3).rows == first.rows


@pytest.mark.parametrize(
    "cursor",
    [
        "", None, "x", "a:b", "%00", "é" * 10, "x" * 5000,
        signing.Signer(salt="another").sign_object([["name", "id"], 0, [["", "g"], ["", 1]]]),
        signing.Signer(salt="common.cursors").sign_object([["user__password", "id"], 0, [["", "g"], ["", 1]]]),
        signing.Signer(salt="common.cursors").sign_object([["name", "id"], 0, [["d", "yesterday"], ["", 1]]]),
        signing.Signer(salt="common.cursors").sign_object([["name", "id"], 0, [["n", "many"], ["", 1]]]),
        signing.Signer(salt="common.cursors").sign_object("short"),
    ],
)  # fmt: skip
def test_a_bad_cursor_gives_the_first_page(cursor):
    groups(4)
    page = keyset_page(Group.objects.all(), keys=BY_NAME, cursor=cursor, size=3)
    assert [group.name for group in page] == ["g0000", "g0001", "g0002"]


def test_a_cursor_of_another_order_gives_the_first_page():
    groups(4)
    by_name = keyset_page(Group.objects.all(), keys=BY_NAME, size=3)
    page = keyset_page(Group.objects.all(), keys=("-name", "-id"), cursor=by_name.next, size=3)
    assert [group.name for group in page] == ["g0003", "g0002", "g0001"]


@pytest.mark.parametrize("count", [7, 300])
def test_a_page_costs_one_query_with_few_and_many_rows(count, django_assert_num_queries):
    groups(count)
    first = keyset_page(Group.objects.all(), keys=BY_NAME, size=3)
    with django_assert_num_queries(1):
        keyset_page(Group.objects.all(), keys=BY_NAME, cursor=first.next, size=3)


def test_rows_may_be_dictionaries():
    groups(5)
    rows, _last = walk(Group.objects.values("id", "name"), BY_NAME, 2)
    assert [row["name"] for row in rows] == [f"g000{number}" for number in range(5)]


def test_an_order_that_could_lose_rows_is_a_mistake_in_the_program():
    with pytest.raises(ValueError, match="unique"):
        keyset_page(Group.objects.all(), keys=("name",))
