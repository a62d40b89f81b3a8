"""What people are told about sessions: who, when, in which language, with which file; and what is never told."""

import datetime as dt
from collections import Counter
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core import mail
from django.urls import reverse
from icalendar import Calendar

from accounts.models import User
from notices.actions.tick import tick
from notices.models import Notice
from supervision.actions.planning import When, cancel_session, change_session, plan_session
from supervision.actions.telling import PLANNED, tell
from supervision.models import AgendaNote, Attendance, Feedback, Goal, PrivateNote, SupervisionSession
from supervision.notices.sessions import reminders_due, unrecorded_due
from supervision.seating import Place, seat_once
from supervision.tests.factories import NOW, THURSDAY

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
OSLO = ZoneInfo("Europe/Oslo")


@pytest.fixture
def coach(stage):
    return stage.member("peer_coach", name="Ragnhild Sæther", email="ragnhild@example.org", language="en")


@pytest.fixture
def leaders(stage, coach):
    jonas = stage.member("group_leader", name="Jonas Lie", email="jonas@example.org", language="en")
    freja = stage.member("group_leader", name="Freja Holm", email="freja@example.org", language="da")
    stage.place(coach, jonas, freja, rule="peer_coach_group")
    return [jonas, freja]


@pytest.fixture
def session(stage, coach, leaders):
    return stage.session("peer_coach_group", coach, leaders)


def told(clock=None, at=None) -> Counter[tuple[str, str]]:
    """Who was mailed by now, by kind."""
    if clock:
        clock.move_to(at)
    tick()
    return Counter((message.extra_headers["X-Notice-Kind"], address_of(message)) for message in mail.outbox)


def address_of(message) -> str:
    return message.to[0].split("<")[-1].rstrip(">")


def calendar_in(message) -> Calendar:
    (content,) = [content for name, content, _type in message.attachments if name == "session.ics"]
    return Calendar.from_ical(content)


def event_in(message):
    return calendar_in(message).walk("VEVENT")[0]


def invited(session, coach) -> None:
    tell(PLANNED, session, [row.person for row in session.attendances.select_related("person")], by=coach)


def change(session, coach, people, time: dt.time = dt.time(13), day: int = 27) -> None:
    when = When(dt.date(2026, 11, day), time, "Europe/Oslo", 120, place="Room 3")
    change_session(session=session, by=coach, when=when, places=seat_once(coach, people), sequence=session.sequence)
    session.refresh_from_db()


@pytest.fixture
def clock(_tuesday):
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


def test_planning_invites_everybody_but_the_planner(clock, session, coach) -> None:
    invited(session, coach)
    assert told() == {("session_planned", "jonas@example.org"): 1, ("session_planned", "freja@example.org"): 1}
    message = mail.outbox[0]
    assert message.extra_headers["Reply-To"] == "=?utf-8?q?Ragnhild_S=C3=A6ther?= <ragnhild@example.org>"
    calendar, event = calendar_in(message), event_in(message)
    assert calendar["METHOD"] == "REQUEST"
    assert (event["UID"], event["SEQUENCE"]) == (f"{session.uid}@127.0.0.1", 0)
    assert event["DTSTART"].dt == THURSDAY
    assert "mailto:jonas@example.org" in str(event["ATTENDEE"])
    assert "freja@example.org" not in message.attachments[-1][1].decode()


def test_each_reads_it_in_their_own_language(clock, session, coach) -> None:
    invited(session, coach)
    told()
    by_address = {address_of(message): message for message in mail.outbox}
    assert "Thursday 26 November" in by_address["jonas@example.org"].body
    assert "torsdag den 26. november kl. 13.00" in " ".join(by_address["freja@example.org"].body.split())


def test_moving_sends_the_same_uid_with_a_higher_sequence(clock, session, coach, leaders) -> None:
    invited(session, coach)
    told()
    change(session, coach, leaders)
    assert told()[("session_moved", "jonas@example.org")] == 1
    first, moved = mail.outbox[0], mail.outbox[-1]
    assert event_in(first)["UID"] == event_in(moved)["UID"]
    assert (event_in(first)["SEQUENCE"], event_in(moved)["SEQUENCE"]) == (0, 1)
    assert event_in(moved)["DTSTART"].dt == dt.datetime(2026, 11, 27, 13, tzinfo=OSLO)


def test_an_invitation_overtaken_by_a_move_is_not_sent(clock, session, coach, leaders) -> None:
    invited(session, coach)
    clock.shift(60)
    change(session, coach, leaders)
    assert told() == {("session_moved", "jonas@example.org"): 1, ("session_moved", "freja@example.org"): 1}
    assert set(Notice.objects.filter(kind="session_planned").values_list("closed_reason", flat=True)) == {"moved"}


def test_cancelling_sends_cancel_and_stops_the_reminder(clock, session, coach) -> None:
    invited(session, coach)
    told()
    cancel_session(session=session, by=coach, reason="Snow")
    counts = told(clock, THURSDAY - DAY)
    assert counts[("session_cancelled", "jonas@example.org")] == 1
    assert not any(kind == "session_reminder" for kind, _ in counts)
    cancelled = mail.outbox[-1]
    assert calendar_in(cancelled)["METHOD"] == "CANCEL"
    assert (event_in(cancelled)["STATUS"], event_in(cancelled)["SEQUENCE"]) == ("CANCELLED", 1)


def test_after_the_reminder_every_calendar_learns_of_a_cancellation_the_planners_too(clock, session, coach) -> None:
    invited(session, coach)
    told(clock, THURSDAY - DAY)
    mail.outbox.clear()
    clock.shift(dt.timedelta(hours=2))
    assert cancel_session(session=session, by=coach, reason="Snow") == 3
    everybody = ("ragnhild@example.org", "jonas@example.org", "freja@example.org")
    assert told() == {("session_cancelled", address): 1 for address in everybody}
    files = [event_in(message) for message in mail.outbox]
    assert {(str(event["UID"]), event["SEQUENCE"]) for event in files} == {(f"{session.uid}@127.0.0.1", 1)}
    assert {calendar_in(message)["METHOD"] for message in mail.outbox} == {"CANCEL"}


def test_after_the_reminder_every_calendar_learns_of_a_move_the_planners_too(clock, session, coach, leaders) -> None:
    invited(session, coach)
    told(clock, THURSDAY - DAY)
    mail.outbox.clear()
    clock.shift(dt.timedelta(hours=2))
    change(session, coach, leaders, day=30)
    everybody = ("ragnhild@example.org", "jonas@example.org", "freja@example.org")
    assert told() == {("session_moved", address): 1 for address in everybody}
    assert {event_in(message)["SEQUENCE"] for message in mail.outbox} == {1}
    mail.outbox.clear()
    counts = told(clock, dt.datetime(2026, 11, 29, 13, tzinfo=OSLO))
    assert counts == {("session_reminder", address): 1 for address in everybody}
    assert {event_in(message)["SEQUENCE"] for message in mail.outbox} == {1}


@pytest.mark.parametrize(
    ("time", "place", "moment"),
    [
        pytest.param(dt.time(15), "Room 2", dt.datetime(2026, 11, 26, 15, tzinfo=OSLO), id="later that day"),
        pytest.param(dt.time(11), "Room 2", dt.datetime(2026, 11, 26, 11, tzinfo=OSLO), id="earlier that day"),
        pytest.param(dt.time(13), "Room 9", THURSDAY, id="another place"),
    ],
)
def test_after_the_reminder_a_new_time_or_place_is_told_to_everybody_once(
    clock, session, coach, leaders, time, place, moment
) -> None:
    """The calendar learns of it. A reminder comes again only 24 hours before a later time, with the new file."""
    invited(session, coach)
    assert told(clock, THURSDAY - DAY)[("session_reminder", "jonas@example.org")] == 1
    mail.outbox.clear()
    clock.shift(dt.timedelta(hours=1))
    when = When(dt.date(2026, 11, 26), time, "Europe/Oslo", 120, place=place)
    change_session(session=session, by=coach, when=when, places=seat_once(coach, leaders), sequence=0)
    everybody = ("ragnhild@example.org", "jonas@example.org", "freja@example.org")
    expected = {("session_moved", address): 1 for address in everybody}
    assert told() == expected
    files = [event_in(message) for message in mail.outbox]
    assert {(str(event["UID"]), event["SEQUENCE"], str(event["LOCATION"])) for event in files} == {
        (f"{session.uid}@127.0.0.1", 1, place)
    }
    assert {event["DTSTART"].dt for event in files} == {moment}
    if moment > THURSDAY:
        assert told(clock, moment - DAY - dt.timedelta(seconds=1)) == expected
        expected |= {("session_reminder", address): 1 for address in everybody}
    for hours in (2, 4, 20):
        assert told(clock, THURSDAY - DAY + dt.timedelta(hours=hours)) == expected
    assert {event_in(message)["SEQUENCE"] for message in mail.outbox} == {1}


def test_a_planner_without_a_copy_is_not_mailed_their_own_act(clock, session, coach, leaders) -> None:
    invited(session, coach)
    told()
    assert cancel_session(session=session, by=coach, reason="Snow") == 2


def test_a_co_lead_who_was_invited_and_cancels_gets_the_cancellation(clock, stage, coach, leaders) -> None:
    helper = stage.member("peer_coach", email="helper@example.org")
    session = stage.session("peer_coach_group", coach, leaders)
    stage.seat(session, [Place(helper, Attendance.Seat.CO_LEAD)])
    invited(session, coach)
    told()
    cancel_session(session=session, by=helper, reason="Snow")
    counts = told()
    assert {address for kind, address in counts if kind == "session_cancelled"} == {
        "helper@example.org", "jonas@example.org", "freja@example.org", "ragnhild@example.org",
    }  # fmt: skip


def test_each_reads_the_time_of_their_own_clock(clock, session, coach, leaders, client) -> None:
    User.objects.filter(pk=leaders[0].pk).update(time_zone="Europe/Helsinki")
    invited(session, coach)
    told()
    by_address = {address_of(message): message for message in mail.outbox}
    far, near = by_address["jonas@example.org"], by_address["freja@example.org"]
    text = " ".join(far.body.split())
    assert far.subject == "Thursday 26 November at 14:00: your session"
    assert "Thursday 26 November, 14:00–16:00" in text
    assert "The time is yours (Helsinki). In Oslo it is Thursday 26 November, 13:00–15:00." in text
    assert "Oslo" not in near.body
    assert event_in(far)["DTSTART"].params["TZID"] == "Europe/Oslo"
    assert [str(zone["TZID"]) for zone in calendar_in(far).walk("VTIMEZONE")] == ["Europe/Oslo"]
    client.force_login(User.objects.get(pk=leaders[0].pk))
    page = client.get(reverse("supervision:session", args=[session.pk])).content.decode()
    assert "Your time. In Oslo: Thursday 26 November, 13:00–15:00" in page
    assert "Thursday 26 November, 14:00" in page
    client.force_login(coach)
    assert "Your time" not in client.get(reverse("supervision:session", args=[session.pk])).content.decode()


def test_a_session_noted_afterwards_mails_nobody_then_or_later(clock, stage, coach, leaders) -> None:
    when = When(dt.date(2026, 11, 20), dt.time(13), "Europe/Oslo", 120)
    plan_session(
        by=coach, version=stage.version("peer_coach_group"), when=when, places=seat_once(coach, leaders),
        afterwards=True,
    )  # fmt: skip
    assert told() == {}
    for days in (1, 3, 10):
        assert told(clock, NOW + days * DAY) == {}


def test_a_session_cancelled_before_the_invitation_left_is_only_cancelled(clock, session, coach) -> None:
    invited(session, coach)
    cancel_session(session=session, by=coach, reason="Snow")
    assert {kind for kind, _ in told()} == {"session_cancelled"}


def test_who_is_taken_out_gets_a_cancellation_and_who_is_new_an_invitation(clock, stage, session, coach, leaders):
    invited(session, coach)
    told()
    maret = stage.member("group_leader", name="Máret", email="maret@example.org", language="en")
    stage.place(coach, maret, rule="peer_coach_group")
    mail.outbox.clear()
    change(session, coach, [leaders[0], maret], day=26)
    counts = told()
    assert counts[("session_cancelled", "freja@example.org")] == 1
    assert counts[("session_planned", "maret@example.org")] == 1


def test_a_day_before_everybody_is_reminded_once_with_the_file(clock, session) -> None:
    everybody = ("ragnhild@example.org", "jonas@example.org", "freja@example.org")
    assert told(clock, THURSDAY - DAY - dt.timedelta(minutes=1)) == {}
    expected = {("session_reminder", address): 1 for address in everybody}
    assert told(clock, THURSDAY - DAY) == expected
    assert told(clock, THURSDAY - dt.timedelta(hours=1)) == expected
    assert {calendar_in(message)["METHOD"] for message in mail.outbox} == {"REQUEST"}


@pytest.mark.parametrize(
    ("start", "hours"),
    [("2026-10-25 13:00", 25), ("2027-03-28 13:00", 23), ("2027-03-27 13:00", 24)],
)
def test_the_reminder_keeps_the_wall_time_over_summer_time(clock, stage, coach, leaders, start, hours) -> None:
    starts_at = dt.datetime.fromisoformat(start).replace(tzinfo=OSLO)
    stage.session("peer_coach_group", coach, leaders, at=starts_at)
    due = starts_at.astimezone(dt.UTC) - dt.timedelta(hours=hours)
    assert told(clock, due - dt.timedelta(seconds=1)) == {}
    assert sum(told(clock, due).values()) == 3


def test_a_reminder_that_comes_late_is_still_sent_before_the_start_and_not_after(clock, stage, coach, leaders):
    stage.session("peer_coach_group", coach, leaders)
    assert told(clock, THURSDAY + dt.timedelta(minutes=1)) == {}


def test_who_said_no_is_not_reminded(clock, session, leaders) -> None:
    session.attendances.filter(person=leaders[0]).update(reply=Attendance.Reply.NO)
    assert ("session_reminder", "jonas@example.org") not in told(clock, THURSDAY - DAY)


def test_who_was_invited_within_the_day_is_not_reminded_as_well(clock, session, coach, leaders) -> None:
    told(clock, THURSDAY - DAY - dt.timedelta(hours=1))
    change(session, coach, leaders, time=dt.time(11, 30), day=26)
    counts = told(clock, THURSDAY - DAY)
    assert counts[("session_moved", "jonas@example.org")] == 1
    assert counts[("session_reminder", "jonas@example.org")] == 0
    assert counts[("session_reminder", "ragnhild@example.org")] == 1


def test_a_moved_session_is_reminded_of_at_its_new_time_alone(clock, session, coach, leaders) -> None:
    change(session, coach, leaders, day=30)
    assert not any(kind == "session_reminder" for kind, _ in told(clock, THURSDAY - DAY))
    counts = told(clock, dt.datetime(2026, 11, 29, 13, tzinfo=OSLO))
    assert counts[("session_reminder", "jonas@example.org")] == 1


def test_three_days_after_the_coach_is_told_that_it_is_not_recorded(clock, session) -> None:
    told(clock, THURSDAY - DAY)
    mail.outbox.clear()
    assert told(clock, THURSDAY + 3 * DAY - dt.timedelta(minutes=1)) == {}
    assert told(clock, THURSDAY + 3 * DAY) == {("session_not_recorded", "ragnhild@example.org"): 1}
    assert told(clock, THURSDAY + 4 * DAY) == {("session_not_recorded", "ragnhild@example.org"): 1}
    assert mail.outbox[0].attachments == []


@pytest.mark.parametrize("state", ["finished", "cancelled"])
def test_nobody_is_told_of_a_session_that_is_done(clock, stage, coach, leaders, state) -> None:
    session = stage.session("peer_coach_group", coach, leaders)
    if state == "cancelled":
        cancel_session(session=session, by=coach, reason="Snow")
    else:
        SupervisionSession.objects.filter(pk=session.pk).update(
            state="finished", finished_at=THURSDAY, finished_by=coach
        )
    assert ("session_not_recorded", "ragnhild@example.org") not in told(clock, THURSDAY + 3 * DAY)


@pytest.mark.parametrize("sessions", [1, 12])
def test_what_is_due_is_found_in_the_same_queries(clock, stage, coach, leaders, sessions, django_assert_num_queries):
    for n in range(sessions):
        stage.session("peer_coach_group", coach, leaders, at=THURSDAY + dt.timedelta(minutes=n))
    clock.move_to(THURSDAY - dt.timedelta(hours=20))
    with django_assert_num_queries(1):
        assert len(list(reminders_due(THURSDAY - dt.timedelta(hours=20), DAY))) == 3 * sessions
    with django_assert_num_queries(1):
        assert len(list(unrecorded_due(THURSDAY + 4 * DAY, 14 * DAY))) == sessions


CANARY = "kanarifugl"


def say_it_everywhere(session, coach, person) -> None:
    """A canary in everything that is said in a session."""
    said = {"programme": session.programme, "session": session}
    session.attendances.update(question=CANARY, question_at=NOW)
    Goal.objects.create(
        programme=session.programme, person=person, text=CANARY, fields={"x": CANARY}, set_at=NOW, set_by=coach,
        set_in=session,
    )  # fmt: skip
    Feedback.objects.create(**said, receiver=person, giver=coach, strength=CANARY, growth=CANARY, given_at=NOW)
    PrivateNote.objects.create(author=coach, session=session, text=CANARY, written_at=NOW)
    step = session.agenda.steps.first()
    AgendaNote.objects.create(session=session, step=step, field="x", value=CANARY, written_at=NOW, written_by=coach)


def test_no_mail_holds_what_is_said(clock, session, coach, leaders) -> None:
    say_it_everywhere(session, coach, leaders[0])
    invited(session, coach)
    told()
    told(clock, THURSDAY - DAY)
    told(clock, THURSDAY + 3 * DAY)
    session.refresh_from_db()
    change(session, coach, leaders, day=30)
    told()
    cancel_session(session=session, by=coach, reason=CANARY)
    told()
    assert {message.extra_headers["X-Notice-Kind"] for message in mail.outbox} == {
        *("session_planned", "session_reminder", "session_not_recorded", "session_moved", "session_cancelled"),
    }
    assert not any(CANARY in everything_in(message) for message in mail.outbox)


def everything_in(message) -> str:
    files = [content if isinstance(content, str) else content.decode() for _n, content, _t in message.attachments]
    others = [str(part[0]) for part in message.alternatives]
    return "\n".join([message.subject, message.body, *others, *files])
