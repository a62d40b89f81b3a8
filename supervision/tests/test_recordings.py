"""Clips, moments in them and their consent: written on the record, shown while the consent holds, then no more."""

import datetime as dt

import pytest
from django.db import transaction
from django.urls import reverse

from accounts.models import AuditEvent
from practice.actions.recordings import take_back_recording
from practice.models import Moment, Recording
from supervision.models import RecordDraft, SessionRecording
from supervision.tests.factories import NOW
from supervision.tests.pages import hold, record_form

pytestmark = [pytest.mark.django_db, pytest.mark.both]
WHERE = "Film store, group 31"


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
    stage.place(coach, ingrid, jonas, rule="peer_coach_group")
    return stage.session("peer_coach_group", coach, [ingrid, jonas], at=NOW - dt.timedelta(hours=3))


def clip(person):
    return f"video-recording_ref-1-{person.pk}"


def answers(*people, **more):
    goals = {f"-{person.pk}-behaviour_i_will_try": "A goal." for person in people}
    return {"question_text": "How?", "practice_done": "yes"} | goals | more


def with_clip(person, **changes):
    values = {"location": WHERE, "consent": "yes", "start": "08:00", "0-at": "8:21", "0-moment": "Answers himself"}
    values |= {"1-at": "08:15", "1-moment": "Asks", **changes}
    return {f"{clip(person)}-{name}": value for name, value in values.items()}


def step_of(session):
    return next(step.key for step in session.agenda.steps.all() if "recording_ref" in step.captures)


def page(client, person, session):
    client.force_login(person)
    return client.get(reverse("supervision:session", args=[session.pk])).content.decode()


def test_the_step_is_called_video(session):
    assert step_of(session) == "video"


def test_moments_are_kept_and_shown_to_those_who_were_there(django_app, client, stage, session, coach, ingrid, jonas):
    hold(django_app, coach, session, answers(ingrid, jonas) | with_clip(ingrid))
    row = SessionRecording.objects.get()
    assert (row.person, row.clip_start, row.recording.purposes) == (ingrid, 480, ["supervision"])
    assert list(Moment.objects.values_list("seconds", "comment")) == [(495, "Asks"), (501, "Answers himself")]
    event = AuditEvent.objects.get(verb="recording.noted")
    assert [one.person_id for one in event.people.all()] == [ingrid.pk]
    for person in (coach, ingrid, jonas):
        shown = page(client, person, session)
        assert WHERE in shown
        assert shown.index("8:15") < shown.index("Asks") < shown.index("8:21") < shown.index("Answers himself")
    shown = page(client, stage.member("local_coordinator"), session)
    assert WHERE not in shown
    assert "Answers himself" not in shown
    assert "A recording was looked at" in shown


def test_who_stayed_away_sees_no_clip_of_others(django_app, client, session, coach, ingrid, jonas):
    hold(django_app, coach, session, answers(ingrid) | with_clip(ingrid) | {f"came-{jonas.pk}": "away"})
    assert WHERE not in page(client, jonas, session)


def test_once_the_consent_has_run_out_only_its_owner_sees_where_it_lies(
    django_app, client, session, coach, ingrid, jonas
):
    hold(django_app, coach, session, answers(ingrid, jonas) | with_clip(ingrid, until="25.11.2026"))
    assert WHERE in page(client, jonas, session)
    Recording.objects.update(valid_until=dt.date(2026, 11, 24))
    assert WHERE not in page(client, jonas, session)
    shown = page(client, ingrid, session)
    assert WHERE in shown
    assert "Answers himself" not in shown


def test_a_moment_is_added_and_taken_out_without_script(django_app, session, coach, ingrid):
    form = record_form(django_app, coach, session)
    form[f"{clip(ingrid)}-0-at"], form[f"{clip(ingrid)}-1-moment"] = "1:00", "typed, not yet timed"
    form["own"] = "Not lost."
    answer = form.submit("do", value=f"add:{clip(ingrid)}")
    assert answer.location.endswith(f"#{clip(ingrid)}")
    form = record_form(django_app, coach, session)
    assert form[f"{clip(ingrid)}-2-at"].value == ""
    form.submit("do", value=f"drop:{clip(ingrid)}:0")
    form = record_form(django_app, coach, session)
    assert (form[f"{clip(ingrid)}-0-at"].value, form["own"].value) == ("", "Not lost.")
    assert form[f"{clip(ingrid)}-0-moment"].value == "typed, not yet timed"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"0-at": "eight"}, "Write minutes and seconds like this: 12:40"),
        ({"0-at": ""}, "Write when it is in the recording"),
        ({"location": ""}, "Say where the recording lies, or take the clip out."),
        ({"location": "javascript:alert(1)"}, "Give an address that begins with https://"),
        ({"consent": "no"}, "A clip is looked at only while the consent is valid."),
        ({"until": "24.11.2026"}, "On the day of the session the consent had run out."),
        ({"given": "0", "asked": "7"}, "Nobody has consented: then the clip cannot be used."),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_lost(django_app, session, coach, ingrid, changes, sentence):
    form = record_form(django_app, coach, session)
    for name, value in with_clip(ingrid, **changes).items():
        form[name] = value
    answer = form.submit("do", value="finish", status=422)
    assert sentence in answer
    assert "Answers himself" in answer
    assert not Recording.objects.exists()


def test_withdrawn_means_shown_no_more_anywhere(django_app, client, session, coach, ingrid, jonas):
    hold(django_app, coach, session, answers(ingrid, jonas) | with_clip(ingrid))
    row = SessionRecording.objects.get()
    RecordDraft.objects.create(
        session=session, author=coach, base_revision=1, saved_at=NOW,
        fields={f"{clip(ingrid)}-location": [WHERE], f"{clip(jonas)}-location": ["Other"]},
    )  # fmt: skip
    url = reverse("supervision:recording", args=[session.pk, row.recording_id])
    client.force_login(jonas)
    assert client.get(url).status_code == 403
    client.force_login(coach)
    assert client.post(url, {"do": "withdraw", "delete_by": "2020-01-01"}).status_code == 422
    assert client.post(url, {"do": "withdraw", "delete_by": "2026-12-01"}).status_code == 302
    row.recording.refresh_from_db()
    assert (row.recording.withdrawn_by, row.recording.delete_by) == (coach, dt.date(2026, 12, 1))
    assert AuditEvent.objects.filter(verb="recording.withdrawn", by_id=coach.pk).count() == 1
    for person in (coach, jonas):
        shown = page(client, person, session)
        assert WHERE not in shown
        assert "Answers himself" not in shown
    assert "to be deleted by 1 December" in page(client, ingrid, session)
    assert RecordDraft.objects.get().fields == {f"{clip(jonas)}-location": ["Other"]}
    client.force_login(coach)
    client.post(reverse("supervision:reopen", args=[session.pk]))
    answer = client.get(reverse("supervision:record", args=[session.pk]), follow=True)
    assert answer.status_code == 200
    assert WHERE not in answer.content.decode()


def test_deletion_is_confirmed_and_takes_the_moments_along(django_app, client, session, coach, ingrid, jonas):
    hold(django_app, coach, session, answers(ingrid, jonas) | with_clip(ingrid))
    row = SessionRecording.objects.get()
    url = reverse("supervision:recording", args=[session.pk, row.recording_id])
    client.force_login(ingrid)
    assert "The consent is valid" in client.get(url).content.decode()
    client.post(url, {"do": "withdraw", "delete_by": "2026-12-01"})
    client.post(url, {"do": "delete_by", "delete_by": "2026-12-05"})
    assert client.post(url, {"do": "deleted"}).status_code == 302
    row.recording.refresh_from_db()
    assert (row.recording.deletion_confirmed_by, row.recording.delete_by) == (ingrid, dt.date(2026, 12, 5))
    assert not Moment.objects.exists()
    assert "The recording is deleted" in client.get(url).content.decode()


def test_a_corrected_record_corrects_its_recording_and_a_withdrawn_one_stays(
    django_app, client, session, coach, ingrid, jonas
):
    hold(django_app, coach, session, answers(ingrid, jonas) | with_clip(ingrid))
    first = Recording.objects.get()
    client.force_login(coach)
    client.post(reverse("supervision:reopen", args=[session.pk]))
    hold(django_app, coach, session, answers(ingrid, jonas) | with_clip(ingrid, location="Shelf 3"))
    assert [(one.pk, one.location) for one in Recording.objects.all()] == [(first.pk, "Shelf 3")]
    client.post(
        reverse("supervision:recording", args=[session.pk, first.pk]), {"do": "withdraw", "delete_by": "2026-12-01"}
    )
    client.post(reverse("supervision:reopen", args=[session.pk]))
    hold(django_app, coach, session, answers(ingrid, jonas) | with_clip(ingrid, location="Shelf 4"))
    kept = Recording.objects.order_by("pk")
    assert [(one.location, one.withdrawn_at is not None) for one in kept] == [("Shelf 3", True), ("Shelf 4", False)]
    client.post(reverse("supervision:reopen", args=[session.pk]))
    empty = dict.fromkeys(with_clip(ingrid, location="", consent=""), "")
    hold(django_app, coach, session, answers(ingrid, jonas) | {k: v for k, v in empty.items() if "consent" not in k})
    assert [one.location for one in Recording.objects.all()] == ["Shelf 3"]


def test_what_is_written_of_the_next_film_stays_when_the_first_one_is_deleted(
    django_app, client, session, coach, ingrid, jonas
):
    hold(django_app, coach, session, answers(ingrid, jonas) | with_clip(ingrid))
    first = reverse("supervision:recording", args=[session.pk, Recording.objects.get().pk])
    client.force_login(coach)
    client.post(first, {"do": "withdraw", "delete_by": "2026-12-01"})
    client.post(reverse("supervision:reopen", args=[session.pk]))
    hold(django_app, coach, session, answers(ingrid, jonas) | with_clip(ingrid, location="Shelf 4"))
    for pressed in ({"do": "withdraw", "delete_by": "2026-12-01"}, {"do": "deleted"}):
        client.post(first, pressed)
    assert [one.deletion_confirmed_at is not None for one in Recording.objects.order_by("pk")] == [True, False]
    note = session.notes.get(person=ingrid, field="recording_ref")
    assert note.value["location"] == "Shelf 4"
    client.post(
        reverse("supervision:recording", args=[session.pk, Recording.objects.latest("pk").pk]), {"do": "deleted"}
    )
    assert not session.notes.filter(person=ingrid, field="recording_ref").exists()


def test_a_reference_on_which_something_rests_stays_and_the_trail_does_not_say_otherwise(
    django_app, client, stage, session, coach, ingrid, jonas
):
    hold(django_app, coach, session, answers(ingrid, jonas) | with_clip(ingrid))
    recording = Recording.objects.get()
    other = stage.session("peer_coach_group", coach, [ingrid])
    elsewhere = SessionRecording.objects.create(session=other, recording=recording, person=ingrid)
    for left in (1, 0):
        with transaction.atomic():
            take_back_recording(by=coach, recording=recording, about=ingrid)
        assert Recording.objects.count() == left
        assert AuditEvent.objects.filter(verb="recording.taken_back").count() == 1 - left
        assert Moment.objects.count() == 2 * left
        SessionRecording.objects.all().delete()
    assert elsewhere.recording_id == recording.pk
