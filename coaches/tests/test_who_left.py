"""Somebody has left the programme and the clock has not ended the placement yet: it opens nothing any more."""

import datetime as dt

import pytest
from django.utils import translation

from accounts.models import User
from coaches.models import Placement
from coaches.policies import is_coached_by
from coaches.tests.factories import PlacementFactory
from programmes.relations import About, relations
from programmes.rights import Relation
from programmes.tests.factories import Cast, small_programme

pytestmark = [pytest.mark.django_db, pytest.mark.both]
TODAY = dt.date(2026, 5, 4)
EMAIL, PHONE = "astrid@example.org", "40 00 00 77"


@pytest.fixture
def cast(time_machine) -> Cast:
    time_machine.move_to(dt.datetime(2026, 5, 4, 12, tzinfo=dt.UTC), tick=False)
    translation.activate("en")
    return small_programme()


@pytest.fixture
def coach(cast: Cast) -> User:
    return cast.member("peer_coach", name="Astrid Lie", email=EMAIL, phone=PHONE, language="en")


@pytest.fixture
def leader(cast: Cast) -> User:
    return cast.member("group_leader", name="Jonas Haugland", language="en")


@pytest.fixture
def placement(cast: Cast, coach: User, leader: User) -> Placement:
    return PlacementFactory(coach=coach, supervisee=leader, rule=cast.rules["group"])


def leaves(person: User) -> None:
    person.memberships.update(ended_on=TODAY, ended_by=person)


def page(client, viewer: User, address: str, status: int = 200) -> str:
    client.force_login(viewer)
    answer = client.get(address)
    assert answer.status_code == status, address
    return answer.content.decode()


def test_a_coach_reads_that_a_place_has_ended_and_no_name(client, placement, coach, leader) -> None:
    assert "Jonas Haugland" in page(client, coach, "/places/")
    leaves(leader)
    text = page(client, coach, "/places/")
    assert "Jonas Haugland" not in text
    assert "One of you has left the programme." in text


def test_a_coach_who_has_left_reads_no_names_among_the_places(client, placement, coach) -> None:
    leaves(coach)
    for address in ("/places/", "/"):
        assert "Jonas Haugland" not in page(client, coach, address), address


def test_the_room_of_a_coach_whom_one_has_is_refused_and_of_one_whom_one_had_is_not_there(
    client, placement, coach, leader
) -> None:
    room = f"/coaches/{coach.pk}/room/"
    page(client, leader, room, status=403)
    Placement.objects.filter(pk=placement.pk).update(state="ended", ended_on=TODAY, ended_by=coach)
    page(client, leader, room, status=404)


@pytest.mark.parametrize("who", ["coach", "leader"])
def test_nor_is_it_there_when_one_of_the_two_has_left(client, placement, coach, leader, who) -> None:
    assert is_coached_by(leader, coach)
    leaves({"coach": coach, "leader": leader}[who])
    assert not is_coached_by(leader, coach)
    page(client, leader, f"/coaches/{coach.pk}/room/", status=404)


def test_a_coach_who_has_left_is_not_reached_and_stands_as_ended(client, placement, coach, leader) -> None:
    assert PHONE in page(client, leader, f"/people/{coach.pk}/")
    assert EMAIL not in page(client, leader, f"/people/{leader.pk}/")
    leaves(coach)
    page(client, leader, f"/people/{coach.pk}/", status=404)
    own = page(client, leader, f"/people/{leader.pk}/")
    assert "Ended: one of the two has left the programme." in own
    assert f"/people/{coach.pk}/" not in own
    assert "Astrid Lie" not in page(client, leader, "/")


def test_a_supervisee_who_has_left_is_nothing_to_the_coach(cast: Cast, placement, coach, leader) -> None:
    about = About(leader, cast.programme)
    assert Relation.PLACEMENT in relations(coach, about)
    leaves(leader)
    assert relations(coach, about) == frozenset()
