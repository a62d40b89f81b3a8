"""What its owner shares is read by whoever supervises the owner's coach, for as long as both hold."""

import datetime as dt

import pytest
from django.urls import reverse

from supervision.models import Feedback, Goal
from supervision.tests.factories import NOW, stage_of

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture
def world(stage):
    mentor, coach = stage.member("mentor", name="Bente"), stage.member("peer_coach", name="Ragnhild")
    ingrid = stage.member("group_leader", name="Ingrid")
    stage.place(mentor, coach, rule="supervision_of_peer_coaches")
    stage.place(coach, ingrid, rule="peer_coach_group")
    return stage, mentor, coach, ingrid


def goal(stage, person, text, **fields):
    return Goal.objects.create(
        programme=stage.programme, person=person, text=text, set_at=NOW, set_by=person, **fields
    )


def read(client, person):
    client.force_login(person)
    answer = client.get(reverse("supervision:shared"))
    assert answer.status_code == 200
    return answer.content.decode()


def test_only_what_is_shared_and_only_to_the_one_who_supervises_the_coach(client, world):
    stage, mentor, coach, ingrid = world
    successor = goal(stage, ingrid, "SUCCESSOR-unshared")
    changed = {"status": "changed", "closed_at": NOW, "closed_by": ingrid, "successor": successor}
    goal(stage, ingrid, "GOAL-shared", shared_at=NOW, **changed)
    goal(stage, ingrid, "GOAL-kept")
    row = {"programme": stage.programme, "receiver": ingrid, "giver": coach, "given_at": NOW, "shared_at": NOW}
    Feedback.objects.create(strength="FEEDBACK-shared", released_at=NOW, **row)
    Feedback.objects.create(strength="FEEDBACK-unreleased", **row)
    page = read(client, mentor)
    assert "GOAL-shared" in page
    assert "FEEDBACK-shared" in page
    for word in ("GOAL-kept", "SUCCESSOR-unshared", "FEEDBACK-unreleased"):
        assert word not in page
    others = (stage.member("mentor"), coach, stage.member("local_coordinator"), stage_of("dua").member("mentor"))
    for person in others:
        assert "-shared" not in read(client, person)


def test_it_ends_with_the_sharing_and_with_the_placement(client, world):
    stage, mentor, coach, ingrid = world
    shared = goal(stage, ingrid, "GOAL-shared", shared_at=NOW)
    client.force_login(ingrid)
    client.post(reverse("supervision:share_goal", args=[shared.pk]), {"off": "1"})
    assert "GOAL-shared" not in read(client, mentor)
    client.force_login(ingrid)
    client.post(reverse("supervision:share_goal", args=[shared.pk]), {"on": "1"})
    assert "GOAL-shared" in read(client, mentor)
    assert "What is shared with me" in client.get(reverse("supervision:goals")).content.decode()
    coach.placements_as_coach.update(planned_end_on=dt.date(2026, 11, 24))
    assert "GOAL-shared" not in read(client, mentor)


def test_another_programme_of_the_same_people_shares_nothing(client, world):
    stage, mentor, _coach, ingrid = world
    other = stage_of("peer_training")
    goal(other, ingrid, "GOAL-elsewhere", shared_at=NOW)
    assert "GOAL-elsewhere" not in read(client, mentor)


def test_it_costs_the_same_for_few_and_many(client, world, django_assert_max_num_queries):
    stage, mentor, coach, ingrid = world
    goal(stage, ingrid, "One", shared_at=NOW)
    client.force_login(mentor)
    client.get(reverse("supervision:shared"))
    for many in (False, True):
        if many:
            for number in range(3):
                person = stage.member("group_leader")
                stage.place(coach, person, rule="peer_coach_group")
                goal(stage, person, f"Goal {number}", shared_at=NOW)
        with django_assert_max_num_queries(10):
            client.get(reverse("supervision:shared"))
