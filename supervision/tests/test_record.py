"""The record's page: drafts, two windows, finishing, correcting."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from accounts.models import AuditEvent
from supervision.actions.recording import save_record
from supervision.models import AgendaNote, Feedback, Goal, RecordDraft
from supervision.seating import Place
from supervision.sheet import Written
from supervision.tests.factories import NOW, stage_of
from supervision.tests.pages import fill, record_form

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture
def coach(stage):
    return stage.member("peer_coach", name="Ragnhild Sæther")


@pytest.fixture
def ingrid(stage):
    return stage.member("group_leader", name="Ingrid Moen")


@pytest.fixture
def jonas(stage):
    return stage.member("group_leader", name="Jonas Haugland")


@pytest.fixture
def session(stage, coach, ingrid, jonas):
    """Begun three hours ago."""
    stage.place(coach, ingrid, jonas, rule="peer_coach_group")
    return stage.session("peer_coach_group", coach, [ingrid, jonas], at=NOW - dt.timedelta(hours=3))


def answers(*people):
    return {"question_text": "How?", "practice_done": "yes"} | {
        f"-{person.pk}-behaviour_i_will_try": f"Goal of {person.name}" for person in people
    }


def reflection(person):
    return f"reflection-reflection_note-1-{person.pk}"


def test_the_ten_steps_stand_in_their_order(django_app, session, coach):
    page = django_app.get(reverse("supervision:record", args=[session.pk]), user=coach)
    titles = [heading.text.split()[0] for heading in page.html.select("#main .step-title h3")]
    assert titles == ["1", *map(str, range(2, 9)), *map(str, range(2, 9)), "9", "10"]
    assert "about 10 minutes each" in page
    assert "Read by you, Ingrid and Jonas" in page


def test_save_come_back_and_finish(django_app, session, coach, ingrid, jonas):
    form = record_form(django_app, coach, session)
    form[reflection(jonas)] = "He counts to two, not to five."
    form.submit("do", value="draft")
    session.refresh_from_db()
    assert (session.state, session.revision) == ("held", 2)
    assert AgendaNote.objects.get(field="reflection_note").value == "He counts to two, not to five."
    form = record_form(django_app, coach, session)
    assert form[reflection(jonas)].value == "He counts to two, not to five."
    fill(form, session, answers(ingrid, jonas))
    form.submit("do", value="finish").follow()
    session.refresh_from_db()
    assert (session.state, session.finished_by) == ("finished", coach)
    assert AuditEvent.objects.get(verb="session.finished").facts == {"came": 3, "of": 3}


def test_finishing_names_what_is_missing_and_loses_nothing(django_app, session, coach, ingrid, jonas):
    form = record_form(django_app, coach, session)
    form[reflection(jonas)] = "He counts."
    page = form.submit("do", value="finish", status=422)
    summary = page.html.select_one(".error-summary").text
    assert "Step 2, The group leader's question (Ingrid)" in summary
    assert "Step 9, Checklists" in summary
    assert "Step 4, Reflection (Jonas)" not in summary
    assert page.forms[next(k for k, f in page.forms.items() if "revision" in f.fields)][reflection(jonas)].value
    assert RecordDraft.objects.get().fields[reflection(jonas)] == ["He counts."]
    assert not Goal.objects.exists()


def test_a_step_can_be_left_out_with_a_reason(django_app, session, coach, ingrid, jonas):
    form = record_form(django_app, coach, session)
    fill(form, session, answers(ingrid, jonas))
    form[f"practice-1-{jonas.pk}-done"] = False
    form[f"practice-practice_done-1-{jonas.pk}"].force_value("")
    form[f"practice-1-{jonas.pk}-reason"] = "No time left"
    page = form.submit("do", value="finish").follow()
    assert "Not done: No time left" in page


def test_who_came_without_presenting_has_no_steps(django_app, session, coach, ingrid, jonas):
    form = record_form(django_app, coach, session)
    fill(form, session, answers(ingrid))
    form[f"came-{jonas.pk}"] = "listened"
    assert form.submit("do", value="finish").status_code == 302
    assert [goal.person for goal in Goal.objects.all()] == [ingrid]
    assert session.attendances.get(person=jonas).present is True


def test_strengths_become_feedback_and_another_row_needs_no_script(django_app, session, coach, ingrid, jonas):
    name = f"positive_feedback-strengths-1-{jonas.pk}"
    form = record_form(django_app, coach, session)
    form[f"{name}-0"] = "You made room."
    page = form.submit("do", value=f"add:{name}").follow()
    form = page.forms[next(k for k, f in page.forms.items() if "revision" in f.fields)]
    assert form[f"{name}-0"].value == "You made room."
    form[f"{name}-2"] = "The question was short."
    form[f"{name}-2-from"] = str(coach.pk)
    fill(form, session, answers(ingrid, jonas))
    form.submit("do", value="finish")
    given = Feedback.objects.filter(receiver=jonas).order_by("pk")
    assert [(one.giver, one.strength, bool(one.released_at)) for one in given] == [
        (ingrid, "You made room.", True),
        (coach, "The question was short.", True),
    ]


def test_typing_is_kept_and_comes_back(client, session, coach, jonas):
    client.force_login(coach)
    url = reverse("supervision:draft", args=[session.pk])
    answer = client.post(url, {"revision": "1", reflection(jonas): "Half a sent"})
    assert answer.json()["saved"] == "Draft saved at 10:00"
    page = client.get(reverse("supervision:record", args=[session.pk])).content.decode()
    assert "Half a sent" in page
    assert not AgendaNote.objects.exists()
    client.post(reverse("supervision:discard", args=[session.pk]))
    assert "Half a sent" not in client.get(reverse("supervision:record", args=[session.pk])).content.decode()


def test_two_windows_put_together_what_does_not_clash(django_app, session, coach, ingrid, jonas):
    first, second = (record_form(django_app, coach, session) for _window in range(2))
    first[reflection(ingrid)] = "From the first window"
    first.submit("do", value="draft")
    second[reflection(jonas)] = "From the second window"
    page = second.submit("do", value="draft").follow()
    assert "Both texts are kept" in page
    assert sorted(AgendaNote.objects.filter(field="reflection_note").values_list("value", flat=True)) == [
        "From the first window",
        "From the second window",
    ]


def clash(app, session, coach, jonas):
    first, second = (record_form(app, coach, session) for _window in range(2))
    first[reflection(jonas)] = "Saved first"
    first.submit("do", value="draft")
    second[reflection(jonas)] = "Typed in a stale window"
    return second.submit("do", value="draft", status=409)


def test_a_stale_window_shows_both_texts_and_overwrites_nothing(django_app, session, coach, jonas):
    page = clash(django_app, session, coach, jonas)
    assert "Typed in a stale window" in page
    versions = [version.text for version in page.html.select(".version")]
    assert "Saved first" in versions[1]
    assert AgendaNote.objects.get(field="reflection_note").value == "Saved first"
    later = django_app.get(reverse("supervision:record", args=[session.pk]), user=coach).follow()
    assert "1 text differs" in later


def test_a_text_that_waits_is_overwritten_by_no_other_window(django_app, client, session, coach, ingrid, jonas):
    third = record_form(django_app, coach, session)
    clash(django_app, session, coach, jonas)
    session.refresh_from_db()
    third["revision"].force_value(str(session.revision))
    third[reflection(ingrid)] = "From a third window"
    client.force_login(coach)
    typed = {"revision": str(session.revision), reflection(ingrid): "Half a sent"}
    answer = client.post(reverse("supervision:draft", args=[session.pk]), typed)
    assert "waits for a choice" in answer.json()["saved"]
    third.submit("do", value="draft")
    assert RecordDraft.objects.get().fields[reflection(jonas)] == ["Typed in a stale window"]
    assert AgendaNote.objects.filter(value="From a third window").exists()


@pytest.mark.parametrize(
    ("keep", "kept"),
    [("mine", "Typed in a stale window"), ("saved", "Saved first"), ("both", "Put together")],
)
def test_choosing_between_two_versions(django_app, session, coach, jonas, keep, kept):
    page = clash(django_app, session, coach, jonas)
    form = next(form for form in page.forms.values() if f"keep-{reflection(jonas)}" in form.fields)
    form[f"keep-{reflection(jonas)}"] = keep
    form[f"both-{reflection(jonas)}"] = "Put together"
    form.submit()
    assert AgendaNote.objects.get(field="reflection_note").value == kept
    assert not RecordDraft.objects.exists()


def test_choosing_nothing_is_said(django_app, session, coach, jonas):
    page = clash(django_app, session, coach, jonas)
    form = next(form for form in page.forms.values() if f"keep-{reflection(jonas)}" in form.fields)
    assert "Choose what to keep for each text" in form.submit(status=422)


def test_a_finished_record_is_corrected_by_who_led(django_app, session, coach, ingrid, jonas):
    form = record_form(django_app, coach, session)
    fill(form, session, answers(ingrid, jonas))
    page = form.submit("do", value="finish").follow()
    reopen = next(form for form in page.forms.values() if form.action.endswith("/reopen/"))
    page = reopen.submit().follow()
    form = page.forms[next(k for k, f in page.forms.items() if "revision" in f.fields)]
    form[f"next_goal-goal_text-1-{jonas.pk}-behaviour_i_will_try"] = "Goal, corrected"
    form.submit("do", value="finish")
    assert sorted(Goal.objects.values_list("text", flat=True)) == ["Goal of Ingrid Moen", "Goal, corrected"]
    assert AuditEvent.objects.filter(verb="session.reopened", by_id=coach.pk).count() == 1


def test_a_clip_needs_a_consent_that_holds(django_app, session, coach, ingrid, jonas):
    name = f"video-recording_ref-1-{jonas.pk}"
    form = record_form(django_app, coach, session)
    fill(form, session, answers(ingrid, jonas))
    form[f"{name}-location"], form[f"{name}-start"], form[f"{name}-end"] = "Film store, group 31", "12:40", "12:10"
    page = form.submit("do", value="finish", status=422)
    assert "A clip is looked at only while the consent is valid" in page
    assert "The clip ends before it begins" in page
    form[f"{name}-consent"], form[f"{name}-end"], form[f"{name}-until"] = "yes", "15:05", "03.03.2027"
    form.submit("do", value="finish")
    clip = session.recordings.get()
    assert (clip.clip_start, clip.clip_end, clip.person) == (760, 905, jonas)
    assert clip.recording.purposes == ["supervision"]


def test_what_lies_ahead_cannot_be_marked_as_held(django_app, stage, coach, ingrid):
    ahead = stage.session("peer_coach_group", coach, [ingrid])
    form = record_form(django_app, coach, ahead)
    fill(form, ahead, answers(ingrid))
    assert "It can be marked as held after that" in form.submit("do", value="finish", status=422)


def test_a_changed_goal_needs_the_new_one(django_app, stage, session, coach, ingrid, jonas):
    earlier = stage.session(
        "peer_coach_group", coach, [ingrid, jonas], at=NOW - dt.timedelta(days=14), state="finished"
    )
    goal = Goal.objects.create(
        programme=stage.programme, person=jonas, text="Old", set_in=earlier, set_at=NOW, set_by=coach
    )
    form = record_form(django_app, coach, session)
    fill(form, session, answers(ingrid))
    form[f"previous_goal-goal_status-1-{jonas.pk}-{goal.pk}-status"] = "changed"
    form[f"next_goal-1-{jonas.pk}-done"] = True
    for step in ("question", "practice"):
        form[f"{step}-1-{jonas.pk}-reason"] = "No time"
    assert "Write the new goal too" in form.submit("do", value="finish", status=422)


def test_goals_set_after_the_session_are_not_taken_up_in_it(django_app, stage, session, coach, ingrid, jonas):
    """A session of three hours ago, recorded after the next one: "last time" is what came before it."""

    def goal(text, **fields):
        row = {"programme": stage.programme, "person": ingrid, "text": text, "set_by": coach, "set_at": NOW}
        return Goal.objects.create(**row | fields)

    day = dt.timedelta(days=1)
    before, after = (
        stage.session("peer_coach_group", coach, [ingrid], at=NOW + shift, state="finished")
        for shift in (-14 * day, -dt.timedelta(hours=1))
    )
    goal("Set last time", set_in=before)
    goal("Set by herself before", set_at=NOW - 2 * day)
    goal("Set in a later session", set_in=after)
    goal("Set by herself since")
    page = django_app.get(reverse("supervision:record", args=[session.pk]), user=coach)
    found = {words: words in page for words in Goal.objects.values_list("text", flat=True)}
    assert found == {
        "Set last time": True,
        "Set by herself before": True,
        "Set in a later session": False,
        "Set by herself since": False,
    }


def test_what_was_said_keeps_the_day_of_the_session_however_late_it_is_recorded(django_app, stage, coach, ingrid):
    """Two sessions, the earlier recorded last: each goal and outcome has its own day, and the later outcome stands."""
    stage.place(coach, ingrid, rule="peer_coach_group")
    days = [NOW - dt.timedelta(days=number) for number in (28, 14)]
    old, recent = (stage.session("peer_coach_group", coach, [ingrid], at=day) for day in days)
    goal = Goal.objects.create(
        programme=stage.programme, person=ingrid, text="From before", set_at=NOW - dt.timedelta(days=40), set_by=coach
    )
    for session, status, words in ((recent, "reached", "Said in the later"), (old, "tried", "Said in the earlier")):
        form = record_form(django_app, coach, session)
        more = {f"-{goal.pk}-status": status} if f"-{goal.pk}-status" in str(form.fields) else {}
        fill(form, session, answers(ingrid) | {"behaviour_i_will_try": words} | more)
        form.submit("do", value="finish").follow()
    goal.refresh_from_db()
    assert (goal.status, goal.closed_at) == ("reached", recent.ends_at)
    assert dict(Goal.objects.exclude(pk=goal.pk).values_list("text", "set_at")) == {
        "Said in the later": recent.ends_at,
        "Said in the earlier": old.ends_at,
    }


def test_only_those_who_lead_write_it(client, stage, session, coach, ingrid):
    stranger = stage_of("dua").member("peer_coach")
    urls = [reverse(f"supervision:{name}", args=[session.pk]) for name in ("record", "draft", "discard", "reopen")]
    for person, status in ((ingrid, 403), (stranger, 404)):
        client.force_login(person)
        assert {client.post(url, {"revision": "1"}).status_code for url in urls} == {status}
    client.force_login(coach)
    assert client.get(urls[1]).status_code == 405
    assert client.post(urls[0], {"revision": "x", "do": "draft"}).status_code == 302


def test_the_page_costs_the_same_with_one_and_with_many(
    client, stage, coach, ingrid, session, django_assert_max_num_queries
):
    one = stage.session("peer_coach_group", coach, [ingrid], at=NOW - dt.timedelta(hours=5))
    for number in range(3):
        for person in (ingrid, *(row.person for row in session.attendances.filter(seat="supervisee"))):
            Goal.objects.create(
                programme=stage.programme, person=person, text=f"Goal {number}", set_at=NOW, set_by=person
            )
    client.force_login(coach)
    for row in (one, session):
        with django_assert_max_num_queries(15):
            assert client.get(reverse("supervision:record", args=[row.pk])).status_code == 200


def test_a_session_of_last_summer_is_recorded_by_its_own_clock(django_app, stage, coach, ingrid):
    with time_machine.travel(dt.datetime(2026, 7, 1, 12, tzinfo=dt.UTC), tick=False):
        session = stage.session("peer_coach_group", coach, [ingrid], at=dt.datetime(2026, 7, 1, 11, tzinfo=dt.UTC))
        page = django_app.get(reverse("supervision:record", args=[session.pk]), user=coach)
    assert "Wednesday 1 July, 13:00–15:00" in page


def test_the_co_lead_records_too(django_app, stage):
    mentor, apprentice = stage.member("mentor"), stage.member("mentor_in_training")
    coach = stage.member("peer_coach", name="Ragnhild")
    session = stage.session("supervision_of_peer_coaches", mentor, [coach], at=NOW - dt.timedelta(hours=4))
    stage.seat(session, [Place(apprentice, "co_lead")])
    first, second = record_form(django_app, mentor, session), record_form(django_app, apprentice, session)
    first[reflection(coach)] = "By the mentor"
    django_app.set_user(mentor)
    first.submit("do", value="draft")
    django_app.set_user(apprentice)
    second["own"] = "Mine alone"
    second.submit("do", value="draft")
    note = AgendaNote.objects.get(field="reflection_note")
    assert (note.value, note.written_by) == ("By the mentor", mentor)
    assert "Mine alone" not in django_app.get(reverse("supervision:record", args=[session.pk]), user=mentor)


def test_another_window_in_the_same_moment(django_app, monkeypatch, session, coach, ingrid, jonas):
    """The record is saved by somebody else after the page was looked at and before the row was locked."""
    form = record_form(django_app, coach, session)
    step = session.agenda.steps.get(key="reflection")
    note = Written(step.pk, "reflection_note", 1, ingrid.pk, "session", "From the other window")
    waiting = [lambda: save_record(session=session, by=coach, revision=1, written=[note], came={})]

    def first_the_other(**fields):
        if waiting:
            waiting.pop()()
        return save_record(**fields)

    monkeypatch.setattr("supervision.views.record.save_record", first_the_other)
    form[reflection(jonas)] = "From this window"
    assert form.submit("do", value="draft").status_code == 302
    assert AgendaNote.objects.filter(field="reflection_note").count() == 2
