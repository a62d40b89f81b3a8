"""The same form about places sent twice: the second changes nothing and is no error."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import translation

from accounts.models import AuditEvent
from coaches.models import Absence, Placement
from coaches.tests.factories import AbsenceFactory, PlacementFactory
from programmes.tests.factories import Cast, small_programme

pytestmark = [pytest.mark.django_db, pytest.mark.both]
TODAY = dt.date(2026, 5, 4)


@pytest.fixture
def cast(time_machine) -> Cast:
    time_machine.move_to(dt.datetime(2026, 5, 4, 12, tzinfo=dt.UTC), tick=False)
    translation.activate("en")
    return small_programme()


@pytest.fixture
def coordinator(cast: Cast):
    return cast.member("coordinator", language="en")


def with_field(page, field):
    return next(form for form in page.forms.values() if field in form.fields)


def traces():
    return (
        list(AuditEvent.objects.order_by("pk").values_list("pk", "verb")),
        list(Placement.objects.order_by("pk").values_list("pk", "state", "place", "planned_end_on", "ended_on")),
        list(Absence.objects.order_by("pk").values_list("pk", "starts_on", "ends_on")),
    )


def twice(form):
    """Send a form, and once more; both lead to the same page, and the second leaves no trace."""
    first = form.submit()
    before = traces()
    second = form.submit()
    assert (first.status_code, second.status_code) == (302, 302)
    assert second.location == first.location
    assert traces() == before
    return second.follow()


def test_a_place_is_given_once_though_another_rule_lacks_a_coach(cast: Cast, coordinator, django_app) -> None:
    """Were the second form read for the next rule under which somebody is missing, it would place them there."""
    cast.rule("second", "peer_coach", ["group_leader"], caseload_max=4)
    coach, leader = cast.member("peer_coach", name="Ragnhild"), cast.member("group_leader", name="Jonas")
    form = with_field(django_app.get(f"/placements/new/?supervisee={leader.pk}", user=coordinator.email), "coach")
    form["coach"] = str(coach.pk)
    assert "Jonas has a place with Ragnhild." in twice(form).text
    assert [(one.coach, one.rule) for one in Placement.objects.all()] == [(coach, cast.rules["group"])]


def test_another_coach_or_day_the_second_time_is_told_who_holds_the_place(cast: Cast, coordinator, django_app) -> None:
    """The control: what is not the same form is refused."""
    coach, other = cast.member("peer_coach", name="Ragnhild"), cast.member("peer_coach", name="Other")
    leader = cast.member("group_leader", name="Jonas")
    form = with_field(django_app.get(f"/placements/new/?supervisee={leader.pk}", user=coordinator.email), "coach")
    form["coach"] = str(coach.pk)
    form.submit()
    form["coach"] = str(other.pk)
    assert "Jonas already has Ragnhild since 04.05.2026" in form.submit(status=422).text
    form["coach"], form["started_on"] = str(coach.pk), "2026-05-05"
    assert "Jonas already has Ragnhild since 04.05.2026" in form.submit(status=422).text
    assert Placement.objects.count() == 1


@pytest.mark.parametrize(("day", "state"), [("2026-05-04", "ended"), ("2026-06-01", "open")])
def test_an_end_is_noted_once(cast: Cast, coordinator, django_app, day: str, state: str) -> None:
    placement = PlacementFactory(
        coach=cast.member("peer_coach"), supervisee=cast.member("group_leader"), rule=cast.rules["group"]
    )
    form = with_field(django_app.get(reverse("coaches:end", args=[placement.pk]), user=coordinator.email), "day")
    form["day"] = day
    twice(form)
    placement.refresh_from_db()
    assert placement.state == state


def test_a_planned_end_is_taken_back_once(cast: Cast, coordinator, client) -> None:
    placement = PlacementFactory(
        coach=cast.member("peer_coach"),
        supervisee=cast.member("group_leader"),
        rule=cast.rules["group"],
        planned_end_on=dt.date(2026, 6, 1),
    )
    client.force_login(coordinator)
    for _time in range(2):
        assert client.post(reverse("coaches:keep", args=[placement.pk])).status_code == 302
    assert AuditEvent.objects.filter(verb="placement.end_planned").count() == 1


def test_a_time_away_is_noted_once(cast: Cast, django_app) -> None:
    coach = cast.member("peer_coach", language="en")
    form = with_field(django_app.get(reverse("coaches:room", args=[coach.pk]), user=coach.email), "starts_on")
    form["ends_on"] = "2026-06-01"
    twice(form)
    assert Absence.objects.get().ends_on == dt.date(2026, 6, 1)
    form["ends_on"] = "2026-06-02"
    assert "There is a time away in these days already" in form.submit(status=422).text


@pytest.mark.parametrize("starts_on", [dt.date(2026, 4, 1), dt.date(2026, 5, 20)])
def test_somebody_is_back_once(cast: Cast, django_app, starts_on: dt.date) -> None:
    """From a time away that has begun, and from one that has not: that one is gone by the second press."""
    coach = cast.member("peer_coach", language="en")
    AbsenceFactory(person=coach, starts_on=starts_on, ends_on=dt.date(2026, 6, 1))
    page = django_app.get(reverse("coaches:room", args=[coach.pk]), user=coach.email)
    twice(next(form for form in page.forms.values() if form.action.endswith("/back/")))
    assert list(Absence.objects.values_list("ends_on", flat=True)) == ([TODAY] if starts_on < TODAY else [])


def test_a_stranger_learns_nothing_by_a_time_away_that_is_gone(cast: Cast, client) -> None:
    coach = cast.member("peer_coach")
    client.force_login(cast.member("group_leader"))
    url = reverse("coaches:back", args=[999_999])
    for data in ({}, {"coach": "x"}, {"coach": str(coach.pk)}, {"coach": "9" * 30}):
        assert client.post(url, data).status_code == 404
