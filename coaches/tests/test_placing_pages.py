"""Finding a coach, and changing it, by the forms that the pages show."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import translation

from coaches.models import Absence, CoachProfile, Placement
from coaches.tests.factories import AbsenceFactory, CoachProfileFactory, PlacementFactory
from programmes.tests.factories import Cast, OrganisationFactory, small_programme

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(time_machine) -> Cast:
    time_machine.move_to(dt.datetime(2026, 5, 4, 12, tzinfo=dt.UTC), tick=False)
    translation.activate("en")
    return small_programme()


@pytest.fixture
def coordinator(cast: Cast):
    return cast.member("coordinator", language="en")


def placed(cast: Cast, coach=None, **fields) -> Placement:
    coach, leader = coach or cast.member("peer_coach"), fields.pop("leader", None) or cast.member("group_leader")
    return PlacementFactory(coach=coach, supervisee=leader, rule=cast.rules["group"], **fields)


def form_with(page, field: str):
    return next(form for form in page.forms.values() if field in form.fields)


def finding(django_app, coordinator, leader):
    return django_app.get(f"/placements/new/?supervisee={leader.pk}", user=coordinator.email)


def test_coaches_stand_by_nearness_with_reasons_and_full_ones_apart(cast: Cast, coordinator, client) -> None:
    near, far = cast.member("peer_coach", name="Near"), OrganisationFactory(parent=cast.office)
    cast.member("peer_coach", far, name="Far", supervises_in=["nb"])
    full = cast.member("peer_coach", name="Full")
    CoachProfileFactory(person=full, capacity=1)
    placed(cast, full)
    leader = cast.member("group_leader", language="nb")
    client.force_login(coordinator)
    page = client.get("/placements/new/", {"supervisee": leader.pk})
    assert [choice.person.name for choice in page.context["with_room"]] == ["Near", "Far"]
    assert [choice.person.name for choice in page.context["full"]] == ["Full"]
    text = page.content.decode()
    assert near.name in text
    assert "Same organisation." in text
    assert "Supervises in the language" in text
    assert "Places: 1 filled, 2 not offered" in text


def test_without_a_hat_in_the_address_the_one_that_has_the_person_is_worn(cast: Cast, coordinator, client) -> None:
    other = small_programme()
    other.member("coordinator", person=coordinator)
    client.force_login(coordinator)
    for one in (cast, other):
        leader = one.member("group_leader")
        page = client.get("/placements/new/", {"supervisee": leader.pk})
        assert page.status_code == 200
        assert page.context["worn"].programme == one.programme
    assert (
        client.get("/placements/new/", {"supervisee": small_programme().member("group_leader").pk}).status_code == 404
    )


def test_a_place_is_given_and_can_be_taken_back(cast: Cast, coordinator, django_app) -> None:
    coach, leader = cast.member("peer_coach", name="Ragnhild"), cast.member("group_leader", name="Jonas")
    form = form_with(finding(django_app, coordinator, leader), "coach")
    form["coach"] = str(coach.pk)
    page = form.submit().follow()
    assert "Jonas has a place with Ragnhild." in page.text
    placement = Placement.objects.get()
    assert (placement.place, placement.started_on) == (1, dt.date(2026, 5, 4))
    undo = next(one for one in page.forms.values() if one.action == reverse("coaches:undo", args=[placement.pk]))
    assert "The placement is taken back." in undo.submit().follow().text
    placement.refresh_from_db()
    assert placement.state == "ended"


def test_a_coach_who_became_full_meanwhile_is_named_with_the_limit(cast: Cast, coordinator, django_app) -> None:
    coach, leader = cast.member("peer_coach", name="Ragnhild"), cast.member("group_leader")
    cast.member("peer_coach", name="Láilá")
    form = form_with(finding(django_app, coordinator, leader), "coach")
    for _number in range(4):
        placed(cast, coach)
    form["coach"] = str(coach.pk)
    page = form.submit(status=422)
    words = "Ragnhild has 4 places, all of them taken, and that is the limit. Láilá nearby has room."
    assert words in page.text


def test_many_coaches_are_found_by_name(cast: Cast, coordinator, client) -> None:
    for number in range(22):
        cast.member("peer_coach", name=f"Coach {number:02}")
    cast.member("peer_coach", name="Ørjan Åsen")
    client.force_login(coordinator)
    leader = cast.member("group_leader")
    page = client.get("/placements/new/", {"supervisee": leader.pk})
    assert (len(page.context["with_room"]), page.context["unshown"]) == (20, 3)
    page = client.get("/placements/new/", {"supervisee": leader.pk, "q": "orjan"})
    assert [choice.person.name for choice in page.context["with_room"]] == ["Ørjan Åsen"]


def test_no_coach_chosen_is_said_at_the_field(cast: Cast, coordinator, django_app) -> None:
    cast.member("peer_coach")
    page = form_with(finding(django_app, coordinator, cast.member("group_leader")), "coach").submit(status=422)
    assert 'id="id_coach_error">Choose a coach.' in page.text


def test_without_a_name_the_page_says_who_needs_a_coach(cast: Cast, coordinator, client) -> None:
    cast.member("group_leader", name="Amund Vik")
    placed(cast, leader=cast.member("group_leader", name="Has One"))
    client.force_login(coordinator)
    text = client.get("/placements/new/").content.decode()
    assert "Amund Vik" in text
    assert "Has One" not in text


@pytest.mark.parametrize("named", ["abc", "999999", "-1", "9" * 30])
def test_a_name_that_is_none_is_not_found(cast: Cast, coordinator, client, named: str) -> None:
    client.force_login(coordinator)
    assert client.get("/placements/new/", {"supervisee": named}).status_code == 404


def test_three_are_placed_together(cast: Cast, coordinator, django_app) -> None:
    rule = cast.rule("trio", "peer_coach", ["peer_coach"], caseload_max=1, reciprocal=True, format="triad")
    ada, bo, cy = (cast.member("peer_coach") for _number in range(3))
    page = django_app.get(f"/placements/new/?supervisee={ada.pk}&rule={rule.pk}", user=coordinator.email)
    form = form_with(page, "coach")
    form["coach"], form["third"] = str(bo.pk), str(cy.pk)
    form.submit()
    assert Placement.objects.open().filter(rule=rule).count() == 3


def test_another_coach_from_today(cast: Cast, coordinator, django_app) -> None:
    placement, coach = placed(cast), cast.member("peer_coach")
    page = django_app.get(reverse("coaches:move", args=[placement.pk]), user=coordinator.email)
    form = form_with(page, "coach")
    form["coach"] = str(coach.pk)
    assert form.submit().status_code == 302
    assert Placement.objects.open().get().coach == coach


def test_ending_now_or_later(cast: Cast, coordinator, django_app) -> None:
    placement = placed(cast)
    form = form_with(django_app.get(reverse("coaches:end", args=[placement.pk]), user=coordinator.email), "day")
    form["day"] = "2026-06-01"
    form.submit()
    placement.refresh_from_db()
    assert (placement.state, placement.planned_end_on) == ("open", dt.date(2026, 6, 1))
    form["day"] = "2026-05-04"
    form.submit()
    placement.refresh_from_db()
    assert placement.state == "ended"


def test_two_change_places(cast: Cast, coordinator, django_app) -> None:
    one, other = placed(cast), placed(cast)
    page = django_app.get(reverse("coaches:swap", args=[one.pk]), user=coordinator.email)
    form = form_with(page, "other")
    form["other"] = str(other.pk)
    form.submit()
    assert Placement.objects.open().get(supervisee=one.supervisee).coach == other.coach


def test_somebody_follows_in_a_place(cast: Cast, coordinator, django_app) -> None:
    holder, follower = placed(cast, planned_end_on=dt.date(2026, 6, 1)), cast.member("group_leader")
    page = django_app.get(reverse("coaches:follow", args=[holder.pk]), user=coordinator.email)
    form = form_with(page, "supervisee")
    form["supervisee"] = str(follower.pk)
    form.submit()
    planned = Placement.objects.get(state="planned")
    assert (planned.supervisee, planned.place, planned.started_on) == (follower, 1, dt.date(2026, 6, 1))


@pytest.mark.parametrize("name", ["end", "move", "swap", "follow", "keep", "undo"])
def test_the_coach_may_not_and_a_stranger_does_not_find_it(cast: Cast, client, name: str) -> None:
    placement = placed(cast)
    url = reverse(f"coaches:{name}", args=[placement.pk])
    for person, status in (
        (placement.coach, 403),
        (placement.supervisee, 403),
        (cast.member("mentor"), 404),
        (small_programme().member("coordinator"), 404),
    ):
        client.force_login(person)
        assert client.post(url).status_code == status


def test_a_coach_says_how_much_room_and_when_away(cast: Cast, django_app) -> None:
    coach = cast.member("peer_coach", language="en")
    url = reverse("coaches:room", args=[coach.pk])
    form = form_with(django_app.get(url, user=coach.email), "capacity")
    form["capacity"] = "2"
    form.submit()
    assert CoachProfile.objects.get(person=coach).capacity == 2
    form = form_with(django_app.get(url), "starts_on")
    form["starts_on"], form["ends_on"] = "2026-05-10", "2026-05-01"
    page = form.submit(status=422)
    assert "must come after the first day away" in page.text
    form = form_with(page, "starts_on")
    form["ends_on"] = "2026-06-01"
    form.submit()
    assert Absence.objects.get(person=coach).ends_on == dt.date(2026, 6, 1)


def test_back_from_a_time_away(cast: Cast, client) -> None:
    absence = AbsenceFactory(person=cast.member("peer_coach"))
    client.force_login(absence.person)
    client.post(reverse("coaches:back", args=[absence.pk]))
    absence.refresh_from_db()
    assert absence.ends_on == dt.date(2026, 5, 4)


def test_others_do_not_change_a_coachs_room(cast: Cast, client) -> None:
    coach = cast.member("peer_coach")
    placement = placed(cast, coach)
    url = reverse("coaches:room", args=[coach.pk])
    for person, status in ((placement.supervisee, 403), (cast.member("group_leader"), 404)):
        client.force_login(person)
        assert client.post(url, {"form": "capacity", "capacity": "1"}).status_code == status


def test_my_places_names_everybody_also_of_another_network(cast: Cast, client) -> None:
    elsewhere = small_programme()
    coach = cast.member("peer_coach", language="en")
    placed(cast, coach, leader=cast.member("group_leader", name="Here"))
    PlacementFactory(
        coach=coach, supervisee=elsewhere.member("group_leader", name="There"), rule=elsewhere.rules["group"]
    )
    client.force_login(coach)
    text = client.get("/places/").content.decode()
    assert "You have 2 free places" in text
    assert "Here" in text
    assert "There" in text


def test_few_queries_however_many_coaches(cast: Cast, coordinator, client, django_assert_max_num_queries) -> None:
    leader = cast.member("group_leader")
    client.force_login(coordinator)
    for _number in range(2):
        for _one in range(3):
            placed(cast)
        with django_assert_max_num_queries(15):
            client.get("/placements/new/", {"supervisee": leader.pk})
