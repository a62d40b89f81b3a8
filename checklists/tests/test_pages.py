"""The pages of checklists, filled in as a person would."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from checklists.models import Answer, Evaluation
from checklists.readers.home import waiting
from checklists.tests.factories import EvaluationFactory, answer_all, published
from coaches.tests.factories import PlacementFactory
from practice.tests.factories import GroupFactory, MeetingFactory
from programmes.tests.factories import small_programme

pytestmark = pytest.mark.django_db
RATERS = {"filled_by": ["group_leader", "peer_coach"], "allows_raters": ["self", "peer_coach"]}


@pytest.fixture
def cast():
    with time_machine.travel("2026-03-02 12:00+01:00", tick=False):
        yield small_programme()


@pytest.fixture
def pair(cast):
    coach = cast.member("peer_coach", name="Ragnhild Sæther", language="en")
    leader = cast.member("group_leader", name="Ingrid Moen", language="en")
    PlacementFactory(coach=coach, supervisee=leader, rule=cast.rules["group"])
    return coach, leader


def main_form(page):
    """The page's own form: those of the frame come first."""
    return page.forms[max(key for key in page.forms if isinstance(key, int))]


def fields(version):
    items = version.sections.order_by("order").values_list("items__pk", flat=True).order_by("order", "items__order")
    return [f"i{pk}" for pk in items]


def test_both_fill_it_in_about_a_meeting_and_see_it_side_by_side(cast, pair, django_app):
    coach, leader = pair
    group = GroupFactory(programme=cast.programme, name="Spring", led_by=[leader])
    meeting = MeetingFactory(group=group)
    version = published(cast.programme, about="group_meeting", words=("proud",), **RATERS)
    one, two, three, proud = fields(version)

    django_app.set_user(leader)
    form = main_form(django_app.get(reverse("checklists:start")).click("Process"))
    form["about"] = f"person:{leader.pk} meeting:{meeting.pk}"
    page = form.submit().follow()
    assert "Spring" in page
    form = main_form(page)
    form[one], form[two], form[three], form[proud] = "1", "0", "na", "The calm"
    page = form.submit("do", value="finish").follow()
    assert "The calm" in page
    assert "1 of 2" in page

    django_app.set_user(coach)
    page = django_app.get(reverse("checklists:checklists"))
    form = main_form(page.click("Process"))
    assert form["about"].value == f"person:{leader.pk} meeting:{meeting.pk}"
    form = main_form(form.submit().follow())
    form[one], form[two], form[three], form[f"c{two[1:]}"] = "1", "1", "na", "At 31:20"
    page = form.submit("do", value="finish").follow().click("See both side by side")
    assert "Alike on 2 of 3, and one thing is seen differently" in page
    assert "At 31:20" in page
    parts = Evaluation.objects.filter(thing=f"meeting:{meeting.pk}", state="submitted")
    assert set(parts.values_list("part", "seen_on")) == {("self", meeting.held_on), ("coach", meeting.held_on)}


def draft_of(cast, leader, **fields_of_version):
    version = published(cast.programme, **fields_of_version)
    return EvaluationFactory(version=version, person=leader, state="draft")


def test_what_has_no_answer_is_named_and_the_rest_is_kept(cast, pair, client):
    _coach, leader = pair
    draft = draft_of(cast, leader)
    one, two, three = fields(draft.version)
    client.force_login(leader)
    url = reverse("checklists:fill", args=[draft.pk])
    answer = client.post(url, {"version": "1", one: "1", f"c{two[1:]}": "A thought", "do": "finish"})
    words = answer.content.decode()
    assert answer.status_code == 422
    assert f'href="#id_{two}_0"' in words
    assert f'href="#id_{three}_0"' in words
    assert "A thought" in words
    assert set(Answer.objects.values_list("item", "value", "text")) == {
        (int(one[1:]), 1, ""),
        (int(two[1:]), None, "A thought"),
    }
    assert Evaluation.objects.get().state == "draft"
    answer = client.post(url, {"version": "2", one: "1", two: "0", three: "na", "do": "finish"})
    assert (answer.status_code, Evaluation.objects.get().state) == (302, "submitted")


def test_a_stale_window_shows_both_versions_and_loses_nothing(cast, pair, client):
    _coach, leader = pair
    draft = draft_of(cast, leader)
    one, two, _three = fields(draft.version)
    client.force_login(leader)
    url = reverse("checklists:fill", args=[draft.pk])
    client.post(url, {"version": "1", one: "1", f"c{one[1:]}": "From the other window", "do": "draft"})
    answer = client.post(url, {"version": "1", one: "0", two: "1", f"c{one[1:]}": "From this one", "do": "draft"})
    words = answer.content.decode()
    assert answer.status_code == 409
    assert "From the other window" in words
    assert "From this one" in words
    assert Answer.objects.get().text == "From the other window"
    assert 'name="version" value="2"' in words
    client.post(url, {"version": "2", one: "0", two: "1", f"c{one[1:]}": "From this one", "do": "draft"})
    assert Answer.objects.get(item_id=int(one[1:])).text == "From this one"


def test_typing_saves_the_draft_and_a_stale_window_is_told(cast, pair, client):
    _coach, leader = pair
    draft = draft_of(cast, leader)
    one = fields(draft.version)[0]
    client.force_login(leader)
    url = reverse("checklists:draft", args=[draft.pk])
    answer = client.post(url, {"version": "1", one: "1"}).json()
    assert answer["version"] == 2
    assert "version" not in client.post(url, {"version": "1", one: "0"}).json()
    assert Answer.objects.get().value == 1
    assert client.get(url).status_code == 405
    client.force_login(cast.member("group_leader"))
    assert client.post(url, {"version": "2"}).status_code == 404


@pytest.mark.parametrize("value", ["7", "<b>", "9" * 40, "na;drop"])
def test_odd_answers_are_refused_and_nothing_is_saved(cast, pair, client, value):
    _coach, leader = pair
    draft = draft_of(cast, leader, numbers=("clips",))
    one, *_others, clips = fields(draft.version)
    client.force_login(leader)
    url = reverse("checklists:fill", args=[draft.pk])
    assert client.post(url, {"version": "1", one: value, "do": "draft"}).status_code == 422
    assert client.post(url, {"version": "1", clips: f"-{value}", "do": "draft"}).status_code == 422
    assert client.post(url, {"version": "x", "do": "draft"}).status_code == 422
    assert not Answer.objects.exists()


def test_nobody_else_opens_the_answer_page_and_what_is_sent_in_is_read(cast, pair, client):
    coach, leader = pair
    draft = draft_of(cast, leader)
    url = reverse("checklists:fill", args=[draft.pk])
    client.force_login(coach)
    assert (client.get(url).status_code, client.post(url).status_code) == (404, 404)
    sent = EvaluationFactory(version=draft.version, person=leader, thing="meeting:1")
    client.force_login(leader)
    url = reverse("checklists:fill", args=[sent.pk])
    assert client.get(url).url == reverse("checklists:evaluation", args=[sent.pk])
    assert client.post(url, {"version": "1"}).status_code == 302
    assert not sent.answers.exists()


def test_only_what_is_offered_can_be_started(cast, pair, client):
    coach, leader = pair
    version = published(cast.programme, **RATERS)
    stranger = cast.member("group_leader")
    client.force_login(coach)
    url = reverse("checklists:start_one", args=[version.pk])
    for about in (f"person:{stranger.pk}", "person:x", f"person:{leader.pk} session:1", ""):
        assert client.post(url, {"about": about, "seen_on": "2026-03-01"}).status_code == 422
    assert client.post(url, {"about": f"person:{leader.pk}", "seen_on": ""}).status_code == 422
    assert client.post(url, {"about": f"person:{leader.pk}", "seen_on": "2026-03-03"}).status_code == 422
    assert not Evaluation.objects.exists()
    assert client.post(url, {"about": f"person:{leader.pk}", "seen_on": "2026-03-01"}).status_code == 302
    client.force_login(cast.member("coordinator"))
    assert client.get(url).status_code == 404


def test_what_waits_for_me(cast, pair):
    coach, leader = pair
    version = published(cast.programme, **RATERS)
    draft = EvaluationFactory(version=version, person=leader, state="draft", thing="person:1:2026-01-01")
    assert [one.draft for one in waiting(leader)] == [draft]
    assert waiting(coach) == []
    own = EvaluationFactory(version=version, person=leader)
    (one,) = waiting(coach)
    assert (one.theirs, one.about, one.version) == (own, f"person:{leader.pk}", version)
    theirs = EvaluationFactory(version=version, person=leader, rater=coach, thing="meeting:4")
    assert [one.theirs for one in waiting(leader)] == [None, theirs]
    assert waiting(leader)[1].about == f"person:{leader.pk} meeting:4"
    assert waiting(cast.member("peer_coach")) == []


def test_the_list_about_me_opens_what_both_have_sent_in(cast, pair, client):
    coach, leader = pair
    version = published(cast.programme, **RATERS)
    other = EvaluationFactory(version=version, person=leader, rater=coach)
    client.force_login(leader)
    url = reverse("checklists:about_me")
    assert [(row.evaluation, seen) for row, seen, _both in client.get(url).context["rows"]] == [(other, False)]
    own = EvaluationFactory(version=version, person=leader)
    rows = client.get(url).context["rows"]
    assert [(row.evaluation, seen, both) for row, seen, both in rows] == [(own, True, True), (other, True, True)]
    found = client.get(url, {"q": "ragnhild"}).context["rows"]
    assert [row.evaluation for row, _seen, _both in found] == [other]
    assert len(client.get(url, {"checklist": "999", "sort": "rater__password"}).context["rows"]) == 2


def test_a_coach_lists_the_own_people_only(cast, pair, client):
    coach, leader = pair
    EvaluationFactory(version=published(cast.programme, **RATERS), person=leader)
    client.force_login(coach)
    url = reverse("checklists:about_person", args=[cast.programme.pk, leader.pk])
    (row,) = client.get(url).context["rows"]
    assert row[1] is False
    client.force_login(cast.member("peer_coach"))
    assert client.get(url).status_code == 404


def test_over_time_shows_what_may_be_read(cast, pair, client):
    coach, leader = pair
    version = published(cast.programme, **RATERS)
    for month in (1, 2):
        for rater in (leader, coach):
            answer_all(
                EvaluationFactory(version=version, person=leader, rater=rater, seen_on=dt.date(2026, month, 2)),
                1,
                1,
                month - 1,
            )
    EvaluationFactory(version=version, person=leader, rater=coach, seen_on=dt.date(2026, 3, 1))
    url = reverse("checklists:over_time", args=[version.checklist_id, leader.pk])
    client.force_login(leader)
    table = client.get(url).context["table"]
    assert [one.evaluation.seen_on.month for one in table.sheets] == [1, 1, 2, 2]
    cells = [cells for _name, cells in table.sections]
    assert [[score.total for _sheet, score in row] for row in cells] == [[2, 2, 2, 2], [0, 0, 1, 1]]
    assert [[sheet for sheet, _score in row] for row in cells] == [table.sheets, table.sheets]
    client.force_login(cast.member("group_leader"))
    assert client.get(url).status_code == 404


@pytest.mark.parametrize("number", [1, 25])
def test_lists_cost_the_same_for_one_and_for_many(cast, pair, client, django_assert_max_num_queries, number):
    coach, leader = pair
    version = published(cast.programme, **RATERS)
    for place in range(number):
        for rater in (leader, coach):
            EvaluationFactory(version=version, person=leader, rater=rater, thing=f"meeting:{place}")
    client.force_login(leader)
    for name in ("checklists", "given", "start", "about_me"):
        with django_assert_max_num_queries(8):
            client.get(reverse(f"checklists:{name}"))


@pytest.mark.parametrize("number", [1, 30])
def test_the_answer_page_costs_the_same_for_few_and_many_items(
    cast, pair, client, django_assert_max_num_queries, number
):
    _coach, leader = pair
    draft = draft_of(cast, leader, sections={"one": number, "two": number})
    answer_all(draft, *[1] * number)
    client.force_login(leader)
    with django_assert_max_num_queries(12):
        client.get(reverse("checklists:fill", args=[draft.pk]))
