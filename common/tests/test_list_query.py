"""What a query string may ask of a list, and what it may not."""

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group
from django.db.models import Q
from django.http import QueryDict
from django.template import Context, Template

from common.list_query import Filter, Option, Order, read_list_query
from common.lists import KeysetPage

ORDERS = {"name": Order("Name", ("name", "id")), "newest": Order("Newest first", ("-id",))}
FILTERS = {
    "letter": Filter("First letter", {"": Option("All"), "a": Option("A", Q(name__startswith="a"))}),
}


def asked(text: str):
    return read_list_query(QueryDict(text), orders=ORDERS, filters=FILTERS, keep=("hat",))


def test_nothing_asked_gives_the_defaults():
    query = asked("")
    assert (query.q, query.sort, query.keys, query.size, query.cursor) == ("", "name", ("name", "id"), 25, "")
    assert query.chosen == {"letter": ""}
    assert not query.is_narrowed
    assert query.query_string() == ""


def test_what_is_offered_is_taken():
    query = asked("q=+Ragn%09hild+&sort=newest&letter=a&size=50&hat=coordinator-3")
    assert (query.q, query.keys, query.size) == ("Ragn hild", ("-id",), 50)
    assert query.is_narrowed
    assert query.query_string() == "hat=coordinator-3&q=Ragn+hild&letter=a&sort=newest&size=50"


@pytest.mark.parametrize(
    "text",
    ["sort=user__password", "sort=-id", "letter=b", "letter__gt=a", "size=100000", "size=-1", "size=x", "user__id=1",
     "sort=", "q=%00", "size=%D9%A2%D9%A5"],
)  # fmt: skip
def test_what_is_not_offered_is_passed_over(text):
    query = asked(text)
    assert query == asked("") or query.query_string() == ""


def test_a_search_has_a_length():
    assert len(asked("q=" + "x" * 5000).q) == 100


def test_a_change_begins_the_list_anew_and_a_page_keeps_everything():
    query = asked("q=eva&letter=a&cursor=abc")
    assert query.query_string(sort="newest") == "q=eva&letter=a&sort=newest"
    assert query.query_string(cursor="def") == "q=eva&letter=a&cursor=def"
    assert query.without("letter").query_string() == "q=eva"
    template = Template("{% load lists %}{% list_url list q='' letter='' %}")
    assert template.render(Context({"list": query})) == "?"


def test_search_filters_and_order_are_drawn_as_one_form():
    query = asked("q=eva&letter=a&hat=coordinator-3&size=50")
    page = BeautifulSoup(
        Template("{% load lists %}{% list_filters list 'Search among people' %}").render(Context({"list": query})),
        "html.parser",
    )
    assert page.form["method"] == "get"
    assert page.find("input", {"name": "q"})["value"] == "eva"
    assert page.select_one("select[name=letter] option[selected]")["value"] == "a"
    assert [option["value"] for option in page.select("select[name=sort] option")] == ["name", "newest"]
    hidden = {field["name"]: field["value"] for field in page.select("input[type=hidden]")}
    assert hidden == {"hat": "coordinator-3", "size": "50"}
    assert page.select_one("a[href='?hat=coordinator-3']")
    assert asked("hat=coordinator-3").reset_url == ""


def test_the_pager_leads_to_the_neighbours_and_keeps_everything():
    template = Template("{% load lists %}{% list_pager list page what='people' %}")
    page = BeautifulSoup(
        template.render(Context({"list": asked("q=eva"), "page": KeysetPage([], next="n:1", previous="p:1")})),
        "html.parser",
    )
    assert [link["href"] for link in page.select("a")] == ["?q=eva&cursor=p%3A1", "?q=eva&cursor=n%3A1"]
    assert template.render(Context({"list": asked(""), "page": KeysetPage([])})).strip() == ""


@pytest.mark.django_db
@pytest.mark.parametrize("extra", [0, 60])
def test_a_page_is_narrowed_and_ordered_as_chosen(extra, django_assert_num_queries):
    Group.objects.bulk_create([Group(name=name) for name in ["anna", "berit", "aslak"]])
    Group.objects.bulk_create([Group(name=f"c{number}") for number in range(extra)])
    with django_assert_num_queries(1):
        page = asked("letter=a").page(Group.objects.all())
    assert [group.name for group in page] == ["anna", "aslak"]
