"""Lists of sessions, calendar files and the pages of goals: what they hold, and what they cost."""

import datetime as dt

import pytest
from django.urls import reverse

from programmes.tests.factories import OrganisationFactory
from supervision.models import Feedback, Goal
from supervision.tests.factories import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture
def coach(stage):
    return stage.member("peer_coach", name="Ragnhild Sæther")


def test_views_search_and_filter(client, stage, coach):
    ingrid, jonas = stage.member("group_leader", name="Ingrid Moen"), stage.member("group_leader", name="Jonas Berg")
    stage.session("peer_coach_group", coach, [ingrid])
    stage.session("peer_coach_group", coach, [jonas], at=NOW - dt.timedelta(days=1))
    stage.session("peer_coach_group", coach, [jonas], at=NOW - dt.timedelta(days=9), state="finished")
    client.force_login(coach)
    url = reverse("supervision:sessions")

    def names(query):
        page = client.get(f"{url}{query}").content.decode()
        return page.count("Ingrid Moen"), page.count("Jonas Berg")

    assert names("") == (1, 2)
    assert names("?when=coming") == (1, 0)
    assert names("?when=open") == (0, 1)
    assert names("?when=past") == (0, 1)
    assert names("?q=ingrid") == (1, 0)
    assert names("?when=nonsense&sort=person__password&cursor=x") == (1, 2)
    assert names("?q=zzz") == (0, 0)


def test_the_list_costs_the_same_for_few_and_many(client, stage, coach, django_assert_max_num_queries):
    leaders = [stage.member("group_leader") for _number in range(3)]
    client.force_login(coach)
    client.get(reverse("supervision:sessions"))
    for many in (1, 30):
        for number in range(many):
            at = NOW - dt.timedelta(days=number)
            stage.session("peer_coach_group", coach, leaders, at=at, state="finished")
        with django_assert_max_num_queries(QUERIES_LIST):
            client.get(reverse("supervision:sessions"))


QUERIES_LIST = 8  # of these the frame's own: session, person, hats, counts


def test_paging_reaches_every_session_once(client, stage, coach):
    ingrid = stage.member("group_leader")
    for number in range(60):
        stage.session("peer_coach_group", coach, [ingrid], at=NOW - dt.timedelta(days=number), state="finished")
    client.force_login(coach)
    url, found = reverse("supervision:sessions"), []
    while url:
        answer = client.get(url)
        found += [row.session.pk for row in answer.context["rows"]]
        page = answer.context["page"]
        url = f"{reverse('supervision:sessions')}?cursor={page.next}" if page.next else ""
    assert len(found) == len(set(found)) == 60


def test_a_coordinator_sees_the_branch_of_that_day(client, stage, coach):
    elsewhere = OrganisationFactory(parent=stage.network)
    far = stage.member("peer_coach", name="Far Coach", organisation=elsewhere)
    ingrid = stage.member("group_leader", name="Ingrid Moen")
    stage.session("peer_coach_group", coach, [ingrid], state="finished", at=NOW - dt.timedelta(days=1))
    other = stage.session("peer_coach_group", far, [stage.member("group_leader", organisation=elsewhere)])
    other.attendances.update(organisation=elsewhere)
    coordinator = stage.member("local_coordinator")
    client.force_login(coordinator)
    page = client.get(f"{reverse('supervision:sessions')}?hat={stage.programme.pk}-local_coordinator").content.decode()
    assert "Ragnhild Sæther" in page
    assert "Far Coach" not in page
    assert client.get(reverse("supervision:session", args=[other.pk])).status_code == 404
    client.force_login(ingrid)
    page = client.get(f"{reverse('supervision:sessions')}?hat={stage.programme.pk}-local_coordinator").content.decode()
    assert "your part of the network" not in page


def test_of_other_branches_a_coordinator_learns_a_number(client, stage, coach):
    elsewhere = OrganisationFactory(parent=stage.network)
    ingrid, far = stage.member("group_leader", name="Ingrid Moen"), stage.member("group_leader", name="Far Away")
    session = stage.session("peer_coach_group", coach, [ingrid, far], state="finished", at=NOW - dt.timedelta(days=1))
    session.attendances.filter(person__in=[far, coach]).update(organisation=elsewhere)
    client.force_login(stage.member("local_coordinator"))
    listed = f"{reverse('supervision:sessions')}?hat={stage.programme.pk}-local_coordinator"
    for url in (listed, reverse("supervision:session", args=[session.pk])):
        page = client.get(url).content.decode()
        assert "Ingrid Moen" in page
        assert "Far Away" not in page
        assert "Ragnhild" not in page
    page = client.get(listed).content.decode()
    assert "3 of 3 came" in page
    assert "Somebody of another organisation" in page
    assert "1 of another organisation" in page
    assert len(client.get(f"{listed}&q=ingrid").context["rows"]) == 1
    assert len(client.get(f"{listed}&q=far").context["rows"]) == 0
    client.force_login(ingrid)
    assert "Far Away" in client.get(reverse("supervision:sessions")).content.decode()


def test_goals_are_set_taken_up_and_shared_by_their_owner(django_app, stage):
    ingrid = stage.member("group_leader", name="Ingrid")
    page = django_app.get(reverse("supervision:new_goal"), user=ingrid)
    form = next(form for form in page.forms.values() if "text" in form.fields)
    form["text"], form["due_on"] = "I stop four clips.", "10.12.2026"
    page = form.submit().follow()
    assert "You have 1 open goal" in page
    goal = Goal.objects.get()
    assert (goal.person, goal.set_by, goal.due_on) == (ingrid, ingrid, dt.date(2026, 12, 10))
    share = next(form for form in page.forms.values() if "/share/" in form.action)
    share.submit("on").follow()
    goal.refresh_from_db()
    assert goal.shared_at == NOW
    page = django_app.get(reverse("supervision:goal", args=[goal.pk]), user=ingrid)
    form = next(form for form in page.forms.values() if "status" in form.fields)
    assert "Choose" in form.submit(status=422)
    form["status"], form["comment"] = "reached", "Four clips in meeting 6."
    page = form.submit().follow()
    assert "Four clips in meeting 6." in page
    goal.refresh_from_db()
    assert (goal.status, goal.closed_by) == ("reached", ingrid)
    stranger = stage.member("group_leader")
    django_app.get(reverse("supervision:goal", args=[goal.pk]), user=stranger, status=404)


def test_more_goals_than_advised_is_said_not_forbidden(client, stage):
    ingrid = stage.member("group_leader")
    for number in range(2):
        Goal.objects.create(programme=stage.programme, person=ingrid, text=str(number), set_at=NOW, set_by=ingrid)
    client.force_login(ingrid)
    page = client.get(reverse("supervision:new_goal")).content.decode()
    assert "The programme advises at most 2 at a time" in page
    assert client.post(reverse("supervision:new_goal"), {"text": "Third"}).status_code == 302


def test_feedback_shows_strengths_and_only_what_is_released(client, stage, coach):
    ingrid = stage.member("group_leader")
    row = {"programme": stage.programme, "receiver": ingrid, "giver": coach, "given_at": NOW}
    shown = Feedback.objects.create(strength="You waited.", growth="Wait longer.", released_at=NOW, **row)
    Feedback.objects.create(strength="Not yet released.", **row)
    client.force_login(ingrid)
    page = client.get(reverse("supervision:feedback")).content.decode()
    assert page.index("You waited.") < page.index("Wait longer.")
    assert "Not yet released." not in page
    client.post(reverse("supervision:share_feedback", args=[shown.pk]), {"on": "1"})
    shown.refresh_from_db()
    assert shown.shared_at == NOW
    client.force_login(coach)
    assert client.post(reverse("supervision:share_feedback", args=[shown.pk]), {"on": "1"}).status_code == 404
