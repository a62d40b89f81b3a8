"""The pages of recordings: noted, corrected, withdrawn, deleted; who sees where a film lies, who that it exists."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from coaches.tests.factories import PlacementFactory
from practice.models import Recording
from practice.tests.factories import GroupFactory, MeetingFactory, RecordingFactory
from practice.tests.test_group_pages import last_form, sign_in
from programmes.tests.factories import small_programme

pytestmark = pytest.mark.django_db
CANARY = "Disk 2 in the blue safe"


@pytest.fixture
def cast():
    with time_machine.travel("2026-03-02 12:00+01:00", tick=False):
        yield small_programme()


@pytest.fixture
def meeting(cast):
    leader, coach = cast.member("group_leader"), cast.member("peer_coach")
    PlacementFactory(coach=coach, supervisee=leader, programme=cast.programme)
    group = GroupFactory(programme=cast.programme, organisation=cast.office, led_by=[leader])
    meeting = MeetingFactory(group=group)
    meeting.leader, meeting.coach = leader, coach
    return meeting


def noted(meeting, **changes):
    more = {"location": CANARY, "delete_by": dt.date(2026, 8, 1)} | changes
    return RecordingFactory(meeting=meeting, programme=meeting.group.programme, noted_by=meeting.leader, **more)


def test_a_leader_notes_a_recording_and_the_days_are_proposed(meeting, django_app):
    page = sign_in(django_app, meeting.leader).get(reverse("practice:group", args=[meeting.group.pk]))
    page = page.click("Note a recording")
    form = last_form(page)
    assert form["valid_until"].value == "2026-07-07"
    assert form["delete_by"].value == "2026-08-06"
    form["location"] = CANARY
    form.fields["purposes"][0].checked = True
    form["consents_given"], form["consents_asked"] = "6", "7"
    page = form.submit("save").follow()
    assert CANARY in page
    assert "6 of 7 have consented" in page
    assert Recording.objects.get().meeting == meeting


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("location", "javascript:alert(1)"),
        ("location", "x" * 501),
        ("consents_given", "8"),
        ("consents_given", "9" * 30),
        ("delete_by", "2031-01-01"),
        ("delete_by", ""),
        ("valid_until", "31.02.2026"),
        ("purposes", "television"),
        ("papers_place", "x" * 201),
    ],
)
def test_what_cannot_be_is_said_at_its_field_and_nothing_is_lost(meeting, client, field, value):
    client.force_login(meeting.leader)
    data = {"location": CANARY, "consents_given": "6", "consents_asked": "7", "delete_by": "2026-08-01"}
    url = reverse("practice:note_recording", args=[meeting.group.pk, meeting.pk])
    answer = client.post(url, data | {field: value})
    assert answer.status_code == 422
    assert answer.context["form"].errors[field]
    assert "6" in answer.content.decode()
    assert not Recording.objects.exists()


def test_withdrawn_it_opens_for_those_filmed_alone(meeting, client):
    recording = noted(meeting)
    url = reverse("practice:recording", args=[recording.pk])
    client.force_login(meeting.coach)
    assert CANARY in client.get(url).content.decode()
    assert client.post(reverse("practice:withdraw_consent", args=[recording.pk])).status_code == 403
    client.force_login(meeting.leader)
    assert client.post(reverse("practice:withdraw_consent", args=[recording.pk])).status_code == 302
    assert CANARY in client.get(url).content.decode()
    client.force_login(meeting.coach)
    assert client.get(url).status_code == 404
    group = client.get(reverse("practice:group", args=[meeting.group.pk])).content.decode()
    assert reverse("practice:recording", args=[recording.pk]) not in group


def test_the_list_says_what_is_to_be_deleted_now(meeting, django_app):
    noted(meeting, delete_by=dt.date(2026, 3, 2))
    page = sign_in(django_app, meeting.leader).get(reverse("practice:groups"))
    assert "One recording to delete now" in page
    page = page.click("One recording is to be deleted now").click(href=r"/recordings/\d+/$")
    page = page.click("Confirm that it is deleted")
    page = last_form(page).submit().follow()
    assert CANARY not in page
    assert "Deleted." in page
    assert "is to be deleted now" not in page.click("Recordings", index=0)


def test_a_coordinator_learns_that_it_exists_and_never_where(cast, meeting, client):
    noted(meeting, delete_by=dt.date(2026, 3, 1))
    coordinator = cast.member("coordinator", organisation=cast.top, language="en")
    client.force_login(coordinator)
    page = client.get(reverse("practice:recordings"), {"whose": "branch"}).content.decode()
    assert meeting.leader.name in page
    assert "To be deleted since" in page
    assert CANARY not in page
    assert client.get(reverse("practice:recording", args=[Recording.objects.get().pk])).status_code == 404


def test_who_joined_later_does_not_read_earlier_films(cast, meeting, client):
    recording = noted(meeting)
    later = cast.member("group_leader")
    meeting.group.leaders.create(person=later, started_on=dt.date(2026, 3, 1))
    client.force_login(later)
    assert client.get(reverse("practice:recording", args=[recording.pk])).status_code == 404
    client.force_login(meeting.leader)
    assert client.get(reverse("practice:recording", args=[recording.pk])).status_code == 200


def test_a_moment_is_added_by_the_coach_and_taken_away_by_its_author(meeting, client):
    recording = noted(meeting)
    client.force_login(meeting.coach)
    add = reverse("practice:note_moment", args=[recording.pk])
    assert client.post(add, {"point": "soon", "comment": "Here"}).status_code == 422
    assert client.post(add, {"point": "12:40", "comment": "She waits"}).status_code == 302
    moment = recording.moments.get()
    assert moment.seconds == 760
    take = reverse("practice:remove_moment", args=[recording.pk, moment.pk])
    client.force_login(meeting.leader)
    assert client.post(take).status_code == 403
    client.force_login(meeting.coach)
    assert client.post(take).status_code == 302
    assert not recording.moments.exists()


@pytest.mark.parametrize("number", [1, 30])
@pytest.mark.parametrize("whose", ["mine", "branch"])
def test_the_list_costs_the_same_for_one_and_for_many(
    cast, meeting, client, django_assert_max_num_queries, number, whose
):
    cast.member("coordinator", organisation=cast.top, person=meeting.leader)
    for _place in range(number):
        noted(meeting)
    client.force_login(meeting.leader)
    with django_assert_max_num_queries(8):
        assert client.get(reverse("practice:recordings"), {"whose": whose}).status_code == 200
