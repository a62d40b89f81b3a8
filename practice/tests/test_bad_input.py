"""What nobody would type: every form of groups and recordings answers with a sentence, never with an error of ours."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from common.tests.odd import spread
from practice.models import DeliveryGroup, GroupMeeting, Moment, Recording
from practice.tests.factories import GroupFactory, MeetingFactory, RecordingFactory
from programmes.tests.factories import small_programme

pytestmark = pytest.mark.django_db
NASTY = ["x" * 300_000, "9" * 40, "-1", "NaN", "0001-01-01", "9999-12-31", "\u202etxt", "<script>", "' OR 1=1", "٣"]
FIELDS = {
    "practice:start_group": ("name", "organisation", "co_leader", "started_on"),
    "practice:correct_group": ("name", "started_on"),
    "practice:add_leader": ("co_leader", "started_on"),
    "practice:end_leading": ("ended_on",),
    "practice:end_group": ("ended_on",),
    "practice:note_meeting": ("number", "held_on", "attended"),
    "practice:correct_meeting": ("number", "held_on", "attended"),
    "practice:note_recording": (
        "location",
        "purposes",
        "consents_given",
        "consents_asked",
        "papers_place",
        "valid_until",
        "delete_by",
    ),
    "practice:note_moment": ("point", "comment"),
}


@pytest.fixture
def world():
    with time_machine.travel("2026-03-02 12:00+01:00", tick=False):
        cast = small_programme()
        leader = cast.member("group_leader")
        group = GroupFactory(programme=cast.programme, organisation=cast.office, led_by=[leader])
        meeting = MeetingFactory(group=group)
        film = RecordingFactory(meeting=meeting, programme=cast.programme, delete_by=dt.date(2026, 8, 1))
        addresses = {
            "practice:start_group": [cast.programme.pk],
            "practice:end_leading": [group.pk, group.leaders.get().pk],
            "practice:correct_meeting": [group.pk, meeting.pk],
            "practice:note_recording": [group.pk, meeting.pk],
            "practice:note_moment": [film.pk],
        }
        yield leader, {name: reverse(name, args=addresses.get(name, [group.pk])) for name in FIELDS}


def rows():
    return [model.objects.count() for model in (DeliveryGroup, GroupMeeting, Recording, Moment)]


@pytest.mark.parametrize("name", FIELDS)
def test_each_odd_value_in_each_field(world, client, name):
    leader, addresses = world
    client.force_login(leader)
    before = rows()
    for body in spread(FIELDS[name], NASTY):
        answer = client.post(addresses[name], body)
        assert answer.status_code == 422, {field: value[:20] for field, value in body.items()}
        assert answer.context["form"].errors
    assert rows() == before


def test_ids_beyond_every_row_and_addresses_of_others(world, client):
    leader, _addresses = world
    client.force_login(leader)
    huge = 10**19
    for name, arguments in (("group", [huge]), ("recording", [huge]), ("correct_meeting", [huge, huge])):
        assert client.get(reverse(f"practice:{name}", args=arguments)).status_code == 404
    for query in ("cursor=%%%", "cursor=AAAA", "state=%27", "sort=leaders__person__email", "size=1e9", "q=%FF%00"):
        assert client.get(f"{reverse('practice:recordings')}?{query}").status_code in (200, 400), query
