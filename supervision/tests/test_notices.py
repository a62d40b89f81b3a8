"""Mails about sessions: invitation, change, cancellation, reminder, not recorded; and the calendar file."""

import datetime as dt

import pytest
import time_machine
from django.core import mail
from django.urls import reverse
from icalendar import Calendar

from notices.actions.tick import tick
from notices.models import Notice
from supervision.actions.planning import When, cancel_session, change_session, plan_session
from supervision.models import Goal
from supervision.seating import seat_once
from supervision.tests.factories import NOW, stage_of

pytestmark = [pytest.mark.django_db, pytest.mark.both]
THURSDAY = When(dt.date(2026, 11, 26), dt.time(13), "Europe/Oslo", 120, "Room 2")


@pytest.fixture
def cast():
    stage = stage_of("dua")
    coach = stage.member("peer_coach", name="Ragnhild Sæther", email="ragnhild@example.org")
    ingrid = stage.member("group_leader", name='Ingrid "X"; Moen', email="ingrid@example.org", language="nb")
    stage.place(coach, ingrid, rule="peer_coach_group")
    version = stage.version("peer_coach_group")
    session = plan_session(by=coach, version=version, when=THURSDAY, places=seat_once(coach, [ingrid]))
    return stage, session, coach, ingrid


def sent():
    """What the tick sends now, and the calendar in each mail."""
    mail.outbox.clear()
    tick()
    return [(one, calendar_in(one)) for one in mail.outbox]


def calendar_in(one):
    texts = [part for part in one.alternatives if "text/calendar" in part[1]]
    return Calendar.from_ical(texts[0][0]) if texts else None


def event(calendar):
    return calendar.walk("VEVENT")[0]


def test_invited_moved_cancelled_under_one_uid(cast):
    _stage, session, coach, ingrid = cast
    [(invitation, first)] = sent()
    assert invitation.to == ['"Ingrid \\"X\\"; Moen" <ingrid@example.org>']
    assert first["method"] == "REQUEST"
    start = event(first)["dtstart"]
    assert (start.dt.isoformat(), start.params["TZID"]) == ("2026-11-26T13:00:00+01:00", "Europe/Oslo")
    assert event(first)["sequence"] == 0
    assert "/sessions/answer/" in invitation.body
    later = When(dt.date(2026, 11, 27), dt.time(9), "Europe/Oslo", 120, "Room 2")
    with time_machine.travel(NOW + dt.timedelta(minutes=5), tick=False):
        change_session(session=session, by=coach, when=later, places=seat_once(coach, [ingrid]), sequence=0)
        [(_moved, second)] = sent()
    with time_machine.travel(NOW + dt.timedelta(minutes=9), tick=False):
        session.refresh_from_db()
        cancel_session(session=session, by=coach, reason="Low staffing")
        [(cancelled, third)] = sent()
    assert len({str(event(one)["uid"]) for one in (first, second, third)}) == 1
    assert [event(one)["sequence"] for one in (first, second, third)] == [0, 1, 2]
    assert (third["method"], event(third)["status"]) == ("CANCEL", "CANCELLED")
    assert "Low staffing" not in cancelled.body


def test_moved_before_the_first_mail_left_sends_one(cast):
    _stage, session, coach, ingrid = cast
    later = When(dt.date(2026, 11, 27), dt.time(9), "Europe/Oslo", 120, "Room 2")
    with time_machine.travel(NOW + dt.timedelta(minutes=1), tick=False):
        change_session(session=session, by=coach, when=later, places=seat_once(coach, [ingrid]), sequence=0)
        mails = sent()
    assert [event(calendar)["sequence"] for _mail, calendar in mails] == [1]
    assert Notice.objects.get(kind="session_planned").closed_reason == "moved"


def test_a_day_before_everybody_in_it_is_reminded_once(cast):
    stage, session, coach, ingrid = cast
    sent()
    Goal.objects.create(programme=stage.programme, person=ingrid, text="CANARY", set_at=NOW, set_by=coach)
    with time_machine.travel(session.starts_at - dt.timedelta(hours=24, minutes=1), tick=False):
        assert sent() == []
    with time_machine.travel(session.starts_at - dt.timedelta(hours=23, minutes=59), tick=False):
        mails = sent()
        assert sorted(one.to[0].split("<")[1] for one, _calendar in mails) == [
            "ingrid@example.org>",
            "ragnhild@example.org>",
        ]
        assert all(event(calendar)["sequence"] == 0 for _one, calendar in mails)
        assert not any("CANARY" in one.body for one, _calendar in mails)
        assert sent() == []


def test_who_said_no_is_not_reminded(cast):
    _stage, session, _coach, ingrid = cast
    sent()
    session.attendances.filter(person=ingrid).update(reply="no")
    with time_machine.travel(session.starts_at - dt.timedelta(hours=20), tick=False):
        assert [one.to[0].split("<")[1] for one, _calendar in sent()] == ["ragnhild@example.org>"]


def test_not_recorded_three_days_after(cast):
    _stage, session, coach, _ingrid = cast
    sent()
    with time_machine.travel(session.starts_at + dt.timedelta(days=3, minutes=1), tick=False):
        mails = sent()
        assert [(one.to[0].split("<")[1], calendar) for one, calendar in mails] == [("ragnhild@example.org>", None)]
        assert reverse("supervision:record", args=[session.pk]) in mails[0][0].body
        assert sent() == []


def test_history_starts_no_notice(cast):
    stage, _session, coach, ingrid = cast
    sent()
    old = stage.session("peer_coach_group", coach, [ingrid], at=NOW - dt.timedelta(days=400), state="held")
    old.planned_at = NOW
    old.save()
    assert sent() == []


def test_the_calendar_file_by_the_page(client, cast):
    stage, session, _coach, ingrid = cast
    url = reverse("supervision:calendar", args=[session.pk])
    client.force_login(ingrid)
    answer = client.get(url)
    assert answer["Content-Type"].startswith("text/calendar")
    assert event(Calendar.from_ical(answer.content))["location"] == "Room 2"
    client.force_login(stage.member("local_coordinator"))
    assert client.get(url).status_code == 403
    client.force_login(stage.member("group_leader"))
    assert client.get(url).status_code == 404
