"""Who is told of a withdrawn consent and of a film to be deleted: those who led the meeting, never where it lies."""

import datetime as dt
from collections import Counter

import pytest
from django.core import mail
from django.urls import reverse

from notices.actions.tick import tick
from practice.actions.recordings import confirm_deletion, plan_deletion, withdraw_consent
from practice.models import GroupLeader
from practice.notices import overdue_due
from practice.tests.factories import GroupFactory, MeetingFactory, RecordingFactory
from programmes.tests.factories import Cast, small_programme

pytestmark = [pytest.mark.django_db, pytest.mark.both]
NOON = dt.datetime(2026, 5, 4, 10, tzinfo=dt.UTC)
#: Eight in the morning in Oslo on 1 June.
DUE = dt.datetime(2026, 6, 1, 6, tzinfo=dt.UTC)


@pytest.fixture
def cast(time_machine) -> Cast:
    time_machine.move_to(NOON, tick=False)
    return small_programme()


@pytest.fixture
def film(cast):
    """Of a meeting that Ingrid and Jonas led; Later came to the group afterwards."""
    ingrid, jonas, later = (
        cast.member("group_leader", name=name, email=f"{name.lower()}@example.org", language="en")
        for name in ("Ingrid", "Jonas", "Later")
    )
    group = GroupFactory(programme=cast.programme, led_by=[ingrid, jonas])
    GroupLeader.objects.create(group=group, person=later, started_on=dt.date(2026, 4, 1))
    recording = RecordingFactory(
        programme=cast.programme, meeting=MeetingFactory(group=group), noted_by=ingrid, delete_by=dt.date(2026, 6, 1)
    )
    return recording, ingrid, jonas


def told():
    tick()
    return Counter((one.extra_headers["X-Notice-Kind"], one.to[0].split("<")[-1].rstrip(">")) for one in mail.outbox)


def test_the_others_who_led_are_told_once_where_it_stands_and_not_where_it_lies(client, film):
    recording, ingrid, jonas = film
    for _time in range(2):
        withdraw_consent(by=ingrid, recording=recording)
    assert told() == {("recording_withdrawn", "jonas@example.org"): 1}
    [message] = mail.outbox
    path = reverse("practice:recording", args=[recording.pk])
    assert path in message.body
    assert "8 January 2026" in message.body
    assert recording.location not in message.body + str(message.alternatives)
    client.force_login(jonas)
    assert f'href="{path}"' in client.get(reverse("notices:mine")).content.decode()
    assert client.get(path).status_code == 200


def test_when_its_day_comes_all_who_led_are_told_until_it_is_deleted(film, time_machine):
    recording, ingrid, jonas = film
    time_machine.move_to(DUE - dt.timedelta(minutes=1), tick=False)
    assert told() == {}
    time_machine.move_to(DUE, tick=False)
    expected = {("recording_overdue", f"{name}@example.org"): 1 for name in ("ingrid", "jonas")}
    assert told() == expected
    time_machine.move_to(DUE + dt.timedelta(days=20), tick=False)
    assert told() == expected


def test_a_film_deleted_or_put_off_in_time_tells_nobody(film, time_machine):
    recording, ingrid, _jonas = film
    assert len(list(overdue_due(DUE, dt.timedelta(days=14)))) == 2  # the control
    plan_deletion(by=ingrid, recording=recording, delete_by=dt.date(2026, 6, 8))
    time_machine.move_to(DUE, tick=False)
    assert told() == {}
    confirm_deletion(by=ingrid, recording=recording)
    time_machine.move_to(DUE + dt.timedelta(days=7), tick=False)
    assert told() == {}


def test_one_noted_after_its_day_is_not_told(film):
    """History that comes in late: whoever notes it sees on the page that it is to be deleted."""
    recording, _ingrid, _jonas = film
    recording.noted_at = DUE + dt.timedelta(hours=1)
    recording.save()
    assert list(overdue_due(DUE + dt.timedelta(hours=2), dt.timedelta(days=14))) == []


@pytest.mark.parametrize("number", [1, 6])
def test_what_is_due_costs_the_same_for_few_and_many(film, django_assert_num_queries, number):
    recording, _ingrid, _jonas = film
    for _one in range(number - 1):
        RecordingFactory(programme=recording.programme, meeting=recording.meeting, delete_by=recording.delete_by)
    with django_assert_num_queries(1):
        assert len(list(overdue_due(DUE, dt.timedelta(days=14)))) == 2 * number
