"""Who is told that consent to a film is withdrawn or that one is to be deleted: those who hold it, nothing more."""

import datetime as dt
from collections import Counter

import pytest
import time_machine
from django.core import mail
from django.urls import reverse

from notices.actions.tick import tick
from notices.models import Notice
from practice.models import Recording
from supervision.models import SessionRecording
from supervision.notices.recordings import overdue_due
from supervision.seating import Place
from supervision.tests.factories import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.both]
WHERE = "Film store, group 31"
DELETE_BY = dt.date(2026, 12, 1)
#: Eight in the morning in Oslo, on the day.
DUE = dt.datetime(2026, 12, 1, 7, tzinfo=dt.UTC)


@pytest.fixture
def cast(stage):
    """A finished session: Ragnhild led, her apprentice co-led, Ingrid is in the film, Jonas was there."""
    people = {
        name: stage.member(role, name=name, email=f"{name.lower()}@example.org")
        for name, role in (("Ragnhild", "peer_coach"), ("Ingrid", "group_leader"), ("Jonas", "group_leader"))
    }
    people["Helper"] = stage.member("peer_coach", name="Helper", email="helper@example.org", language="nb")
    at = NOW - dt.timedelta(days=3)
    session = stage.session(
        "peer_coach_group", people["Ragnhild"], [people["Ingrid"], people["Jonas"]], at=at, state="finished"
    )
    stage.seat(session, [Place(people["Helper"], "co_lead")], present=True)
    recording = Recording.objects.create(
        programme=stage.programme, location=WHERE, purposes=["supervision"], delete_by=DELETE_BY, noted_at=at,
        noted_by=people["Ragnhild"],
    )  # fmt: skip
    SessionRecording.objects.create(session=session, recording=recording, person=people["Ingrid"])
    return people, session, recording


def told(at=None):
    """Who was mailed, by kind."""
    with time_machine.travel(at or NOW, tick=False):
        tick()
    return Counter((one.extra_headers["X-Notice-Kind"], one.to[0].split("<")[-1].rstrip(">")) for one in mail.outbox)


def withdraw(client, person, session, recording):
    client.force_login(person)
    url = reverse("supervision:recording", args=[session.pk, recording.pk])
    return client.post(url, {"do": "withdraw", "delete_by": "2026-12-01"})


def test_the_others_who_hold_the_film_are_told_once(client, cast):
    people, session, recording = cast
    for _time in range(2):
        assert withdraw(client, people["Ingrid"], session, recording).status_code == 302
    kind = "session_recording_withdrawn"
    assert told() == {(kind, "ragnhild@example.org"): 1, (kind, "helper@example.org"): 1}
    by_address = {one.to[0].split("<")[-1].rstrip(">"): one for one in mail.outbox}
    english, norwegian = by_address["ragnhild@example.org"], by_address["helper@example.org"]
    assert english.subject == "Consent withdrawn: a recording is to be deleted"
    assert norwegian.subject == "Samtykket er trukket tilbake: et opptak skal slettes"
    path = reverse("supervision:recording", args=[session.pk, recording.pk])
    for one in mail.outbox:
        assert path in one.body
        assert "Ingrid" not in one.body
        assert WHERE not in one.body + str(one.alternatives)
    client.force_login(people["Ragnhild"])
    assert f'href="{path}"' in client.get(reverse("notices:mine")).content.decode()


def test_on_the_day_those_who_hold_it_are_told_until_it_is_deleted(client, cast):
    people, session, recording = cast
    assert told(DUE - dt.timedelta(minutes=1)) == {}
    expected = {("session_recording_overdue", f"{name}@example.org"): 1 for name in ("ragnhild", "helper", "ingrid")}
    assert told(DUE) == expected
    assert told(DUE + dt.timedelta(days=3)) == expected
    assert all(WHERE not in one.body + str(one.alternatives) for one in mail.outbox)


def test_nobody_is_told_of_a_film_that_is_deleted_or_whose_day_was_moved(client, cast):
    people, session, recording = cast
    assert len(list(overdue_due(DUE, dt.timedelta(days=14)))) == 3  # the control
    Recording.objects.update(delete_by=DELETE_BY + dt.timedelta(days=7))
    assert told(DUE) == {}
    Recording.objects.update(deletion_confirmed_at=NOW, deletion_confirmed_by=people["Ingrid"])
    assert told(DUE + dt.timedelta(days=7)) == {}


def test_a_day_in_the_same_morning_as_the_withdrawal_is_told_once(client, cast):
    people, session, recording = cast
    with time_machine.travel(DUE + dt.timedelta(hours=2), tick=False):
        withdraw(client, people["Ingrid"], session, recording)
    assert {kind for kind, _address in told(DUE + dt.timedelta(hours=3))} == {"session_recording_withdrawn"}


def test_who_has_left_is_not_told(client, cast):
    people, session, recording = cast
    withdraw(client, people["Ingrid"], session, recording)
    people["Helper"].memberships.update(ended_on=dt.date(2026, 11, 24), ended_by=people["Helper"])
    assert told() == {("session_recording_withdrawn", "ragnhild@example.org"): 1}
    assert Notice.objects.get(recipient=people["Helper"]).closed_reason == "left"


@pytest.mark.parametrize("number", [1, 6])
def test_what_is_due_costs_the_same_for_few_and_many(cast, django_assert_num_queries, number):
    people, session, recording = cast
    for place in range(number - 1):
        other = Recording.objects.create(
            programme=recording.programme, location=f"Shelf {place}", delete_by=DELETE_BY, noted_at=NOW,
            noted_by=people["Ragnhild"],
        )  # fmt: skip
        SessionRecording.objects.create(session=session, recording=other, person=people["Ingrid"])
    with django_assert_num_queries(2):
        assert len(list(overdue_due(DUE, dt.timedelta(days=14)))) == 3 * number
