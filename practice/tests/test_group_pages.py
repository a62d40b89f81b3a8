"""The pages of groups, filled in as a person would."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from coaches.tests.factories import PlacementFactory
from practice.models import DeliveryGroup, GroupLeader
from practice.policies import may_see_recording
from practice.tests.factories import GroupFactory, MeetingFactory, RecordingFactory
from programmes.models import StoredPack
from programmes.tests.factories import small_programme, texts

pytestmark = pytest.mark.django_db
QUERIES = 12


@pytest.fixture
def cast():
    with time_machine.travel("2026-03-02 12:00+01:00", tick=False):
        yield small_programme()


def sign_in(django_app, person):
    person.language = "en"
    person.save()
    django_app.set_user(person)
    return django_app


def last_form(page):
    """The page's own form: those of the frame come first."""
    return page.forms[max(key for key in page.forms if isinstance(key, int))]


def test_a_leader_starts_a_group_and_notes_a_meeting(cast, django_app):
    StoredPack.objects.create(
        programme=cast.programme,
        content={"delivery_models": {"items": [{"key": "toddler", "names": texts("Toddlers")}]}},
    )
    leader, other = cast.member("group_leader"), cast.member("group_leader", name="Jonas Haugland")
    page = sign_in(django_app, leader).get(reverse("practice:groups")).click("Start a group")
    form = last_form(page)
    form["name"] = "Spring"
    form["started_on"] = "2026-01-08"
    form["variant"] = "toddler"
    form["co_leader"] = str(other.pk)
    page = form.submit("save").follow()
    assert "Jonas Haugland" in page
    assert "toddlers" in page.text.lower()
    page = page.click("Note meeting 1")
    form = last_form(page)
    assert form["number"].value == "1"
    form["held_on"], form["attended"] = "2026-01-08", "8"
    page = form.submit("save").follow()
    assert "The meeting is noted." in page
    group = DeliveryGroup.objects.get()
    assert (group.variant, list(group.meetings.values_list("number", "attended"))) == ("toddler", [(1, 8)])


def test_what_is_typed_wrongly_stays_and_says_why(cast, client):
    leader = cast.member("group_leader")
    group = GroupFactory(programme=cast.programme, led_by=[leader])
    MeetingFactory(group=group, number=1)
    client.force_login(leader)
    url = reverse("practice:note_meeting", args=[group.pk])
    answer = client.post(url, {"number": "1", "held_on": "2026-01-09", "attended": "5"})
    assert answer.status_code == 422
    assert 'value="5"' in answer.content.decode()
    assert client.post(url, {"number": "x", "held_on": "13.13.2026"}).status_code == 422
    assert group.meetings.count() == 1


def test_a_stranger_finds_nothing_and_the_coach_reads_only(cast, client):
    leader, coach = cast.member("group_leader"), cast.member("peer_coach")
    PlacementFactory(coach=coach, supervisee=leader, rule=cast.rules["group"])
    group = GroupFactory(programme=cast.programme, led_by=[leader])
    meeting = MeetingFactory(group=group)
    pages = [
        reverse("practice:note_meeting", args=[group.pk]),
        reverse("practice:end_group", args=[group.pk]),
        reverse("practice:correct_meeting", args=[group.pk, meeting.pk]),
    ]
    client.force_login(cast.member("group_leader"))
    assert [client.get(page).status_code for page in [*pages, reverse("practice:group", args=[group.pk])]] == [404] * 4
    assert [client.post(page).status_code for page in pages] == [404] * 3
    client.force_login(coach)
    assert client.get(reverse("practice:group", args=[group.pk])).status_code == 200
    assert [client.post(page).status_code for page in pages] == [403] * 3


def test_a_coordinator_sees_figures_of_the_own_branch_only(cast, client):
    leader = cast.member("group_leader")
    group = GroupFactory(programme=cast.programme, organisation=cast.office, name="Hidden", led_by=[leader])
    MeetingFactory(group=group)
    elsewhere = small_programme()
    GroupFactory(programme=elsewhere.programme, organisation=elsewhere.office)
    client.force_login(cast.member("coordinator"))
    answer = client.get(reverse("practice:groups"))
    ((programme, figures),) = answer.context["figures"]
    assert programme == cast.programme
    assert (figures.running, figures.ended, figures.meetings) == (1, 0, 1)
    assert "Hidden" not in answer.content.decode()
    assert client.get(reverse("practice:group", args=[group.pk])).status_code == 404
    assert client.get(reverse("practice:start_group", args=[cast.programme.pk])).status_code == 404


@pytest.mark.parametrize("number", [1, 30])
def test_my_groups_cost_the_same_for_one_and_for_many(cast, client, django_assert_max_num_queries, number):
    leader = cast.member("group_leader")
    for _group in range(number):
        MeetingFactory(group=GroupFactory(programme=cast.programme, led_by=[leader]))
    client.force_login(leader)
    with django_assert_max_num_queries(8):
        client.get(reverse("practice:groups"))


def test_home_loads_the_groups_that_run_and_what_they_wait_for(cast, client, django_assert_max_num_queries):
    leader = cast.member("group_leader", language="en")
    group = GroupFactory(programme=cast.programme, name="Thursday group", led_by=[leader])
    MeetingFactory(group=group)
    client.force_login(leader)
    assert reverse("practice:running") in client.get(reverse("overview:home")).content.decode()
    assert client.get(reverse("practice:running")).status_code == 302
    with django_assert_max_num_queries(8):
        part = client.get(reverse("practice:running"), HTTP_HX_REQUEST="true").content.decode()
    assert "Thursday group" in part
    assert "1 meeting held" in part
    assert "<html" not in part
    client.force_login(cast.member("group_leader", language="en"))
    empty = client.get(reverse("practice:running"), HTTP_HX_REQUEST="true").content.decode()
    assert "No group of yours is running" in empty
    assert "Thursday group" not in empty


@pytest.mark.parametrize("purposes", [["supervision"], ["supervision", "certification_review"]])
@pytest.mark.parametrize("number", [1, 12])
def test_a_group_costs_its_coach_the_same_with_one_film_and_with_many(
    cast, client, django_assert_max_num_queries, number, purposes
):
    group, coach = filmed_group(cast)
    for _film in range(number):
        film(group, purposes=purposes)
    client.force_login(coach)
    with django_assert_max_num_queries(QUERIES):
        answer = client.get(reverse("practice:group", args=[group.pk]))
    assert [len(shown) for _meeting, shown in answer.context["meetings"]] == [1] * number


def filmed_group(cast):
    """Led by one, whose coach looks on."""
    leader, coach = cast.member("group_leader"), cast.member("peer_coach")
    PlacementFactory(coach=coach, supervisee=leader, rule=cast.rules["group"])
    return GroupFactory(programme=cast.programme, organisation=cast.office, led_by=[leader]), coach


def film(group, **changes):
    by = group.leaders.first().person
    return RecordingFactory(meeting=MeetingFactory(group=group), programme=group.programme, noted_by=by, **changes)


def test_of_a_groups_films_everybody_sees_those_that_are_theirs_to_see(cast, client):
    """The coach those with consent that show whom they supervise; who leads since, those of their own meetings."""
    group, coach = filmed_group(cast)
    seen, withheld = film(group), film(group, purposes=["certification_review"])
    row, later = group.leaders.get(), cast.member("group_leader")
    row.ended_on = withheld.meeting.held_on
    row.save()
    GroupLeader.objects.create(group=group, person=later, started_on=withheld.meeting.held_on + dt.timedelta(days=1))
    after = film(group)
    for viewer, theirs in ((row.person, {seen, withheld}), (coach, {seen}), (later, {after})):
        client.force_login(viewer)
        answer = client.get(reverse("practice:group", args=[group.pk]))
        shown = {one for _meeting, found in answer.context["meetings"] for one, *_standing in found}
        assert shown == theirs
        assert {one for one in (seen, withheld, after) if may_see_recording(viewer, one)} == theirs
