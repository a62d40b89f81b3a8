"""What history starts, and the calendar file by the page; the mails themselves are in test_session_mail.py."""

import datetime as dt

import pytest
from django.urls import reverse
from icalendar import Calendar

from notices.actions.tick import tick
from notices.models import Notice
from supervision.tests.factories import NOW, stage_of

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture
def cast(stage):
    coach, ingrid = stage.member("peer_coach"), stage.member("group_leader")
    return stage, coach, ingrid


def test_history_starts_no_notice(cast):
    stage, coach, ingrid = cast
    for days in (4, 400):
        old = stage.session("peer_coach_group", coach, [ingrid], at=NOW - dt.timedelta(days=days), state="held")
        old.planned_at = NOW
        old.save()
    tick()
    assert not Notice.objects.exists()


def test_the_calendar_file_by_the_page(client, cast):
    stage, coach, ingrid = cast
    session = stage.session("peer_coach_group", coach, [ingrid])
    url = reverse("supervision:calendar", args=[session.pk])
    client.force_login(ingrid)
    answer = client.get(url)
    assert answer["Content-Type"].startswith("text/calendar")
    [event] = Calendar.from_ical(answer.content).walk("VEVENT")
    assert (event["location"], event["dtstart"].params["TZID"]) == ("Room 2", "Europe/Oslo")
    client.force_login(stage.member("local_coordinator"))
    assert client.get(url).status_code == 403
    client.force_login(stage_of("dua").member("group_leader"))
    assert client.get(url).status_code == 404
