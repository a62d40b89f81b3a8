"""The same form sent twice (a double press, a slow line): the second changes nothing, tells nobody, is no error."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from accounts.models import AuditEvent
from notices.models import Notice
from supervision.models import Feedback, Goal, RecordDraft, SupervisionSession
from supervision.tests.factories import NOW
from supervision.tests.pages import fill, record_form

pytestmark = [pytest.mark.django_db, pytest.mark.both]
REFLECTION = "reflection-reflection_note-1-{}"


@pytest.fixture
def company(stage):
    coach = stage.member("peer_coach", name="Ragnhild Sæther")
    ingrid, jonas = (stage.member("group_leader", name=name) for name in ("Ingrid Moen", "Jonas Haugland"))
    stage.place(coach, ingrid, jonas, rule="peer_coach_group")
    return coach, ingrid, jonas


@pytest.fixture
def begun(stage, company):
    """Three hours ago."""
    coach, *leaders = company
    return stage.session("peer_coach_group", coach, leaders, at=NOW - dt.timedelta(hours=3))


def with_field(page, field):
    return next(form for form in page.forms.values() if field in form.fields)


def traces():
    """What acts leave behind: the trail, what people are told, and the sessions themselves."""
    return (
        list(AuditEvent.objects.order_by("pk").values_list("pk", "verb")),
        list(Notice.objects.order_by("pk").values_list("pk", "kind", "recipient_id")),
        list(SupervisionSession.objects.order_by("pk").values_list("pk", "state", "sequence", "revision")),
    )


def twice(form, *button, **value):
    """Send a form, and once more; both lead to the same page, and the second leaves no trace."""
    first = form.submit(*button, **value)
    before = traces()
    with time_machine.travel(NOW + dt.timedelta(seconds=2), tick=False):
        second = form.submit(*button, **value)
    assert (first.status_code, second.status_code) == (302, 302)
    assert second.location == first.location
    assert traces() == before
    return second.follow()


@pytest.mark.parametrize(("name", "day"), [("plan", "26.11.2026"), ("record_afterwards", "20.11.2026")])
def test_a_session_is_planned_or_noted_once(django_app, stage, company, name, day):
    coach, *_leaders = company
    rule = stage.version("peer_coach_group").rule_id
    form = with_field(django_app.get(f"{reverse(f'supervision:{name}')}?rule={rule}", user=coach), "day")
    form["day"], form["time"] = day, "13:00"
    twice(form)
    assert SupervisionSession.objects.count() == 1
    assert Notice.objects.filter(kind="session_planned").count() == (2 if name == "plan" else 0)
    for field, value in (("time", "15:00"), ("place", "Elsewhere")):  # the control: another session is another one
        form[field] = value
        form.submit()
    assert SupervisionSession.objects.count() == 3


def test_a_cancelled_one_can_be_planned_anew(django_app, stage, company):
    coach, *_leaders = company
    rule = stage.version("peer_coach_group").rule_id
    form = with_field(django_app.get(f"{reverse('supervision:plan')}?rule={rule}", user=coach), "day")
    form["day"], form["time"] = "26.11.2026", "13:00"
    form.submit()
    SupervisionSession.objects.update(
        state="cancelled", cancelled_at=NOW, cancelled_by=coach, cancelled_reason="Low staffing"
    )
    form.submit()
    assert sorted(SupervisionSession.objects.values_list("state", flat=True)) == ["cancelled", "planned"]


def test_a_session_is_moved_once(django_app, stage, company):
    coach, *leaders = company
    session = stage.session("peer_coach_group", coach, leaders)
    form = with_field(django_app.get(reverse("supervision:change", args=[session.pk]), user=coach), "day")
    form["day"] = "27.11.2026"
    confirm = with_field(form.submit(), "confirm")
    twice(confirm, "confirm", value="1")
    session.refresh_from_db()
    assert (session.sequence, str(session.local_start.date())) == (1, "2026-11-27")
    assert Notice.objects.filter(kind="session_moved").count() == 2


def test_a_stale_form_that_wants_something_else_is_told_so(django_app, stage, company):
    """The control of the one above: a page that shows an old time moves nothing."""
    coach, *leaders = company
    session = stage.session("peer_coach_group", coach, leaders)
    url = reverse("supervision:change", args=[session.pk])
    confirms = []
    for day in ("27.11.2026", "30.11.2026"):
        form = with_field(django_app.get(url, user=coach), "day")
        form["day"] = day
        confirms.append(with_field(form.submit(), "confirm"))
    confirms[0].submit("confirm", value="1")
    assert "changed in the meantime" in confirms[1].submit("confirm", value="1", status=409)
    session.refresh_from_db()
    assert (session.sequence, str(session.local_start.date())) == (1, "2026-11-27")


def test_a_session_is_cancelled_once(django_app, stage, company):
    coach, *leaders = company
    session = stage.session("peer_coach_group", coach, leaders)
    form = with_field(django_app.get(reverse("supervision:cancel", args=[session.pk]), user=coach), "reason")
    form["reason"] = "Low staffing"
    page = twice(form)
    assert "Low staffing" in page
    assert Notice.objects.filter(kind="session_cancelled").count() == 2
    form["reason"] = "Another reason"
    assert "finished or cancelled" in form.submit(status=422)
    session.refresh_from_db()
    assert (session.cancelled_reason, session.sequence) == ("Low staffing", 1)


def test_a_record_is_finished_once(django_app, begun, company):
    coach, ingrid, jonas = company
    form = record_form(django_app, coach, begun)
    fill(form, begun, {"question_text": "How?", "practice_done": "yes", "behaviour_i_will_try": "A goal."})
    form[f"positive_feedback-strengths-1-{jonas.pk}-0"] = "You made room."
    page = twice(form, "do", value="finish")
    assert Goal.objects.count() == 2
    assert Feedback.objects.count() == 1
    assert not RecordDraft.objects.exists()
    assert "was not saved" not in page


def test_a_record_is_opened_again_once(django_app, stage, company):
    coach, *leaders = company
    at = NOW - dt.timedelta(days=3)
    session = stage.session("peer_coach_group", coach, leaders, at=at, state="finished")
    page = django_app.get(reverse("supervision:session", args=[session.pk]), user=coach)
    reopen = next(form for form in page.forms.values() if form.action.endswith("/reopen/"))
    twice(reopen)
    assert AuditEvent.objects.filter(verb="session.reopened").count() == 1


def test_another_window_that_typed_on_loses_nothing_when_the_session_is_marked_as_held(django_app, begun, company):
    coach, ingrid, jonas = company
    first, stale = (record_form(django_app, coach, begun) for _window in range(2))
    fill(first, begun, {"question_text": "How?", "practice_done": "yes", "behaviour_i_will_try": "A goal."})
    first.submit("do", value="finish")
    stale[REFLECTION.format(jonas.pk)] = "Typed in the stale window"
    page = stale.submit("do", value="draft").follow()
    assert "kept for you: open the record again" in page
    begun.refresh_from_db()
    assert begun.state == "finished"
    reopen = next(form for form in page.forms.values() if form.action.endswith("/reopen/"))
    form = with_field(reopen.submit().follow(), "revision")
    assert form[REFLECTION.format(jonas.pk)].value == "Typed in the stale window"
    assert form[f"question-question_text-1-{ingrid.pk}"].value == "How?"


def test_typing_on_in_a_stale_window_is_said_and_kept(client, begun, company):
    coach, _ingrid, jonas = company
    begun.state, begun.finished_at, begun.finished_by = "finished", NOW, coach
    begun.save()
    client.force_login(coach)
    url = reverse("supervision:draft", args=[begun.pk])
    answer = client.post(url, {"revision": "1", REFLECTION.format(jonas.pk): "Half a sent"})
    assert "marked as held in another window" in answer.json()["saved"]
    assert RecordDraft.objects.get().fields[REFLECTION.format(jonas.pk)] == ["Half a sent"]
    page = client.get(reverse("supervision:session", args=[begun.pk])).content.decode()
    assert "was not saved before the session was marked as held" in page
    client.post(reverse("supervision:discard", args=[begun.pk]))
    assert not RecordDraft.objects.exists()


def test_an_answer_is_noted_once(django_app, stage, company):
    coach, ingrid, jonas = company
    session = stage.session("peer_coach_group", coach, [ingrid, jonas])
    page = django_app.get(reverse("supervision:session", args=[session.pk]), user=ingrid)
    twice(next(form for form in page.forms.values() if "reply" in form.fields), "reply", value="no")
    row = session.attendances.get(person=ingrid)
    assert (row.reply, row.replied_at) == ("no", NOW)
    assert AuditEvent.objects.filter(verb="session.answered").count() == 1


def test_a_question_is_brought_once(django_app, stage, company):
    coach, ingrid, jonas = company
    session = stage.session("peer_coach_group", coach, [ingrid, jonas])
    form = with_field(django_app.get(reverse("supervision:question", args=[session.pk]), user=ingrid), "question")
    form["question"] = "How do I bring in the father?"
    twice(form)
    row = session.attendances.get(person=ingrid)
    assert (row.question, row.question_at) == ("How do I bring in the father?", NOW)


def test_a_goal_of_ones_own_is_set_once(django_app, company):
    _coach, ingrid, _jonas = company
    form = with_field(django_app.get(reverse("supervision:new_goal"), user=ingrid), "text")
    form["text"] = "I wait for five seconds."
    twice(form)
    assert [goal.text for goal in Goal.objects.filter(person=ingrid)] == ["I wait for five seconds."]
    form["text"] = "I wait for ten seconds."  # the control
    form.submit()
    assert Goal.objects.filter(person=ingrid).count() == 2


@pytest.mark.parametrize("status", ["tried", "reached"])
def test_what_happened_with_a_goal_is_said_once(django_app, stage, company, status):
    _coach, ingrid, _jonas = company
    goal = Goal.objects.create(programme=stage.programme, person=ingrid, text="Own", set_at=NOW, set_by=ingrid)
    form = with_field(django_app.get(reverse("supervision:goal", args=[goal.pk]), user=ingrid), "status")
    form["status"], form["comment"] = status, "It went well."
    twice(form)
    goal.refresh_from_db()
    assert (goal.status, goal.reviews.get().comment) == (status, "It went well.")
    form["comment"] = "And again."
    assert form.submit(expect_errors=True).status_code == (302 if status == "tried" else 422)
    assert goal.reviews.count() == (2 if status == "tried" else 1)


def test_the_same_about_a_goal_two_weeks_later_is_another_time(django_app, stage, company):
    _coach, ingrid, _jonas = company
    goal = Goal.objects.create(programme=stage.programme, person=ingrid, text="Own", set_at=NOW, set_by=ingrid)
    later = NOW + dt.timedelta(days=14)
    for moment in (NOW, later):
        with time_machine.travel(moment, tick=False):
            form = with_field(django_app.get(reverse("supervision:goal", args=[goal.pk]), user=ingrid), "status")
            form["status"] = "tried"
            assert form.submit().status_code == 302
    assert [one.reviewed_at for one in goal.reviews.order_by("reviewed_at")] == [NOW, later]


def test_the_further_fields_of_a_goal_take_several_lines(django_app, company):
    _coach, ingrid, _jonas = company
    form = with_field(django_app.get(reverse("supervision:new_goal"), user=ingrid), "text")
    further = next(name for name in form.fields if name and name.startswith("field-"))
    form["text"], form[further] = "I wait for five seconds.", f"In the group.\nAnd at home. {'a' * 600}"
    assert form.submit().status_code == 302
    goal = Goal.objects.get(person=ingrid)
    assert goal.fields == {further.removeprefix("field-"): f"In the group.\nAnd at home. {'a' * 600}"}
    assert "In the group.<br>And at home." in django_app.get(reverse("supervision:goals"), user=ingrid)


SENTENCE = (
    "E-mail or full name. A guest comes to this session only, hears and reads what the others in it do, and everybody "
    "sees that the guest is invited."
)


@pytest.mark.parametrize("name", ["plan", "record_afterwards"])
def test_who_adds_a_guest_reads_who_will_see_what(django_app, stage, company, name):
    coach, *_leaders = company
    rule = stage.version("peer_coach_group").rule_id
    page = django_app.get(f"{reverse(f'supervision:{name}')}?rule={rule}", user=coach)
    field = page.html.find("input", {"name": "guest"})
    said = page.html.find(id=field["aria-describedby"].split()[0])
    assert " ".join(said.text.split()) == SENTENCE


def test_and_so_it_is(django_app, stage, company):
    """The guest hears and reads what the others do, there and nowhere else; everybody sees who the guest is."""
    coach, ingrid, jonas = company
    guest = stage.member("group_leader", name="Guest Person", email="guest@example.org")
    earlier = stage.session(
        "peer_coach_group", coach, [ingrid, jonas], at=NOW - dt.timedelta(days=14), state="finished"
    )
    rule = stage.version("peer_coach_group").rule_id
    form = with_field(django_app.get(f"{reverse('supervision:plan')}?rule={rule}", user=coach), "day")
    form["day"], form["time"], form["guest"] = "26.11.2026", "13:00", "guest@example.org"
    form.submit()
    session = SupervisionSession.objects.latest("pk")
    session.attendances.filter(person=ingrid).update(question="How do I share the time?")
    url = reverse("supervision:session", args=[session.pk])
    for person in (guest, jonas):
        assert "How do I share the time?" in django_app.get(url, user=person)
    for person in (coach, ingrid, jonas):
        rows = [row.text for row in django_app.get(url, user=person).html.select("aside li, .aside li, li")]
        assert any("Guest Person" in row and "Guest" in row.replace("Guest Person", "") for row in rows)
    django_app.get(reverse("supervision:session", args=[earlier.pk]), user=guest, status=404)
