"""Planning, moving and cancelling: seats as the rule says, right times, and the mails that leave."""

import datetime as dt

import pytest

from accounts.models import AuditEvent
from common.errors import Conflict, DomainError, NotAllowed
from notices.models import Notice
from supervision.actions.planning import When, cancel_session, change_session, plan_session, preview_change
from supervision.models import SupervisionSession
from supervision.seating import Place, seat_in_turns, seat_once
from supervision.tests.factories import stage_of

pytestmark = [pytest.mark.django_db, pytest.mark.both]

THURSDAY = When(dt.date(2026, 11, 26), dt.time(13), "Europe/Oslo", 120, "Room 2")


@pytest.fixture
def company(stage):
    coach = stage.member("peer_coach", name="Ragnhild Sæther")
    leaders = [stage.member("group_leader", name=name) for name in ("Ingrid Moen", "Jonas Haugland")]
    stage.place(coach, *leaders, rule="peer_coach_group")
    return coach, *leaders


def test_a_planned_session_invites_everybody_but_the_one_who_planned(stage, company):
    coach, ingrid, jonas = company
    session = plan_session(
        by=coach, version=stage.version("peer_coach_group"), when=THURSDAY, places=seat_once(coach, [ingrid, jonas])
    )
    assert session.starts_at == dt.datetime(2026, 11, 26, 12, tzinfo=dt.UTC)
    assert session.state == SupervisionSession.State.PLANNED
    assert [(row.person, row.seat, row.organisation) for row in session.attendances.all()] == [
        (coach, "lead", stage.office),
        (ingrid, "supervisee", stage.office),
        (jonas, "supervisee", stage.office),
    ]
    told = Notice.objects.filter(subject=f"session:{session.pk}").values_list("kind", "recipient__name")
    assert sorted(told) == [("session_planned", "Ingrid Moen"), ("session_planned", "Jonas Haugland")]
    assert AuditEvent.objects.get(subject=f"session:{session.pk}").verb == "session.planned"


def test_one_recorded_afterwards_mails_nobody(stage, company):
    coach, ingrid, _jonas = company
    when = When(dt.date(2026, 11, 20), dt.time(9), "Europe/Oslo", 60)
    session = plan_session(
        by=coach,
        version=stage.version("peer_coach_group"),
        when=when,
        places=seat_once(coach, [ingrid]),
        afterwards=True,
    )
    assert session.state == SupervisionSession.State.HELD
    assert not Notice.objects.exists()


@pytest.mark.parametrize(
    ("day", "time", "code"),
    [
        (dt.date(2027, 3, 28), dt.time(2, 30), "summer_time"),
        (dt.date(2026, 10, 25), dt.time(2, 30), "summer_time"),
        (dt.date(2026, 11, 20), dt.time(9), ""),
        (dt.date(2029, 11, 20), dt.time(9), ""),
    ],
)
def test_times_that_do_not_fit_are_refused(stage, company, day, time, code):
    coach, ingrid, _jonas = company
    with pytest.raises(DomainError) as refused:
        plan_session(
            by=coach,
            version=stage.version("peer_coach_group"),
            when=When(day, time, "Europe/Oslo", 60),
            places=seat_once(coach, [ingrid]),
        )
    assert refused.value.code == code
    assert refused.value.field in ("time", "day")


def test_wall_time_holds_across_summer_time(stage, company):
    coach, ingrid, _jonas = company
    session = plan_session(
        by=coach,
        version=stage.version("peer_coach_group"),
        when=When(dt.date(2027, 3, 29), dt.time(13), "Europe/Oslo", 60),
        places=seat_once(coach, [ingrid]),
    )
    assert session.starts_at == dt.datetime(2027, 3, 29, 11, tzinfo=dt.UTC)
    assert session.local_start.hour == 13


def test_limits_are_sentences(stage, company):
    coach, ingrid, _jonas = company
    version = stage.version("peer_coach_group")
    with pytest.raises(DomainError) as nobody:
        plan_session(by=coach, version=version, when=THURSDAY, places=seat_once(coach, []))
    assert nobody.value.code == "too_few"
    many = [stage.member("group_leader") for _number in range(5)]
    with pytest.raises(DomainError) as crowd:
        plan_session(by=coach, version=version, when=THURSDAY, places=seat_once(coach, many))
    assert crowd.value.code == "too_many"
    assert "4" in str(crowd.value)
    with pytest.raises(DomainError) as stranger:
        plan_session(by=coach, version=version, when=THURSDAY, places=seat_once(coach, [many[0]]))
    assert stranger.value.code == "no_place"
    outsider = stage_of("dua").member("group_leader")
    guest = [*seat_once(coach, [ingrid]), Place(outsider, "observer", is_guest=True)]
    with pytest.raises(DomainError) as other_network:
        plan_session(by=coach, version=version, when=THURSDAY, places=guest)
    assert other_network.value.code == "not_in_programme"


def test_only_who_leads_plans(stage, company):
    coach, ingrid, _jonas = company
    with pytest.raises(NotAllowed):
        plan_session(
            by=ingrid,
            version=stage.version("peer_coach_group"),
            when=THURSDAY,
            places=seat_once(coach, [ingrid]),
        )


def test_moving_tells_the_same_people_with_a_higher_sequence(stage, company):
    coach, ingrid, jonas = company
    session = stage.session("peer_coach_group", coach, [ingrid, jonas])
    session.attendances.filter(person=jonas).update(reply="yes", question="How?")
    later = When(dt.date(2026, 11, 27), dt.time(9), "Europe/Oslo", 120, "Room 2")
    wanted = {"session": session, "by": coach, "when": later, "places": seat_once(coach, [jonas]), "sequence": 0}
    assert preview_change(**wanted) == 2
    session.refresh_from_db()
    assert session.sequence == 0
    assert change_session(**wanted) == 2
    session.refresh_from_db()
    assert (session.sequence, session.local_start.hour) == (1, 9)
    kinds = dict(Notice.objects.values_list("recipient__name", "kind"))
    assert kinds == {"Jonas Haugland": "session_moved", "Ingrid Moen": "session_cancelled"}
    row = session.attendances.get(person=jonas)
    assert (row.reply, row.question) == ("", "How?")
    assert change_session(**wanted) == 0  # sent twice
    with pytest.raises(Conflict):
        change_session(**wanted | {"when": THURSDAY})
    session.refresh_from_db()
    assert (session.sequence, Notice.objects.count()) == (1, 2)


def test_cancelling_needs_a_reason_and_ends_it(stage, company):
    coach, ingrid, jonas = company
    session = stage.session("peer_coach_group", coach, [ingrid, jonas])
    with pytest.raises(DomainError):
        cancel_session(session=session, by=coach, reason="")
    assert cancel_session(session=session, by=coach, reason="Low staffing") == 2
    session.refresh_from_db()
    assert (session.state, session.sequence) == ("cancelled", 1)
    with pytest.raises(DomainError):
        cancel_session(session=session, by=coach, reason="Again")
    with pytest.raises(NotAllowed):
        cancel_session(session=stage.session("peer_coach_group", coach, [ingrid]), by=ingrid, reason="No")


def test_nobody_is_supervised_by_the_own_line_manager():
    stage = stage_of("kollegaveiledning")
    lead = stage.member("supervisor", name="Siri")
    staff = stage.member("supervisee", name="Olav", reports_to=lead)
    with pytest.raises(DomainError) as refused:
        plan_session(by=lead, version=stage.version("weekly_hour"), when=THURSDAY, places=seat_once(lead, [staff]))
    assert refused.value.code == "line_manager"


def test_three_switch_roles():
    stage = stage_of("kollegaveiledning")
    people = [stage.member(role) for role in ("supervisor", "supervisee", "observer")]
    session = plan_session(
        by=people[0], version=stage.version("practice_triad"), when=THURSDAY, places=seat_in_turns(people)
    )
    seats = {(row.turn, row.seat): row.person for row in session.attendances.all()}
    assert [seats[turn, "lead"] for turn in (1, 2, 3)] == people
    assert [seats[turn, "observer"] for turn in (1, 2, 3)] == [people[2], people[0], people[1]]
