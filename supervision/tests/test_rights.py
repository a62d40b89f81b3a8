"""Who sees what of a session. A canary stands in every confidential field; each hat looks at every page."""

import datetime as dt

import pytest
from django.urls import reverse

from programmes.models import Membership
from programmes.policies import hats_of
from programmes.relations import About, relations
from programmes.rights import Relation
from programmes.tests.factories import OrganisationFactory
from supervision.models import AgendaNote, Feedback, Goal, GoalReview, PrivateNote
from supervision.seating import Place
from supervision.tests.factories import NOW, stage_of

pytestmark = [pytest.mark.django_db, pytest.mark.both]

CANARIES = (
    "question", "note", "leads", "person", "private", "wellbeing", "goal", "review", "strength", "growth",
)  # fmt: skip


@pytest.fixture
def world(stage):
    """A finished session of a coach with two leaders, one of whom stayed away; everything written that can be."""
    people = {
        "coach": stage.member("peer_coach", name="Ragnhild"),
        "came": stage.member("group_leader", name="Ingrid"),
        "away": stage.member("group_leader", name="Jonas"),
        "coordinator": stage.member("local_coordinator", name="Kari"),
        "mentor": stage.member("mentor", name="Bente"),
        "observer": stage.member("manager", name="Mona"),
        "other coach": stage.member("peer_coach", name="Kjell"),
        "other network": stage_of("dua").member("local_coordinator", name="Far"),
    }
    coach, came, away = people["coach"], people["came"], people["away"]
    stage.place(coach, came, away, rule="peer_coach_group")
    stage.place(people["mentor"], coach, rule="supervision_of_peer_coaches")
    session = stage.session("peer_coach_group", coach, [came, away], at=NOW - dt.timedelta(days=2), state="finished")
    session.attendances.filter(person=away).update(present=False)
    session.attendances.filter(person=came).update(question="CANARY-question")
    write(session, coach, came)
    return stage, session, people


def write(session, coach, came):
    step = session.agenda.steps.get(key="reflection")
    audiences = {"note": "session", "leads": "leads", "person": "person", "wellbeing": "author"}
    for turn, (word, audience) in enumerate(audiences.items(), start=1):
        AgendaNote.objects.create(
            session=session, step=step, field="reflection_note", turn=turn, person=came, audience=audience,
            value=f"CANARY-{word}", written_at=NOW, written_by=came if audience == "author" else coach,
        )  # fmt: skip
    PrivateNote.objects.create(author=coach, session=session, text="CANARY-private", written_at=NOW)
    goal = Goal.objects.create(
        programme=session.programme, person=came, text="CANARY-goal", set_in=session, set_at=NOW, set_by=coach
    )
    GoalReview.objects.create(
        goal=goal, session=session, status="tried", comment="CANARY-review", reviewed_at=NOW, reviewed_by=coach
    )
    Feedback.objects.create(
        programme=session.programme, session=session, receiver=came, giver=coach, strength="CANARY-strength",
        growth="CANARY-growth", given_at=NOW, released_at=NOW,
    )  # fmt: skip


def seen(client, person, session):
    """(status of the session's page, canaries on any page of sessions and goals)."""
    client.force_login(person)
    paths = [reverse(f"supervision:{name}", args=[session.pk]) for name in ("session", "print", "own", "question")]
    paths += [reverse("supervision:calendar", args=[session.pk]), reverse("supervision:record", args=[session.pk])]
    paths += [reverse(f"supervision:{name}") for name in ("sessions", "goals", "feedback")]
    found, status = set(), 0
    for path in paths:
        answer = client.get(path)
        status = status or answer.status_code
        text = answer.content.decode()
        found |= {word for word in CANARIES if f"CANARY-{word}" in text}
    return status, found


SHARED = {"note", "goal", "review"}
WHO_SEES = {
    "coach": (200, SHARED | {"leads", "person", "private", "strength", "growth"}),
    "came": (200, SHARED | {"person", "strength", "growth", "wellbeing", "question"}),
    "away": (200, set()),
    "coordinator": (200, set()),
    "mentor": (200, set()),
    "observer": (404, set()),
    "other coach": (404, set()),
    "other network": (404, set()),
}


@pytest.mark.parametrize("who", WHO_SEES)
def test_each_sees_what_the_table_says_and_no_more(client, world, who):
    _stage, session, people = world
    status, found = seen(client, people[who], session)
    allowed_status, allowed = WHO_SEES[who]
    assert status == allowed_status
    assert found - {"question"} == allowed - {"question", "wellbeing"}


def test_the_canaries_would_be_found(client, world):
    """Negative control: with a seat, and present, the same coordinator sees what the others in it see."""
    stage, session, people = world
    stage.seat(session, [Place(people["coordinator"], "observer")], present=True)
    _status, found = seen(client, people["coordinator"], session)
    assert found >= SHARED
    assert not {"leads", "person", "private", "wellbeing", "strength"} & found


@pytest.mark.parametrize("who", ["coach", "came"])
def test_who_has_left_reads_their_own_and_nothing_else(client, world, who):
    """Rule 9. The control is the table above, where the same two still have their roles."""
    _stage, session, people = world
    Membership.objects.filter(person=people[who]).update(ended_on=NOW.date(), ended_by=people["coordinator"])
    status, found = seen(client, people[who], session)
    assert status == 200
    assert found <= {"coach": {"private"}, "came": {"goal", "review", "strength", "growth", "person", "note"}}[who]
    for name in ("calendar", "record", "change", "cancel", "question"):
        assert client.get(reverse(f"supervision:{name}", args=[session.pk])).status_code == 403, name
    assert client.post(reverse("supervision:own", args=[session.pk]), {"note": "More"}).status_code == 403


def test_a_coordinator_reads_names_of_the_own_branch_and_a_number_of_others(client, world):
    stage, session, people = world
    elsewhere = OrganisationFactory(name="Elsewhere", parent=stage.programme.network)
    session.attendances.filter(person=people["away"]).update(organisation=elsewhere)
    below = stage.member("local_coordinator", organisation=elsewhere)
    client.force_login(below)
    page = client.get(reverse("supervision:session", args=[session.pk])).content.decode()
    hat = hats_of(below)[0].key
    listed = client.get(reverse("supervision:sessions"), {"hat": hat, "when": "all"}).content.decode()
    for text in (page, listed):
        assert "Jonas" in text
        assert "Ingrid" not in text
        assert "Ragnhild" not in text
        assert "of other organisations" in text or "of another organisation" in text


def test_wellbeing_is_on_the_own_page_of_its_author_alone(client):
    stage = stage_of("peer_training")
    coordinator, peers = stage.member("coordinator"), [stage.member("volunteer_peer") for _number in range(2)]
    stage.place(coordinator, *peers, rule="peer_group")
    session = stage.session("peer_group", coordinator, peers, at=NOW - dt.timedelta(hours=3))
    client.force_login(peers[0])
    url = reverse("supervision:own", args=[session.pk])
    page = client.get(url).content.decode()
    assert page.count("How I am, from 1 to 5") >= 2
    client.post(url, {"check_in-wellbeing_1_5-1": "2", "takeaway-wellbeing_1_5-1": "4", "note": "CANARY-own"})
    kept = AgendaNote.objects.filter(audience="author", person=peers[0])
    assert sorted(kept.values_list("step__key", "value")) == [("check_in", 2), ("takeaway", 4)]
    assert PrivateNote.objects.get(author=peers[0]).text == "CANARY-own"
    for other in (coordinator, peers[1]):
        client.force_login(other)
        for name in ("session", "own", "print", "record"):
            text = client.get(reverse(f"supervision:{name}", args=[session.pk])).content.decode()
            assert "CANARY-own" not in text
            assert 'value="4" checked' not in text


def test_kollegaveiledning_keeps_my_reflections_for_me(client):
    stage = stage_of("kollegaveiledning")
    lead, staff = stage.member("supervisor"), stage.member("supervisee")
    session = stage.session("weekly_hour", lead, [staff], at=NOW - dt.timedelta(hours=3))
    client.force_login(lead)
    record = client.get(reverse("supervision:record", args=[session.pk])).content.decode()
    assert "reflection_note" not in record
    assert "each writes this on a page of their own" in record
    client.force_login(staff)
    assert "My reflections" in client.get(reverse("supervision:own", args=[session.pk])).content.decode()


def test_relations_come_from_seats(world):
    stage, session, people = world
    about = About(people["came"], stage.programme, session.pk)
    assert {Relation.PRESENT, Relation.LED} <= relations(people["coach"], about)
    assert Relation.PRESENT in relations(people["came"], about)
    assert Relation.PRESENT not in relations(people["away"], about)
    assert Relation.LED not in relations(people["coach"], About(people["came"], stage.programme))


def test_the_next_coach_sees_the_fact_and_no_words(client, world):
    stage, session, people = world
    stage.place(people["other coach"], people["came"], rule="mentor_group")
    status, found = seen(client, people["other coach"], session)
    assert status == 200
    assert not found


def test_before_a_session_those_in_it_read_the_questions(client):
    stage = stage_of("dua")
    coach, ingrid, jonas = stage.member("peer_coach"), stage.member("group_leader"), stage.member("group_leader")
    session = stage.session("peer_coach_group", coach, [ingrid, jonas])
    session.attendances.filter(person=ingrid).update(question="CANARY-question")
    Goal.objects.create(programme=stage.programme, person=ingrid, text="CANARY-goal", set_at=NOW, set_by=ingrid)
    url = reverse("supervision:session", args=[session.pk])
    client.force_login(jonas)
    page = client.get(url).content.decode()
    assert "CANARY-question" in page
    assert "CANARY-goal" not in page
    client.force_login(coach)
    assert "CANARY-goal" in client.get(url).content.decode()
    client.force_login(stage.member("local_coordinator"))
    assert "CANARY" not in client.get(url).content.decode()
