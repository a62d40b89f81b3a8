"""The bar, the hats and the menu: what each sees, and what it costs."""

import pytest
from django.urls import reverse

from accounts.tests.factories import PersonFactory
from overview.navigation import pages_for
from programmes.tests.factories import small_programme

pytestmark = pytest.mark.django_db
ENGLISH = {"HTTP_ACCEPT_LANGUAGE": "en"}
HELP = "/help/"


def labels(items) -> list[str]:
    return [str(item["label"]) for item in items]


def frame(client, person, path: str = HELP) -> dict:
    person.language = "en"
    person.save()
    client.force_login(person)
    return client.get(path).context


def test_a_coordinator_finds_the_network_in_the_bar() -> None:
    bar, more = pages_for("coordinator", {"coordinator", "peer_coach"})
    assert [page.name for page in bar][:2] == ["overview:home", "overview:workbench"]
    assert len(bar) == 5
    assert {"overview:trail", "practice:groups"} <= {page.name for page in more}
    names = [page.name for page in bar + more]
    assert len(names) == len(set(names))


def test_somebody_without_a_role_has_a_home_page_and_no_hat(client) -> None:
    page = frame(client, PersonFactory())
    assert labels(page["hats"]) == []
    assert page["place_line"] == ""
    assert "Workbench" not in labels(page["nav"]) + labels(page["more"])


def test_the_hat_named_in_the_address_is_worn(client) -> None:
    cast = small_programme()
    coach = cast.member("peer_coach")
    cast.member("coordinator", person=coach)
    first = frame(client, coach)
    assert first["hat"]["label"].startswith("Coordinator")
    worn = frame(client, coach, f"{HELP}?hat={cast.programme.pk}-peer_coach")
    assert worn["hat"]["label"].startswith("Peer coach")
    assert [item["current"] for item in worn["hats"]] == [False, True]


def test_the_bar_names_the_role_and_the_list_the_programme_too(client) -> None:
    cast = small_programme()
    coach = cast.member("peer_coach")
    cast.member("coordinator", person=coach)
    page = frame(client, coach)
    assert page["worn_role"] == "Coordinator"
    assert page["hats"][0]["label"].startswith("Coordinator, ")


def test_whoever_is_in_training_is_not_led_to_what_the_role_decides() -> None:
    bar, more = pages_for("mentor", {"mentor"}, deciding=set())
    names = {page.name for page in bar + more}
    assert not names & {"certification:decisions", "certification:trainings"}
    assert "coaches:my_places" in names


def test_a_page_under_more_is_told_where_it_stands(client) -> None:
    cast = small_programme()
    coordinator = cast.member("coordinator")
    assert frame(client, coordinator, reverse("overview:trail"))["more_current"]
    assert not frame(client, coordinator, reverse("overview:workbench"))["more_current"]


def test_a_hat_of_somebody_else_changes_nothing(client) -> None:
    cast, other = small_programme(), small_programme()
    page = frame(client, cast.member("peer_coach"), f"{HELP}?hat={other.programme.pk}-coordinator")
    assert page["hat"]["key"] == f"{cast.programme.pk}-peer_coach"


@pytest.mark.parametrize("hats", [1, 4])
def test_the_frame_costs_two_queries(client, django_assert_num_queries, hats: int) -> None:
    person = PersonFactory()
    for _number in range(hats):
        cast = small_programme()
        for role in ("coordinator", "peer_coach", "group_leader"):
            cast.member(role, person=person)
    client.force_login(person)
    # The session and the person who is signed in are read on every page.
    with django_assert_num_queries(2 + 2):
        client.get(HELP)


def test_strangers_cost_nothing(client, django_assert_num_queries) -> None:
    with django_assert_num_queries(0):
        assert "nav" not in client.get(HELP).context


def test_home_leads_strangers_to_the_sign_in(client) -> None:
    answer = client.get(reverse("overview:home"))
    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("account_login"))
