"""What placements make people to each other, and when they cease to."""

import datetime as dt

import pytest
from django.utils import translation

from accounts.models import User
from coaches.actions.endings import end_of_those_who_left
from coaches.models import Placement
from coaches.policies import placement_reads, placement_relations
from coaches.tests.factories import PlacementFactory
from common.at_once import read_at_once
from programmes.relations import About, relations
from programmes.rights import Relation
from programmes.tests.factories import Cast, small_programme

pytestmark = [pytest.mark.django_db, pytest.mark.both]
TODAY = dt.date(2026, 5, 4)


@pytest.fixture
def cast(time_machine) -> Cast:
    time_machine.move_to(dt.datetime(2026, 5, 4, 12, tzinfo=dt.UTC), tick=False)
    translation.activate("en")
    return small_programme()


@pytest.fixture
def placement(cast: Cast) -> Placement:
    coach, leader = cast.member("peer_coach"), cast.member("group_leader")
    return PlacementFactory(coach=coach, supervisee=leader, rule=cast.rules["group"])


def found(cast: Cast, viewer: User, person: User) -> set[Relation]:
    return among(viewer, About(person, cast.programme))


def among(viewer: User, about: About) -> set[Relation]:
    return placement_relations(viewer, about, read_at_once(**placement_reads(viewer, about)))


def changed(placement: Placement, **fields) -> None:
    Placement.objects.filter(pk=placement.pk).update(**fields)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, {Relation.PLACEMENT}),
        ({"started_on": TODAY}, {Relation.PLACEMENT}),
        ({"started_on": TODAY + dt.timedelta(1)}, set()),
        ({"planned_end_on": TODAY}, set()),
        ({"planned_end_on": TODAY + dt.timedelta(1)}, {Relation.PLACEMENT}),
    ],
)
def test_in_force_is_half_open(cast: Cast, placement: Placement, fields, expected) -> None:
    changed(placement, **fields)
    assert found(cast, placement.coach, placement.supervisee) == expected
    assert Placement.objects.in_force(TODAY).exists() is bool(expected)


@pytest.mark.parametrize(("ended_on", "expected"), [(TODAY, {Relation.EARLIER_COACH}), (dt.date(2020, 1, 1), set())])
def test_an_ended_one_makes_an_earlier_coach_unless_it_had_no_days(cast, placement, ended_on, expected) -> None:
    changed(placement, state="ended", ended_on=ended_on, ended_by=placement.coach)
    assert found(cast, placement.coach, placement.supervisee) == expected


def test_a_cover_makes_a_stand_in(cast: Cast, placement: Placement) -> None:
    stand_in = cast.member("peer_coach")
    PlacementFactory(coach=stand_in, supervisee=placement.supervisee, rule=placement.rule, covers=placement)
    assert found(cast, stand_in, placement.supervisee) == {Relation.STAND_IN}


def test_a_mentor_supervises_the_one_who_leads(cast: Cast, placement: Placement) -> None:
    mentor = cast.member("mentor")
    PlacementFactory(coach=mentor, supervisee=placement.coach, rule=cast.rules["mentoring"])
    assert found(cast, mentor, placement.supervisee) == {Relation.SUPERVISES_LEAD}
    assert found(cast, mentor, placement.coach) == {Relation.PLACEMENT, Relation.SUPERVISES_LEAD}


def test_nothing_of_it_holds_in_another_programme_or_backwards(cast: Cast, placement: Placement) -> None:
    other = small_programme().programme
    assert among(placement.coach, About(placement.supervisee, other)) == set()
    assert found(cast, placement.supervisee, placement.coach) == set()
    assert relations(cast.member("mentor"), About(placement.supervisee, cast.programme)) == set()


@pytest.mark.parametrize("who", ["coach", "supervisee"])
def test_rights_end_when_somebody_has_left_the_programme(cast: Cast, placement: Placement, who: str) -> None:
    assert end_of_those_who_left() == 0
    person = getattr(placement, who)
    person.memberships.update(ended_on=TODAY, ended_by=person)
    assert end_of_those_who_left() == 1
    assert end_of_those_who_left() == 0
    placement.refresh_from_db()
    assert (placement.state, placement.ended_on) == ("ended", TODAY)
    assert found(cast, placement.coach, placement.supervisee) == {Relation.EARLIER_COACH}
