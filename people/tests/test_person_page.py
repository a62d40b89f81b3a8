"""A person's page, as each may see it."""

import datetime as dt

import pytest
from django.utils import translation

from coaches.tests.factories import PlacementFactory
from programmes.tests.factories import Cast, MembershipFactory, small_programme

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    translation.activate("en")
    return small_programme()


@pytest.fixture
def leader(cast: Cast):
    return cast.member("group_leader", name="Jonas Haugland", phone="40 00 00 01", email="jonas@example.org")


def page(client, viewer, person, status=200) -> str:
    viewer.language = "en"
    viewer.save(update_fields=["language"])
    client.force_login(viewer)
    answer = client.get(f"/people/{person.pk}/")
    assert answer.status_code == status
    return answer.content.decode()


def test_the_coordinator_sees_roles_over_time_placements_and_contact(cast: Cast, leader, client) -> None:
    MembershipFactory(
        person=leader,
        role=cast.roles["mentor"],
        organisation=cast.office,
        started_on=dt.date(2018, 1, 1),
        ended_on=dt.date(2019, 6, 30),
        ended_by=leader,
    )
    PlacementFactory(
        coach=cast.member("peer_coach", name="Ragnhild Sæther"), supervisee=leader, rule=cast.rules["group"]
    )
    text = page(client, cast.member("coordinator"), leader)
    for words in ("group leader", "mentor", "1 January 2018 to 30 June 2019", ">Ragnhild Sæther</a>"):
        assert words in text
    assert "jonas@example.org" in text
    assert "40 00 00 01" in text
    assert "Signs in" in text


def test_the_coach_sees_contact_and_a_former_coach_does_not(cast: Cast, leader, client) -> None:
    coach, former = cast.member("peer_coach"), cast.member("peer_coach")
    PlacementFactory(coach=coach, supervisee=leader, rule=cast.rules["group"])
    PlacementFactory(
        coach=former,
        supervisee=leader,
        rule=cast.rules["group"],
        state="ended",
        ended_on=dt.date(2021, 1, 1),
        ended_by=former,
    )
    assert "40 00 00 01" in page(client, coach, leader)
    assert "40 00 00 01" not in page(client, former, leader)


def test_a_leader_reaches_the_own_coach_and_sees_nobody_else_of_the_places(cast: Cast, leader, client) -> None:
    coach = cast.member("peer_coach", name="Ragnhild", phone="99 99 99 99")
    other = cast.member("group_leader", name="Another Leader")
    for person in (leader, other):
        PlacementFactory(coach=coach, supervisee=person, rule=cast.rules["group"])
    text = page(client, leader, coach)
    assert "99 99 99 99" in text
    assert "Another Leader" not in text
    page(client, leader, other, status=404)


def test_a_mentor_sees_the_places_of_the_own_coach(cast: Cast, leader, client) -> None:
    coach, mentor = cast.member("peer_coach", name="Ragnhild"), cast.member("mentor")
    PlacementFactory(coach=coach, supervisee=leader, rule=cast.rules["group"])
    PlacementFactory(coach=mentor, supervisee=coach, rule=cast.rules["mentoring"])
    text = page(client, mentor, coach)
    assert "Jonas Haugland" in text
    assert "1 of 4" in text
    page(client, mentor, leader)


def test_places_taken_in_another_network_are_only_taken(cast: Cast, client) -> None:
    elsewhere = small_programme()
    coach = cast.member("peer_coach", name="Ragnhild")
    elsewhere.member("peer_coach", person=coach)
    PlacementFactory(
        coach=coach, supervisee=elsewhere.member("group_leader", name="Hidden"), rule=elsewhere.rules["group"]
    )
    text = page(client, cast.member("coordinator"), coach)
    assert "Taken (other organisation)" in text
    assert "Hidden" not in text
    assert elsewhere.office.name not in text


@pytest.mark.parametrize("role", ["observer", "peer_coach", "mentor", "group_leader"])
def test_who_is_nothing_to_somebody_does_not_find_them(cast: Cast, leader, client, role) -> None:
    client.force_login(cast.member(role))
    answer = client.get(f"/people/{leader.pk}/")
    assert answer.status_code == 404
    assert leader.name not in answer.content.decode()
    client.force_login(cast.member("coordinator"))  # the control: the page is there
    assert client.get(f"/people/{leader.pk}/").status_code == 200


def test_another_network_does_not_find_them(cast: Cast, leader, client) -> None:
    seen = {}
    for whose, network in (("own", cast), ("other", small_programme())):
        client.force_login(network.member("coordinator"))
        answer = client.get(f"/people/{leader.pk}/")
        seen[whose] = (answer.status_code, leader.name in answer.content.decode())
    assert seen == {"own": (200, True), "other": (404, False)}


def test_a_coordinator_is_offered_a_coach_and_an_invitation(cast: Cast, client) -> None:
    new = cast.member("group_leader", password=None)
    text = page(client, cast.member("coordinator"), new)
    assert f"/placements/new/?supervisee={new.pk}" in text
    assert "Send an invitation" in text


def test_somebody_without_an_address_is_told_so(cast: Cast, client) -> None:
    new = cast.member("group_leader", email=None, password=None)
    text = page(client, cast.member("coordinator"), new)
    assert "None. No mail can be sent." in text
    assert "Add an address" in text


def test_few_queries(cast: Cast, leader, client, django_assert_max_num_queries) -> None:
    coordinator = cast.member("coordinator")
    client.force_login(coordinator)
    for _number in range(2):
        PlacementFactory(coach=leader, supervisee=cast.member("group_leader"), rule=cast.rules["mentoring"])
        with django_assert_max_num_queries(15):
            client.get(f"/people/{leader.pk}/")
