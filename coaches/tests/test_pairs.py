"""Four places are drawn as four places, a pair as a pair."""

import pytest
from django.utils import translation

from coaches.actions.places import place_supervisee, place_together
from coaches.readers import own_drawing
from coaches.tests.factories import PlacementFactory
from programmes.tests.factories import Cast, small_programme

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    translation.activate("en")
    cast = small_programme()
    cast.rule("pair", "peer_coach", ["peer_coach"], caseload_max=1, reciprocal=True, format="pair")
    cast.rule("trio", "peer_coach", ["peer_coach"], caseload_max=1, reciprocal=True, format="triad")
    return cast


def test_who_has_nobody_yet_is_drawn_with_the_four_places_that_the_rule_gives(cast: Cast) -> None:
    drawing = own_drawing(cast.member("peer_coach"))
    assert (drawing.four_places, drawing.pairs) == (True, [])


def test_the_people_of_a_mentor_are_a_list_and_no_four_places(cast: Cast, client) -> None:
    mentor = cast.member("mentor", language="en")
    place_supervisee(
        by=cast.member("coordinator"), coach=mentor, supervisee=cast.member("peer_coach"), rule=cast.rules["mentoring"]
    )
    assert own_drawing(mentor).four_places is False
    client.force_login(mentor)
    text = client.get("/places/").content.decode()
    assert "You supervise 1 person" in text
    assert "free place" not in text


@pytest.mark.parametrize(("key", "size"), [("pair", 2), ("trio", 3)])
def test_a_pair_or_three_are_drawn_together_and_no_four_places(cast: Cast, client, key: str, size: int) -> None:
    people = [cast.member("peer_coach", name=f"Coach {number}", language="en") for number in range(size)]
    place_together(by=cast.member("coordinator"), people=people, rule=cast.rules[key])
    drawing = own_drawing(people[0])
    assert drawing.four_places is False
    assert [{one.pk for one in table} for table in drawing.pairs] == [{one.pk for one in people}]
    client.force_login(people[0])
    text = client.get("/places/").content.decode()
    assert "places-pair" in text
    assert "The four places" not in text


def test_both_are_drawn_for_who_has_both(cast: Cast, client) -> None:
    people = [cast.member("peer_coach", language="en") for _number in range(2)]
    place_together(by=cast.member("coordinator"), people=people, rule=cast.rules["pair"])
    PlacementFactory(coach=people[0], supervisee=cast.member("group_leader"), rule=cast.rules["group"])
    client.force_login(people[0])
    text = client.get(f"/people/{people[0].pk}/").content.decode()
    assert "places-pair" in text
    assert "The four places" in text
