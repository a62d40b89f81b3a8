"""Recordings by reference: what may be written, and when a consent covers a use."""

import datetime as dt

import pytest
from django.utils import translation

from accounts.models import AuditEvent
from common.errors import DomainError, NotAllowed
from practice.actions.recordings import Statement, correct_recording, note_recording, withdraw_consent
from practice.consent import consent_valid
from practice.tests.factories import GroupFactory, MeetingFactory, RecordingFactory
from programmes.tests.factories import Cast, small_programme

pytestmark = [pytest.mark.django_db, pytest.mark.both]
DAY = dt.date(2026, 3, 2)


@pytest.fixture
def cast() -> Cast:
    translation.activate("en")
    return small_programme()


def note(cast: Cast, **changes):
    statement = {"location": "https://film.example.org/7", "purposes": ["supervision"]}
    return note_recording(programme=cast.programme, **{"by": cast.member("group_leader")} | statement | changes)


def test_a_recording_is_noted_with_its_statement_and_the_trail_holds_no_location(cast):
    recording = note(cast, consents_given=6, consents_asked=7, papers_place="Shelf 3", valid_until=dt.date(2026, 6, 1))
    assert (recording.location, recording.consents_given, recording.papers_place) == (
        "https://film.example.org/7",
        6,
        "Shelf 3",
    )
    event = AuditEvent.objects.get(subject=f"recording:{recording.pk}")
    assert event.verb == "recording.noted"
    assert event.facts == {"purposes": ["supervision"], "given": 6, "asked": 7}
    assert event.organisation_path == cast.office.path


@pytest.mark.parametrize(
    "location",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/x",
        "ftp://a.example",
        "https://u:p@a.example/",
        "",
    ],
)
def test_only_web_addresses_or_words(cast, location):
    with pytest.raises(DomainError) as refusal:
        note(cast, location=location)
    assert refusal.value.field == "location"


@pytest.mark.parametrize("location", ["Locked cupboard, box 12", "Disk: shelf 3", "http://10.0.0.7/film?id=3"])
def test_words_and_web_addresses_are_kept_as_they_are(cast, location):
    assert note(cast, location=location).location == location


@pytest.mark.parametrize(
    ("given", "asked", "field"), [(8, 7, "consents_given"), (None, 7, "consents_given"), (-1, 7, "consents_given")]
)
def test_numbers_that_cannot_be(cast, given, asked, field):
    with pytest.raises(DomainError) as refusal:
        note(cast, consents_given=given, consents_asked=asked)
    assert refusal.value.field == field


def test_an_unknown_purpose_is_refused(cast):
    with pytest.raises(DomainError) as refusal:
        note(cast, purposes=["television"])
    assert refusal.value.code == "purpose"


def test_a_meeting_of_others_is_refused(cast):
    meeting = MeetingFactory(group=GroupFactory(programme=cast.programme, led_by=[cast.member("group_leader")]))
    with pytest.raises(NotAllowed):
        note(cast, meeting=meeting)


def test_a_correction_and_a_withdrawal_leave_their_rows(cast):
    recording = note(cast)
    by = recording.noted_by
    correct_recording(by=by, recording=recording, statement=Statement("Shelf 4", ["supervision"]))
    withdraw_consent(by=by, recording=recording)
    withdraw_consent(by=by, recording=recording)
    recording.refresh_from_db()
    assert recording.location == "Shelf 4"
    assert not consent_valid(recording, DAY, "supervision")
    events = AuditEvent.objects.filter(subject=f"recording:{recording.pk}").order_by("pk")
    assert [event.verb for event in events] == ["recording.noted", "recording.corrected", "recording.withdrawn"]


@pytest.mark.parametrize(
    ("changes", "valid"),
    [
        ({}, True),
        ({"purposes": ["certification_review"]}, False),
        ({"valid_until": DAY}, False),
        ({"valid_until": dt.date(2026, 3, 3)}, True),
        ({"valid_until": None}, True),
        ({"delete_by": DAY}, False),
        ({"consents_given": 0}, False),
        ({"consents_given": None, "consents_asked": None}, True),
    ],
)
def test_when_a_consent_covers_a_use(cast, changes, valid):
    recording = RecordingFactory.build(programme=cast.programme, noted_by=None, **changes)
    assert consent_valid(recording, DAY, "supervision") is valid
