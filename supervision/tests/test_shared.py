"""What its owner shares is read by whoever supervises the owner's coach, for as long as both hold."""

import datetime as dt

import pytest
import time_machine
from django.core import mail
from django.urls import reverse

from accounts.models import AuditEvent
from notices.actions.tick import tick
from notices.models import Notice, OptOut
from supervision.models import Feedback, Goal
from supervision.readers.shared import who_reads_shared
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


def share(client, owner, thing, on=True):
    client.force_login(owner)
    name = "share_goal" if isinstance(thing, Goal) else "share_feedback"
    return client.post(reverse(f"supervision:{name}", args=[thing.pk]), {"on" if on else "off": "1"})


def told():
    tick()
    return [(one.extra_headers["X-Notice-Kind"], one.to[0].split("<")[-1].rstrip(">")) for one in mail.outbox]


def test_the_reader_is_told_that_something_is_shared_and_never_what(client, world):
    stage, mentor, coach, ingrid = world
    mentor.email, mentor.language = "mentor@example.org", "da"
    mentor.save()
    row = {"programme": stage.programme, "receiver": ingrid, "giver": coach, "given_at": NOW, "released_at": NOW}
    feedback = Feedback.objects.create(strength="STRENGTH-words", growth="GROWTH-words", **row)
    assert share(client, ingrid, feedback).status_code == 302
    assert told() == [("shared_with_you", "mentor@example.org")]
    [message] = mail.outbox
    assert message.subject == "Ingrid deler noget med dig"
    assert reverse("supervision:shared") in message.body
    assert "-words" not in message.body + str(message.alternatives)
    client.force_login(mentor)
    assert f'href="{reverse("supervision:shared")}"' in client.get(reverse("notices:mine")).content.decode()


def test_who_shares_several_things_tells_it_once_a_day(client, world):
    stage, mentor, _coach, ingrid = world
    for text in ("One", "Two", "Three"):
        share(client, ingrid, goal(stage, ingrid, text))
        assert len(told()) == 1
    assert Notice.objects.filter(closed_reason="told within the day").count() == 2
    with time_machine.travel(NOW + dt.timedelta(hours=25), tick=False):
        share(client, ingrid, goal(stage, ingrid, "Four"))
        assert len(told()) == 2
    other = stage.member("group_leader")
    stage.place(world[2], other, rule="peer_coach_group")
    share(client, other, goal(stage, other, "Of somebody else"))
    assert len(told()) == 3


def test_the_same_press_twice_shares_and_tells_once(client, world):
    stage, _mentor, _coach, ingrid = world
    own = goal(stage, ingrid, "One")
    for on in (True, True, False, False):
        assert share(client, ingrid, own, on=on).status_code == 302
    verbs = AuditEvent.objects.filter(subject=f"goal:{own.pk}").order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["goal.shared", "goal.unshared"]
    assert told() == []
    assert Notice.objects.get().closed_reason == "no longer shared"


def test_nobody_is_told_who_wants_no_such_mail_or_supervises_no_more(client, world):
    stage, mentor, coach, ingrid = world
    OptOut.objects.create(person=mentor, kind="shared_with_you", since=NOW)
    share(client, ingrid, goal(stage, ingrid, "One"))
    assert told() == []
    OptOut.objects.all().delete()
    share(client, ingrid, goal(stage, ingrid, "Two"))
    mentor.placements_as_coach.update(planned_end_on=dt.date(2026, 11, 24))
    assert told() == []
    reasons = Notice.objects.order_by("pk").values_list("closed_reason", flat=True)
    assert list(reasons) == ["turned off", "no longer supervises"]


@pytest.mark.parametrize("who", ["mentor", "coach"])
def test_nobody_is_told_once_the_mentor_or_the_coach_has_left(client, world, who):
    """The places stand until somebody ends them; who has left reads no more, and so is told nothing."""
    _stage, mentor, coach, ingrid = world
    gone = {"mentor": mentor, "coach": coach}[who]
    assert who_reads_shared(ingrid, world[0].programme.pk) == [mentor]
    gone.memberships.update(ended_on=dt.date(2026, 11, 20), ended_by=gone)
    share(client, ingrid, goal(world[0], ingrid, "One"))
    assert told() == []
    assert not Notice.objects.exists()
