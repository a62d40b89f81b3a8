"""Answers from the page and from the mail, and the question brought."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from supervision.reply_links import read_reply_token, reply_token
from supervision.tests.factories import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture
def cast(stage):
    coach, ingrid = stage.member("peer_coach", name="Ragnhild"), stage.member("group_leader", name="Ingrid")
    return stage, stage.session("peer_coach_group", coach, [ingrid]), coach, ingrid


def url(session, person):
    return reverse("supervision:reply", args=[reply_token(session.pk, person.pk)])


def test_opening_the_link_changes_nothing_and_a_button_answers(django_app, cast):
    _stage, session, _coach, ingrid = cast
    page = django_app.get(url(session, ingrid))
    assert "Do you come Thursday 26 November, 13:00?" in page
    assert page.headers["Referrer-Policy"] == "no-referrer"
    row = session.attendances.get(person=ingrid)
    assert row.reply == ""
    form = next(form for form in page.forms.values() if "reply" in form.fields)
    page = form.submit("reply", value="no").follow()
    row.refresh_from_db()
    assert (row.reply, row.replied_at) == ("no", NOW)
    assert "You have said that you do not come" in page


def test_a_link_is_for_one_person_and_one_purpose(client, cast):
    stage, session, coach, ingrid = cast
    stranger = stage.member("group_leader")
    token = reply_token(session.pk, ingrid.pk)
    for bad in (token[:-2] + "xx", reply_token(session.pk, stranger.pk), reply_token(999_999, ingrid.pk), "x"):
        assert client.get(reverse("supervision:reply", args=[bad])).status_code == 404
    with time_machine.travel(NOW + dt.timedelta(days=101), tick=False):
        assert read_reply_token(token) is None
    assert client.get(reverse("supervision:session", args=[session.pk])).status_code == 302


def test_too_late_is_said(client, cast):
    _stage, session, _coach, ingrid = cast
    with time_machine.travel(session.ends_at + dt.timedelta(minutes=1), tick=False):
        page = client.post(url(session, ingrid), {"reply": "yes"})
    assert page.status_code == 422
    assert "The session is over" in page.content.decode()
    assert client.post(url(session, ingrid), {"reply": "maybe"}).status_code == 422


def test_answer_from_the_page(client, cast):
    stage, session, coach, ingrid = cast
    client.force_login(ingrid)
    path = reverse("supervision:answer", args=[session.pk])
    answer = client.post(path, {"reply": "yes", "next": "https://evil.example.com/"})
    assert answer.headers["Location"] == reverse("supervision:session", args=[session.pk])
    assert session.attendances.get(person=ingrid).reply == "yes"
    assert client.get(path).status_code == 405
    client.force_login(stage.member("local_coordinator"))
    assert client.post(path, {"reply": "yes"}).status_code == 403


def test_the_question_is_brought_beforehand(django_app, cast):
    _stage, session, coach, ingrid = cast
    page = django_app.get(reverse("supervision:question", args=[session.pk]), user=ingrid)
    assert "Read by you and Ragnhild" in page
    form = next(form for form in page.forms.values() if "question" in form.fields)
    form["question"] = "How do I bring in the father?"
    form.submit().follow()
    row = session.attendances.get(person=ingrid)
    assert (row.question, row.question_at) == ("How do I bring in the father?", NOW)
    session.state, session.finished_at, session.finished_by = "finished", NOW, coach
    session.save()
    form["question"] = "Too late"
    assert "Bring your question to the next one" in form.submit(status=422)


def test_who_leads_brings_no_question(client, cast):
    _stage, session, coach, _ingrid = cast
    client.force_login(coach)
    answer = client.post(reverse("supervision:question", args=[session.pk]), {"question": "Mine"})
    assert answer.status_code == 403
