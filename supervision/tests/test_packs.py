"""Each of the four programmes: plan, record with the right seats, take the goal up in the next session."""

import pytest

from supervision.models import Feedback, Goal, GoalReview, SupervisionSession
from supervision.readers.counts import distinct_seats, finished_sessions
from supervision.tests.factories import stage_of
from supervision.tests.pages import hold, plan, record_form

pytestmark = [pytest.mark.django_db, pytest.mark.both]


def seats(session):
    return [(row.turn, row.seat, row.person.name, row.present) for row in session.attendances.order_by("turn", "pk")]


def test_dua_peer_coach_with_two_group_leaders(django_app):
    stage = stage_of("dua")
    coach = stage.member("peer_coach", name="Ragnhild")
    ingrid, jonas = (stage.member("group_leader", name=name) for name in ("Ingrid", "Jonas"))
    stage.place(coach, ingrid, jonas, rule="peer_coach_group")
    rule = stage.version("peer_coach_group").rule

    session = plan(django_app, coach, rule.pk)
    written = {
        "question-question_text": "How do I hold out?",
        "practice-practice_done": "yes",
        "practice-practice_minutes": "15",
        f"{ingrid.pk}-behaviour_i_will_try": "I stop four clips.",
        f"{jonas.pk}-behaviour_i_will_try": "I ask one open question.",
        f"came-{jonas.pk}": "came",
    }
    form = record_form(django_app, coach, session)
    assert [name for name in form.fields if name and name.startswith("previous_goal-goal_status")] == []
    hold(django_app, coach, session, written)
    assert session.state == SupervisionSession.State.FINISHED
    assert seats(session) == [
        (1, "lead", "Ragnhild", True),
        (1, "supervisee", "Ingrid", True),
        (1, "supervisee", "Jonas", True),
    ]
    goals = {goal.person.name: goal for goal in Goal.objects.filter(set_in=session)}
    assert {name: goal.text for name, goal in goals.items()} == {
        "Ingrid": "I stop four clips.",
        "Jonas": "I ask one open question.",
    }

    following = plan(django_app, coach, rule.pk, day="10.12.2026")
    more = {
        f"-{goals['Ingrid'].pk}-status": "reached",
        f"-{goals['Jonas'].pk}-status": "kept",
        f"-{goals['Jonas'].pk}-comment": "Went well until the film.",
    }
    hold(django_app, coach, following, written | more)
    goals = {name: Goal.objects.get(pk=goal.pk) for name, goal in goals.items()}
    assert {name: goal.status for name, goal in goals.items()} == {"Ingrid": "reached", "Jonas": "kept"}
    assert goals["Ingrid"].closed_by == coach
    review = GoalReview.objects.get(goal=goals["Jonas"], session=following)
    assert (review.status, review.comment) == ("kept", "Went well until the film.")
    assert finished_sessions(coach, rule.pk, "lead") == 2
    assert finished_sessions(jonas, rule.pk, "supervisee") == 2
    assert finished_sessions(jonas, rule.pk, "lead") == 0


def test_dua_mentor_supervises_peer_coaches(django_app):
    stage = stage_of("dua")
    mentor = stage.member("mentor", name="Bente")
    apprentice = stage.member("mentor_in_training", name="Kjell")
    coach = stage.member("peer_coach", name="Ragnhild")
    stage.place(mentor, coach, rule="supervision_of_peer_coaches")
    rule = stage.version("supervision_of_peer_coaches").rule
    session = plan(django_app, mentor, rule.pk, co_lead=str(apprentice.pk))
    answers = {
        "question_text": "How do I share the time?",
        "practice_done": "no",
        "behaviour_i_will_try": "I share the time.",
    }
    hold(django_app, mentor, session, answers)
    assert seats(session) == [
        (1, "lead", "Bente", True),
        (1, "co_lead", "Kjell", True),
        (1, "supervisee", "Ragnhild", True),
    ]
    assert finished_sessions(apprentice, rule.pk, "lead") == 1


def test_kollegaveiledning_weekly_hour_without_placements(django_app):
    stage = stage_of("kollegaveiledning")
    siri = stage.member("supervisor", name="Siri")
    olav = stage.member("supervisee", name="Olav")
    elsewhere = stage.member("supervisee", name="Far away", organisation=stage.network)
    rule = stage.version("weekly_hour").rule
    page = django_app.get(f"/sessions/plan/?rule={rule.pk}", user=siri)
    assert "Olav" in page
    assert elsewhere.name not in page
    session = plan(django_app, siri, rule.pk, supervisees=str(olav.pk))
    answers = {
        "question-question_text": "What do I say?",
        f"agreement-action_text-1-{olav.pk}-text": "I ask first.",
        f"agreement-action_text-1-{olav.pk}-by_when": "01.12.2026",
        "theme": "communication",
    }
    hold(django_app, siri, session, answers)
    goal = Goal.objects.get(person=olav)
    assert (goal.text, goal.level, str(goal.due_on)) == ("I ask first.", "action", "2026-12-01")
    assert session.theme == "communication"
    following = plan(django_app, siri, rule.pk, day="03.12.2026", supervisees=str(olav.pk))
    hold(django_app, siri, following, answers | {f"-{goal.pk}-status": "changed"})
    goal.refresh_from_db()
    assert goal.status == "changed"
    assert goal.successor.set_in == following


def test_kollegaveiledning_three_rotate(django_app):
    stage = stage_of("kollegaveiledning")
    people = [
        stage.member(role, name=name)
        for role, name in (("supervisor", "Siri"), ("supervisee", "Olav"), ("observer", "Per"))
    ]
    version = stage.version("practice_triad")
    session = plan(
        django_app, people[0], version.rule_id, supervisees=str(people[1].pk), observer=str(people[2].pk),
        lead=str(people[0].pk),
    )  # fmt: skip
    answers = {"question-question_text": "How?"} | {
        f"-{turn}-{people[turn % 3].pk}-text": f"Step {turn}" for turn in (1, 2, 3)
    }
    hold(django_app, people[0], session, answers)
    assert distinct_seats(people[2], [version.rule_id]) == {"lead", "supervisee", "observer"}
    assert finished_sessions(people[1], version.rule_id, "lead") == 1
    assert sorted(Goal.objects.values_list("person__name", "text")) == [
        ("Olav", "Step 1"), ("Per", "Step 2"), ("Siri", "Step 3"),
    ]  # fmt: skip


def test_kollegaveiledning_small_group_takes_turns_at_leading(django_app):
    stage = stage_of("kollegaveiledning")
    siri, anne = (stage.member("supervisor", name=name) for name in ("Siri", "Anne"))
    olav, per = (stage.member("supervisee", name=name) for name in ("Olav", "Per"))
    version = stage.version("small_group")
    session = plan(django_app, siri, version.rule_id, supervisees=[anne.pk, olav.pk, per.pk], lead=str(anne.pk))
    assert {(row.seat, row.person.name) for row in session.attendances.all()} == {
        ("lead", "Anne"), ("supervisee", "Siri"), ("supervisee", "Olav"), ("supervisee", "Per"),
    }  # fmt: skip


def test_peer_training_coordinator_leads_eight(django_app):
    stage = stage_of("peer_training")
    coordinator = stage.member("coordinator", name="Kari")
    peers = [stage.member("volunteer_peer", name=f"Peer {number}") for number in range(8)]
    stage.place(coordinator, *peers, rule="peer_group")
    rule = stage.version("peer_group").rule
    session = plan(django_app, coordinator, rule.pk)
    assert session.attendances.filter(seat="supervisee").count() == 8
    form = record_form(django_app, coordinator, session)
    assert not [name for name in form.fields if name and "wellbeing" in name]
    answers = {f"goal_text-1-{peer.pk}-text": f"I ask first, {peer.name}." for peer in peers}
    hold(django_app, coordinator, session, answers | {f"came-{peers[0].pk}": "away"})
    assert Goal.objects.filter(set_in=session).count() == 7
    goal = Goal.objects.get(person=peers[1])
    following = plan(django_app, coordinator, rule.pk, day="10.12.2026")
    answers |= {f"-{one.pk}-status": "tried" for one in Goal.objects.all()}
    hold(django_app, coordinator, following, answers)
    assert goal.reviews.get().status == "tried"
    assert finished_sessions(peers[0], rule.pk, "supervisee") == 1
    assert finished_sessions(peers[1], rule.pk, "supervisee") == 2


def test_peer_coaching_pair_with_turns_and_next_coach(django_app):
    stage = stage_of("peer_coaching")
    ada, bo = (stage.member("participant", name=name) for name in ("Ada", "Bo"))
    stage.place(ada, bo, rule="pair")
    rule = stage.version("pair").rule
    session = plan(django_app, bo, rule.pk, supervisees=str(ada.pk), lead=str(bo.pk), turns=True)
    assert seats(session) == [
        (1, "lead", "Bo", None), (1, "supervisee", "Ada", None),
        (2, "lead", "Ada", None), (2, "supervisee", "Bo", None),
    ]  # fmt: skip
    answers = {
        "-specific": "I answer three mails.",
        f"coaching-feedback_strengths-1-{ada.pk}-strength": "You waited.",
        f"coaching-feedback_strengths-1-{ada.pk}-growth": "Ask more.",
        "next_coach": str(ada.pk),
    }
    hold(django_app, ada, session, answers)
    given = Feedback.objects.get()
    assert (given.giver, given.receiver, given.strength, given.growth) == (bo, ada, "You waited.", "Ask more.")
    assert finished_sessions(ada, rule.pk, "lead") == finished_sessions(bo, rule.pk, "lead") == 1
    page = django_app.get(f"/sessions/plan/?rule={rule.pk}&day=2026-12-10", user=bo)
    assert [option["value"] for option in page.html.select("select[name=lead] option")][0] == str(ada.pk)
    assert page.html.select_one("input[name=day]")["value"] == "2026-12-10"
    following = plan(django_app, ada, rule.pk, day="10.12.2026", supervisees=str(bo.pk), turns=False)
    lead, other = following.attendances.get(seat="lead").person, following.attendances.get(seat="supervisee").person
    assert {lead, other} == {ada, bo}
    goal = Goal.objects.get(person=other)
    hold(django_app, lead, following, {"-specific": "Next goal.", f"-{goal.pk}-status": "reached"})
    assert GoalReview.objects.get(session=following).status == "reached"
    assert Goal.objects.filter(person=other, status="new").count() == 1
