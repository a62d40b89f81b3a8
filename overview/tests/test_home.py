"""The home page: what each hat reads first, in how many queries, and what is never read there."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from overview.readers.home import Home
from supervision.models import Attendance, Feedback, Goal
from supervision.tests.factories import NOW, THURSDAY, Stage, stage_of

pytestmark = pytest.mark.django_db
CANARY = "canary-words-of-a-supervision"
GROUP = "peer_coach_group"


@pytest.fixture(autouse=True)
def _on_tuesday():
    with time_machine.travel(NOW, tick=False):
        yield


def open_home(client, person: User) -> tuple[Home, str]:
    User.objects.filter(pk=person.pk).update(language="en")
    client.force_login(person)
    answer = client.get(reverse("overview:home"))
    return answer.context["home"], " ".join(answer.content.decode().split())


def goal(stage: Stage, person: User, by: User, text: str = CANARY) -> Goal:
    return Goal.objects.create(
        programme=stage.programme, person=person, text=text, set_at=timezone.now() - dt.timedelta(days=14), set_by=by
    )


def team(stage: Stage, names: tuple[str, ...] = ("Ingrid Moen", "Jonas Haugland", "Máret Utsi")):
    coach = stage.member("peer_coach", name="Ragnhild Sæther")
    leaders = [stage.member("group_leader", name=name) for name in names]
    stage.place(coach, *leaders, rule=GROUP)
    return coach, leaders


def test_a_coach_reads_whom_they_meet_and_what_they_bring(client, stage) -> None:
    coach, leaders = team(stage)
    session = stage.session(GROUP, coach, leaders)
    goal(stage, leaders[0], coach, "I stop at least four clips.")
    Attendance.objects.filter(session=session, person=leaders[1]).update(
        question="How do I bring in the father?", question_at=timezone.now()
    )
    home, text = open_home(client, coach)
    assert home.headline == "On Thursday at 13:00 you meet Ingrid, Jonas and Máret"
    assert [place.state for place in home.places] == ["filled", "filled", "filled", "empty"]
    assert "One of three has sent in a question" in text
    assert "I stop at least four clips." in text
    assert "How do I bring in the father?" in text
    assert "Read by you, Ingrid, Jonas and Máret" in text


def test_a_group_leader_reads_goals_feedback_and_how_to_reach_the_coach(client, stage) -> None:
    coach, leaders = team(stage)
    User.objects.filter(pk=coach.pk).update(phone="+47 400 00 001")
    stage.session(GROUP, coach, leaders)
    goal(stage, leaders[0], coach, "I let the parents speak first.")
    goal(stage, leaders[1], coach)
    Feedback.objects.create(
        programme=stage.programme,
        receiver=leaders[0],
        giver=coach,
        strength="You waited.",
        growth="Say what to look for.",
        given_at=timezone.now(),
        released_at=timezone.now(),
    )
    home, text = open_home(client, leaders[0])
    assert home.headline == "On Thursday at 13:00 you meet Ragnhild and the group"
    for words in ("I let the parents speak first.", "You waited.", "Say what to look for.", "+47 400 00 001"):
        assert words in text
    assert coach.email in text
    assert CANARY not in text


def test_feedback_that_is_not_released_is_not_read(client, stage) -> None:
    coach, leaders = team(stage)
    Feedback.objects.create(
        programme=stage.programme, receiver=leaders[0], giver=coach, strength=CANARY, given_at=timezone.now()
    )
    home, text = open_home(client, leaders[0])
    assert home.feedback == []
    assert CANARY not in text
    assert "Nothing here yet" in text


@pytest.mark.parametrize("role", ["local_coordinator", "manager"])
def test_who_answers_for_the_branch_never_reads_what_was_said(client, stage, role: str) -> None:
    coach, leaders = team(stage)
    session = stage.session(GROUP, coach, leaders)
    goal(stage, leaders[0], coach)
    Attendance.objects.filter(session=session, person=leaders[0]).update(question=CANARY)
    _home, of_coach = open_home(client, coach)
    assert of_coach.count(CANARY) == 2
    _home, text = open_home(client, stage.member(role, stage.network))
    assert CANARY not in text


def test_a_coordinator_reads_what_the_network_needs(client, stage) -> None:
    coach, leaders = team(stage)
    stage.member("group_leader", name="Amund Vik")
    home, text = open_home(client, stage.member("local_coordinator", stage.network))
    [one] = home.coordinates
    # Amund has no coach, Ragnhild no mentor; nobody has met.
    assert (one.needs.unplaced, one.needs.with_room, one.needs.supervised, one.needs.met) == (2, 1, 3, 0)
    assert home.headline == "Two people need a coach, and three have not met for too long"
    assert "too few to show" in text


@pytest.mark.parametrize(("people", "shown"), [(4, None), (5, "60")])
def test_an_observer_sees_figures_of_five_and_more(client, stage, people: int, shown: str | None) -> None:
    coaches = [stage.member("peer_coach"), stage.member("peer_coach")]
    for number in range(people):
        coach = coaches[number // 4]
        leader = stage.member("group_leader")
        stage.place(coach, leader, rule=GROUP)
        if number < 3:
            stage.session(GROUP, coach, [leader], at=NOW - dt.timedelta(days=10), state="finished")
    _home, text = open_home(client, stage.member("manager", stage.network))
    assert ("Too few people are supervised to show a figure." in text) is (shown is None)
    assert (f"{shown} % of those supervised have met in time" in text) is (shown is not None)


def test_a_session_outside_the_window_is_not_in_time(client, stage) -> None:
    coach, leaders = team(stage)
    coordinator = stage.member("local_coordinator", stage.network)
    days = stage.version(GROUP).coverage_window_days
    stage.session(GROUP, coach, leaders[:1], at=NOW - dt.timedelta(days=days), state="finished")
    stage.session(GROUP, coach, leaders[1:2], at=NOW - dt.timedelta(days=days, minutes=1), state="finished")
    home, _text = open_home(client, coordinator)
    assert (home.coordinates[0].needs.met, home.coordinates[0].needs.not_met) == (1, 2)


def test_what_is_late_is_said_first_when_nothing_is_near(client, stage) -> None:
    coach, leaders = team(stage)
    stage.session(GROUP, coach, leaders, at=NOW - dt.timedelta(days=5), state="held")
    home, text = open_home(client, coach)
    assert home.headline == "Record the session of 19 November"
    assert "5 days ago, not recorded" in text


@pytest.mark.parametrize("waiting", [10, 14])
def test_the_first_line_and_the_bar_count_the_same_sessions(client, stage, waiting) -> None:
    """Also where the page shows the ten oldest only."""
    coach, leaders = team(stage)
    for number in range(waiting):
        stage.session(GROUP, coach, leaders, at=NOW - dt.timedelta(days=5 + number), state="held")
    home, _text = open_home(client, coach)
    assert home.headline == f"{waiting} sessions wait for your record"
    assert len(home.meetings.to_record) == 10


def test_a_new_coach_is_told_what_comes(client, stage) -> None:
    home, text = open_home(client, stage.member("peer_coach", name="Yusuf Demir"))
    assert home.headline == "Nothing is urgent, Yusuf"
    assert "Nobody has a place with you yet" in text
    assert "Nothing here yet" not in text


def test_somebody_with_a_role_and_nobody_is_told_what_they_can_open(client, stage) -> None:
    home, text = open_home(client, stage.member("mentor", name="Dorte Ravn"))
    assert home.is_bare
    assert "What you can do here" in text
    assert f'href="{reverse("certification:decisions")}"' in text.split("What you can do here")[1]


def test_an_observer_reads_the_share_first(client, stage) -> None:
    coaches = [stage.member("peer_coach"), stage.member("peer_coach")]
    for number in range(6):
        stage.place(coaches[number // 4], stage.member("group_leader"), rule=GROUP)
    home, text = open_home(client, stage.member("manager", stage.network))
    assert home.headline == "0\u00a0% of those supervised have met in time"
    assert "<strong>6</strong> people are supervised" in text
    assert "peer coaches" not in text.split("What you can do here")[0].split("</h1>")[1]


def test_a_new_group_leader_is_told_who_finds_a_coach(client, stage) -> None:
    home, _text = open_home(client, stage.member("group_leader"))
    assert home.headline == "You have no coach yet, and your coordinator sees it"


def test_a_pair_is_drawn_as_a_pair(client) -> None:
    stage = stage_of("peer_coaching")
    version = next(
        one
        for one in stage.programme.rules.all()
        if one.versions.get(is_current=True).reciprocal and one.versions.get(is_current=True).rests_on == "own"
    ).versions.get(is_current=True)
    role = version.supervisor_role.key
    ada, bo = stage.member(role, name="Ada Berg"), stage.member(role, name="Bo Dahl")
    stage.place(ada, bo, rule=version.rule.key)
    stage.place(bo, ada, rule=version.rule.key)
    for reader, other in ((ada, bo), (bo, ada)):
        home, text = open_home(client, reader)
        assert len(home.rooms.pairs) == 1
        assert home.places == [] or home.rooms.in_places
        assert "My pair" in text
        assert other.name in text


@pytest.mark.parametrize("many", [False, True])
def test_home_asks_twelve_times_at_most(client, stage, django_assert_max_num_queries, many: bool) -> None:
    """Somebody with every hat, in two networks, with few and with many of everything."""
    person = stage.member("peer_coach")
    stages = [stage, stage_of("dua")] if many else [stage]
    for one in stages:
        for role in ("local_coordinator", "manager", "mentor", "group_leader"):
            one.member(role, one.network, person=person)
    leaders = [stage.member("group_leader") for _number in range(4 if many else 1)]
    stage.place(person, *leaders, rule=GROUP)
    mentor = stage.member("mentor")
    stage.place(mentor, person, rule="mentor_group")
    for number in range(12 if many else 1):
        stage.session(GROUP, person, leaders, at=THURSDAY + dt.timedelta(days=number))
        stage.session(GROUP, person, leaders, at=NOW - dt.timedelta(days=3 + number), state="held")
        for leader in [person, *leaders]:
            goal(stage, leader, person)
    client.force_login(person)
    with django_assert_max_num_queries(12):
        client.get(reverse("overview:home"))


def test_the_ladder_part_comes_after(client, stage, django_assert_max_num_queries) -> None:
    mentor = stage.member("mentor")
    client.force_login(mentor)
    with django_assert_max_num_queries(12):
        text = client.get(reverse("overview:home_ladder"), HTTP_HX_REQUEST="true").content.decode()
    assert "<html" not in text
    assert "<html" in client.get(reverse("overview:home_ladder")).content.decode()


def test_somebody_without_a_partner_sees_the_empty_seat(client) -> None:
    stage = stage_of("peer_coaching")
    home, text = open_home(client, stage.member("participant", name="Ada Berg"))
    assert (home.places, home.waits_for_partner) == ([], True)
    assert "You have no partner yet" in text
    assert "Nobody yet" in text
    assert ">My pair</a>" in text


def test_who_begins_a_network_is_told_how(client, stage) -> None:
    kari = stage.member("local_coordinator", name="kari@nord.example")
    home, text = open_home(client, kari)
    assert (home.headline, home.begins) == ("Begin by bringing your people in", True)
    assert 'href="/import/"' in text
    stage.member("group_leader", name="Ingrid Moen")
    home, text = open_home(client, kari)
    assert (home.begins, "How to begin" in text) == (False, False)
    assert "kari@nord.example" not in home.headline
