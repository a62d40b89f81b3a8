"""Placing somebody with a coach: the act itself."""

import datetime as dt

import pytest
from django.utils import translation

from accounts.models import AuditEvent
from coaches.actions.places import NewPlace, place_people, place_supervisee, place_together
from coaches.models import Placement
from coaches.tests.factories import CoachProfileFactory, PlacementFactory
from common.errors import DomainError, NotAllowed
from programmes.tests.factories import Cast, OrganisationFactory, small_programme

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture
def cast() -> Cast:
    translation.activate("en")
    return small_programme()


def test_the_lowest_free_place_is_taken_and_the_trail_says_so(cast: Cast) -> None:
    coordinator, coach = cast.member("coordinator"), cast.member("peer_coach")
    leader, other = cast.member("group_leader"), cast.member("group_leader")
    PlacementFactory(coach=coach, supervisee=other, rule=cast.rules["group"], place=2)

    placed = place_supervisee(
        by=coordinator, coach=coach, supervisee=leader, rule=cast.rules["group"], started_on=dt.date(2026, 3, 2)
    )

    assert (placed.place, placed.state, placed.supervisor_kind) == (1, "open", "peer_coach")
    event = AuditEvent.objects.get(subject=f"placement:{placed.pk}")
    assert (event.verb, event.by_id, event.programme_id) == ("placement.opened", coordinator.pk, cast.programme.pk)
    assert event.organisation_path == cast.office.path
    assert set(event.people.values_list("person_id", flat=True)) == {coach.pk, leader.pk}


def test_a_full_coach_is_named_with_the_limit_and_who_has_room(cast: Cast) -> None:
    coordinator, coach = cast.member("coordinator"), cast.member("peer_coach", name="Ragnhild Sæther")
    cast.member("peer_coach", name="Láilá Eira")
    for _number in range(4):
        PlacementFactory(coach=coach, rule=cast.rules["group"])

    with pytest.raises(DomainError) as refusal:
        place_supervisee(by=coordinator, coach=coach, supervisee=cast.member("group_leader"), rule=cast.rules["group"])

    assert refusal.value.code == "full"
    assert str(refusal.value) == (
        "Ragnhild Sæther has 4 places, all of them taken, and that is the limit. Láilá Eira nearby has room."
    )


def test_places_are_counted_over_all_programmes_and_elsewhere_is_only_said(cast: Cast) -> None:
    elsewhere = small_programme()
    coach = cast.member("peer_coach", name="Ragnhild")
    elsewhere.member("peer_coach", person=coach)
    PlacementFactory(coach=coach, rule=elsewhere.rules["group"], supervisee__name="Hidden Person")
    CoachProfileFactory(person=coach, capacity=1)

    with pytest.raises(DomainError) as refusal:
        place_supervisee(
            by=cast.member("coordinator"),
            coach=coach,
            supervisee=cast.member("group_leader"),
            rule=cast.rules["group"],
        )

    assert "Hidden" not in str(refusal.value)
    assert "(other organisation)" in str(refusal.value)


def test_a_kind_without_places_goes_by_the_caseload(cast: Cast) -> None:
    coordinator, mentor = cast.member("coordinator"), cast.member("mentor", name="Bente")
    rule = cast.rule("small", "mentor", ["peer_coach"], caseload_max=1)
    first = place_supervisee(by=coordinator, coach=mentor, supervisee=cast.member("peer_coach"), rule=rule)

    with pytest.raises(DomainError, match="Bente has 1 person under “small”, and that is the limit"):
        place_supervisee(by=coordinator, coach=mentor, supervisee=cast.member("peer_coach"), rule=rule)

    assert first.place is None


def test_a_pair_is_placed_both_ways_in_one_act(cast: Cast) -> None:
    coordinator, ada, bo = cast.member("coordinator"), cast.member("peer_coach"), cast.member("peer_coach")
    rule = cast.rule("pair", "peer_coach", ["peer_coach"], caseload_max=1, reciprocal=True, format="pair")

    place_supervisee(by=coordinator, coach=ada, supervisee=bo, rule=rule)

    rows = set(Placement.objects.open().values_list("coach_id", "supervisee_id"))
    assert rows == {(ada.pk, bo.pk), (bo.pk, ada.pk)}


def test_three_form_a_ring(cast: Cast) -> None:
    coordinator, people = cast.member("coordinator"), [cast.member("peer_coach") for _number in range(3)]
    rule = cast.rule("trio", "peer_coach", ["peer_coach"], caseload_max=1, reciprocal=True, format="triad")

    place_together(by=coordinator, people=people, rule=rule)

    a, b, c = (person.pk for person in people)
    assert set(Placement.objects.open().values_list("coach_id", "supervisee_id")) == {(a, b), (b, c), (c, a)}


def test_who_has_a_coach_already_is_told_which(cast: Cast) -> None:
    coach, leader = cast.member("peer_coach", name="Kjell"), cast.member("group_leader", name="Jonas")
    PlacementFactory(coach=coach, supervisee=leader, rule=cast.rules["group"])

    with pytest.raises(DomainError, match="Jonas already has Kjell since 01.01.2020"):
        place_supervisee(
            by=cast.member("coordinator"),
            coach=cast.member("peer_coach"),
            supervisee=leader,
            rule=cast.rules["group"],
        )


def test_roles_must_fit_the_rule(cast: Cast) -> None:
    with pytest.raises(DomainError, match="does not have a role that this supervision needs: peer coach"):
        place_supervisee(
            by=cast.member("coordinator"),
            coach=cast.member("group_leader"),
            supervisee=cast.member("group_leader"),
            rule=cast.rules["group"],
        )


def test_rules_without_places_of_their_own_say_what_to_do(cast: Cast) -> None:
    turns = cast.rule("turns", "peer_coach", ["group_leader"], rests_on="none", caseload_max=None)
    other = cast.rule(
        "other",
        "peer_coach",
        ["group_leader"],
        rests_on="other",
        placement_rule=cast.rules["group"],
        caseload_max=None,
    )
    people = {"by": cast.member("coordinator"), "coach": cast.member("peer_coach")}
    people["supervisee"] = cast.member("group_leader")

    with pytest.raises(DomainError, match="people take turns"):
        place_supervisee(**people, rule=turns)
    with pytest.raises(DomainError, match="goes by the places of “group”"):
        place_supervisee(**people, rule=other)


def test_a_coordinator_places_only_in_the_own_branch(cast: Cast) -> None:
    outside = cast.member("coordinator", organisation=small_programme().office)
    with pytest.raises(NotAllowed):
        place_supervisee(
            by=outside,
            coach=cast.member("peer_coach"),
            supervisee=cast.member("group_leader"),
            rule=cast.rules["group"],
        )
    assert not Placement.objects.exists()


def test_who_serves_from_further_up_may_be_given_to_somebody_of_the_branch(cast: Cast) -> None:
    local = cast.member("coordinator")
    mentor = cast.member("mentor", organisation=cast.top, name="Bente")

    placed = place_supervisee(
        by=local, coach=mentor, supervisee=cast.member("peer_coach"), rule=cast.rules["mentoring"]
    )

    assert (placed.coach, placed.state) == (mentor, "open")


@pytest.mark.parametrize("case", ["beside", "other_role", "supervisee_above"])
def test_nobody_beside_the_branch_and_no_supervisee_above_it(cast: Cast, case: str) -> None:
    beside = OrganisationFactory(parent=cast.top)
    mentor = cast.member("mentor", organisation=beside if case == "beside" else cast.top)
    if case == "other_role":  # above with another role than the one that leads, and beside with that
        mentor = cast.member("mentor", organisation=beside)
        cast.member("group_leader", organisation=cast.top, person=mentor)
    coach = cast.member("peer_coach", organisation=cast.top if case == "supervisee_above" else cast.office)

    with pytest.raises(NotAllowed):
        place_supervisee(by=cast.member("coordinator"), coach=mentor, supervisee=coach, rule=cast.rules["mentoring"])

    assert not Placement.objects.exists()


def test_a_rule_within_one_organisation_refuses_two(cast: Cast) -> None:
    top, other = cast.member("coordinator", organisation=cast.top), OrganisationFactory(parent=cast.top)
    unit = OrganisationFactory(parent=cast.office)
    rule = cast.rule("near", "mentor", ["peer_coach"], source={"same_organisation": "yes"}, caseload_max=8)
    mentor = cast.member("mentor", name="Bente")

    place_supervisee(by=top, coach=mentor, supervisee=cast.member("peer_coach", organisation=unit), rule=rule)
    with pytest.raises(DomainError, match="“near” is for people of one organisation, and Bente belongs to another"):
        place_supervisee(
            by=top, coach=mentor, supervisee=cast.member("peer_coach", organisation=other, name="Ada"), rule=rule
        )

    assert Placement.objects.count() == 1


@pytest.mark.parametrize("excludes", [[], [{"en": "own line manager"}]])
def test_a_rule_may_leave_line_managers_out(cast: Cast, excludes: list[dict[str, str]]) -> None:
    manager, coach = cast.member("mentor", name="Bente"), cast.member("peer_coach", name="Ada")
    coach.memberships.update(reports_to=manager)
    rule = cast.rule("free", "mentor", ["peer_coach"], source={"excludes": excludes}, caseload_max=8)
    people = {"by": cast.member("coordinator"), "coach": manager, "supervisee": coach, "rule": rule}

    if excludes:
        with pytest.raises(DomainError, match="Bente is the line manager of Ada"):
            place_supervisee(**people)
    else:
        assert place_supervisee(**people).coach == manager


def test_a_first_day_ahead_holds_the_place_from_now_and_is_in_force_from_then(cast: Cast, time_machine) -> None:
    time_machine.move_to(dt.datetime(2026, 5, 4, 12, tzinfo=dt.UTC), tick=False)
    coordinator, coach, leader = cast.member("coordinator"), cast.member("peer_coach"), cast.member("group_leader")
    for _number in range(3):
        PlacementFactory(coach=coach, rule=cast.rules["group"])
    begins = dt.date(2026, 6, 1)

    placed = place_supervisee(
        by=coordinator, coach=coach, supervisee=leader, rule=cast.rules["group"], started_on=begins
    )

    assert (placed.place, placed.state, placed.started_on) == (4, "open", begins)
    in_force = [
        Placement.objects.in_force(begins + dt.timedelta(days)).filter(pk=placed.pk).exists() for days in (-1, 0)
    ]
    assert in_force == [False, True]
    with pytest.raises(DomainError) as refusal:
        place_supervisee(by=coordinator, coach=coach, supervisee=cast.member("group_leader"), rule=cast.rules["group"])
    assert refusal.value.code == "full"


@pytest.mark.parametrize(
    ("day", "fits"),
    [
        (dt.date(1949, 12, 31), False),
        (dt.date(1950, 1, 1), True),
        (dt.date(2027, 5, 5), True),
        (dt.date(2027, 5, 6), False),
    ],
)
def test_the_first_day_lies_within_reason(cast: Cast, time_machine, day: dt.date, fits: bool) -> None:
    time_machine.move_to(dt.datetime(2026, 5, 4, 12, tzinfo=dt.UTC), tick=False)
    wish = {"by": cast.member("coordinator"), "coach": cast.member("peer_coach"), "rule": cast.rules["group"]}
    leader = cast.member("group_leader")
    if fits:
        assert place_supervisee(**wish, supervisee=leader, started_on=day).started_on == day
        return
    with pytest.raises(DomainError, match="Check the year") as refusal:
        place_supervisee(**wish, supervisee=leader, started_on=day)
    assert (refusal.value.field, refusal.value.code) == ("started_on", "odd_day")
    assert not Placement.objects.filter(supervisee=leader).exists()


def test_many_are_placed_by_the_same_checks_all_or_none(cast: Cast, django_assert_max_num_queries) -> None:
    coordinator, coach = cast.member("coordinator"), cast.member("peer_coach")
    leaders, rule = [cast.member("group_leader") for _number in range(5)], cast.rules["group"]
    with pytest.raises(DomainError) as refusal:
        place_people(by=coordinator, wanted=[NewPlace(coach, leader, rule) for leader in leaders])
    assert refusal.value.code == "full"
    assert not Placement.objects.filter(coach=coach).exists()
    with pytest.raises(DomainError) as refusal:
        place_people(by=coordinator, wanted=[NewPlace(coach, leaders[0], rule), NewPlace(coach, leaders[0], rule)])
    assert refusal.value.code == "already_placed"
    with django_assert_max_num_queries(20):
        placed = place_people(by=coordinator, wanted=[NewPlace(coach, leader, rule) for leader in leaders[:4]])
    assert [one.place for one in placed] == [1, 2, 3, 4]
    stranger = small_programme().member("coordinator")
    with pytest.raises(NotAllowed):
        place_people(by=stranger, wanted=[NewPlace(cast.member("peer_coach"), leaders[4], rule)])
