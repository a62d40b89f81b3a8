"""Recordings by reference: what may be written, and when a consent covers a use."""

import datetime as dt

import pytest
from django.utils import translation

from accounts.models import AuditEvent
from common.errors import DomainError, NotAllowed
from practice.actions.moments import note_moment, remove_moment
from practice.actions.recordings import (
    Statement,
    confirm_deletion,
    correct_recording,
    note_recording,
    withdraw_consent,
)
from practice.clip import seconds_of
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


@pytest.fixture
def meeting(cast):
    """A meeting on 8 January 2026 of a group that one leader leads."""
    return MeetingFactory(group=GroupFactory(programme=cast.programme, led_by=[cast.member("group_leader")]))


def note_of(meeting, **changes):
    leader = meeting.group.leaders.get().person
    more = {"delete_by": dt.date(2026, 8, 1), "programme": meeting.group.programme} | changes
    return note_recording(by=leader, location="Shelf 3", purposes=["supervision"], meeting=meeting, **more)


def test_of_a_meeting_the_film_has_a_day_by_which_it_is_deleted(meeting):
    with pytest.raises(DomainError) as refusal:
        note_of(meeting, delete_by=None)
    assert refusal.value.field == "delete_by"
    assert note_of(meeting).delete_by == dt.date(2026, 8, 1)


@pytest.mark.parametrize("field", ["valid_until", "delete_by"])
@pytest.mark.parametrize("day", [dt.date(2026, 1, 8), dt.date(2028, 1, 9)])
def test_days_lie_after_the_meeting_and_within_two_years(meeting, field, day):
    with pytest.raises(DomainError) as refusal:
        note_of(meeting, **{field: day})
    assert refusal.value.field == field
    assert note_of(meeting, **{field: dt.date(2028, 1, 8)})


def test_the_deletion_takes_the_comments_along_and_is_told_once(meeting):
    recording = note_of(meeting)
    leader = recording.noted_by
    note_moment(by=leader, recording=recording, seconds=760, comment="She waits, and they answer")
    confirm_deletion(by=leader, recording=recording)
    confirm_deletion(by=leader, recording=recording)
    recording.refresh_from_db()
    assert recording.deletion_confirmed_by == leader
    assert recording.moments.count() == 0
    verbs = (
        AuditEvent.objects.filter(subject=f"recording:{recording.pk}").order_by("pk").values_list("verb", flat=True)
    )
    assert list(verbs) == ["recording.noted", "moment.noted", "recording.deleted"]
    with pytest.raises(DomainError) as refusal:
        correct_recording(by=leader, recording=recording, statement=Statement("Shelf 5", ["supervision"]))
    assert refusal.value.code == "deleted"


def test_a_correction_from_an_old_page_does_not_undo_a_withdrawal(meeting):
    old = note_of(meeting)
    withdraw_consent(by=old.noted_by, recording=old)
    assert old.withdrawn_at is None
    statement = Statement("Shelf 5", ["supervision"], delete_by=dt.date(2026, 8, 1))
    corrected = correct_recording(by=old.noted_by, recording=old, statement=statement)
    assert corrected.location == "Shelf 5"
    assert corrected.withdrawn_at is not None


def test_a_comment_is_taken_away_by_its_author_alone(cast, meeting):
    recording = note_of(meeting)
    moment = note_moment(by=recording.noted_by, recording=recording, seconds=5, comment="Here")
    with pytest.raises(NotAllowed):
        note_moment(by=cast.member("mentor"), recording=recording, seconds=5, comment="There")
    with pytest.raises(NotAllowed):
        remove_moment(by=cast.member("mentor"), moment=moment)
    remove_moment(by=recording.noted_by, moment=moment)
    assert recording.moments.count() == 0


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("12:40", 760),
        ("12.40", 760),
        ("12,40", 760),
        ("1240", 760),
        ("740", 460),
        ("1:02:40", 3760),
        ("10240", 3760),
        ("0:00", 0),
    ],
)
def test_points_as_people_write_them(text, seconds):
    assert seconds_of(text) == seconds


@pytest.mark.parametrize("text", ["", "12", "1260", "12:60", "-1:00", "1:2:3", "٣:٠٠", "9999:00"])
def test_what_is_no_point(cast, text):
    with pytest.raises(DomainError) as refusal:
        seconds_of(text)
    assert "12:40" in str(refusal.value)
