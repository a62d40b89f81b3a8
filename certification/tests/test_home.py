"""What the first page is told: decisions that wait for me, my own way, trainings that I lead."""

import datetime as dt

import pytest

from accounts.models import User
from certification.readers.home import ladders_of, own_certificates, own_ways, trainings_ahead, waiting_decisions
from certification.tests.factories import (
    Hall,
    approve,
    approve_decided,
    event,
    fill_computed,
    fresh,
    session,
)
from coaches.tests.factories import PlacementFactory
from programmes.relations import About, relations
from programmes.rights import Relation

pytestmark = [pytest.mark.django_db, pytest.mark.both, pytest.mark.time_machine("2026-11-22 12:00", tick=False)]


def test_what_waits_for_whom(hall: Hall) -> None:
    siv = hall.member("peer_coach", name="Siv Tangen")
    candidacy = hall.candidacy("peer_coach", siv, "toddler")
    mentor, manager, learner = hall.member("mentor"), hall.member("manager"), hall.member("mentor", in_training=True)
    assert [one.url for one in waiting_decisions(mentor)] == [
        f"/ladder/{candidacy.pk}/steps/{step.pk}/" for step in candidacy.track_version.steps.order_by("order")[:2]
    ]
    assert waiting_decisions(manager) == []
    assert waiting_decisions(learner) == []
    assert waiting_decisions(siv) == []
    for key in ("certified", "experience"):
        approve(candidacy, key, mentor)
    [one] = waiting_decisions(manager)
    assert (one.candidate, one.since, one.is_certificate) == ("Siv Tangen", dt.date(2026, 1, 15), False)


def test_the_certificate_itself_waits(hall: Hall) -> None:
    candidacy = hall.candidacy("peer_coach", hall.member("peer_coach"), "toddler")
    fill_computed(hall, candidacy, hall.member("group_leader"))
    approve_decided(candidacy, User.objects.system(), but=["decision"])
    [one] = waiting_decisions(hall.member("mentor"))
    assert (one.is_certificate, one.url) == (True, f"/ladder/{candidacy.pk}/certificate/")


def test_a_peer_coach_decides_for_their_own_group_leaders(hall: Hall) -> None:
    coach, other = hall.member("peer_coach"), hall.member("peer_coach")
    leader = hall.member("group_leader")
    hall.candidacy("group_leader", leader, "toddler")
    assert len(waiting_decisions(coach)) == len(waiting_decisions(other)) == 4
    PlacementFactory(coach=coach, supervisee=leader, rule=hall.programme.rules.get(key="peer_coach_group"))
    assert (len(waiting_decisions(coach)), len(waiting_decisions(other))) == (4, 0)


def test_waiting_gives_the_relation_and_only_then(hall: Hall) -> None:
    siv = hall.member("peer_coach")
    mentor = hall.member("mentor")
    about = About(siv, hall.programme)
    assert Relation.DECIDES_STEP not in relations(mentor, about)
    candidacy = hall.candidacy("peer_coach", siv, "toddler")
    assert Relation.DECIDES_STEP in relations(mentor, about)
    for key in ("certified", "experience"):
        approve(candidacy, key, mentor)
    assert Relation.DECIDES_STEP not in relations(mentor, about)
    hall.member("mentor", person=siv)
    assert relations(siv, about) & {Relation.DECIDES_STEP, Relation.COORDINATOR} == set()


def test_my_own_way(hall: Hall) -> None:
    siv = hall.member("peer_coach")
    hall.candidacy("peer_coach", siv, "toddler")
    [way] = own_ways(siv)
    assert (way.done, way.steps, way.is_yours) == (0, 11, True)
    assert own_certificates(siv) == []


def test_both_parts_of_home_say_what_each_says_alone(hall: Hall) -> None:
    """Read together, and for who climbs oneself with the names of all deciders: nothing more waits for the viewer."""
    siv, coach = hall.member("peer_coach", name="Siv"), hall.member("peer_coach")
    leader, other = hall.member("group_leader"), hall.member("group_leader")
    PlacementFactory(coach=siv, supervisee=leader, rule=hall.programme.rules.get(key="peer_coach_group"))
    PlacementFactory(coach=coach, supervisee=other, rule=hall.programme.rules.get(key="peer_coach_group"))
    for person in (leader, other):
        hall.candidacy("group_leader", person, "toddler")
    for climbs_too in (False, True):
        if climbs_too:
            hall.candidacy("peer_coach", siv, "toddler")
        decisions, ways = ladders_of(siv)
        assert decisions == waiting_decisions(siv)
        assert ways == own_ways(siv)
        assert {one.candidate for one in decisions} == {leader.name}
        assert len(ways) == climbs_too


def test_trainings_that_i_lead(hall: Hall) -> None:
    mentor = hall.member("mentor")
    ahead = event(hall, "consultation_day", [dt.date(2026, 11, 22), dt.date(2026, 12, 1)], {}, leader=mentor)
    event(hall, "consultation_day", [dt.date(2026, 11, 21)], {}, leader=mentor)
    assert trainings_ahead(mentor, dt.date(2026, 11, 22)) == [ahead]


def test_a_consultation_day_with_ones_own_mentor_does_not_count(hall: Hall) -> None:
    """Neither with who supervises the candidate, nor with the mentor of the candidate's coach."""
    leader, coach = hall.member("group_leader"), hall.member("peer_coach")
    own, above, other = (hall.member("mentor") for _one in range(3))
    PlacementFactory(coach=coach, supervisee=leader, rule=hall.programme.rules.get(key="peer_coach_group"))
    PlacementFactory(coach=above, supervisee=coach, rule=hall.programme.rules.get(key="supervision_of_peer_coaches"))
    session(hall, "mentor_group", dt.date(2026, 6, 1), {"lead": [own], "supervisee": [leader]})
    candidacy = hall.candidacy("group_leader", leader, "toddler")
    day = dt.date(2026, 9, 1)
    done = []
    for who in (own, above, coach, other):
        event(hall, "consultation_day", [day], {leader: [day]}, leader=who)
        [rung] = [one for one in fresh(candidacy).rungs if one.step.training_event == "consultation_day"]
        done.append(rung.is_done)
    assert done == [False, False, False, True]


@pytest.mark.parametrize("number", [1, 5])
def test_queries(hall: Hall, number: int, django_assert_num_queries) -> None:
    mentor = hall.member("mentor")
    for _one in range(number):
        candidacy = hall.candidacy("peer_coach", hall.member("peer_coach"), "toddler")
        fill_computed(hall, candidacy, hall.member("group_leader"))
    with django_assert_num_queries(2):
        assert len(waiting_decisions(mentor)) == 2 * number
