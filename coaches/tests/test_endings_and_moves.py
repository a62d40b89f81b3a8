"""Placements end, change, and are followed by others."""

import datetime as dt

import pytest
from django.utils import timezone, translation

from accounts.actions import audit
from accounts.models import AuditEvent
from coaches.actions.endings import end_due, end_placement, plan_end, undo_placement
from coaches.actions.moves import change_places, cover_placement, move_supervisee, plan_successor
from coaches.actions.places import place_supervisee
from coaches.actions.profiles import note_absence, set_capacity
from coaches.models import Placement
from coaches.tests.factories import PlacementFactory
from common.errors import DomainError, NotAllowed
from programmes.tests.factories import Cast, small_programme

pytestmark = [pytest.mark.django_db, pytest.mark.both]
TODAY = dt.date(2026, 5, 4)


@pytest.fixture
def cast(time_machine) -> Cast:
    time_machine.move_to(dt.datetime(2026, 5, 4, 12, tzinfo=dt.UTC), tick=False)
    translation.activate("en")
    return small_programme()


def placed(cast: Cast, coach=None, **fields) -> Placement:
    coach = coach or cast.member("peer_coach")
    leader = cast.member("group_leader")
    return PlacementFactory(coach=coach, supervisee=leader, rule=cast.rules["group"], **fields)


def now(placement: Placement) -> Placement:
    return Placement.objects.get(pk=placement.pk)


def test_an_ended_placement_frees_its_place(cast: Cast) -> None:
    coordinator, placement = cast.member("coordinator"), placed(cast)
    end_placement(by=coordinator, placement=placement)
    assert (now(placement).state, now(placement).ended_on, now(placement).ended_by) == ("ended", TODAY, coordinator)
    again = place_supervisee(
        by=coordinator, coach=placement.coach, supervisee=cast.member("group_leader"), rule=placement.rule
    )
    assert again.place == 1


def test_ending_ahead_before_the_first_day_or_twice_is_refused(cast: Cast) -> None:
    coordinator, placement = cast.member("coordinator"), placed(cast)
    for day, words in ((TODAY + dt.timedelta(1), "has not come yet"), (dt.date(2019, 12, 31), "before the first")):
        with pytest.raises(DomainError, match=words):
            end_placement(by=coordinator, placement=placement, ended_on=day)
    end_placement(by=coordinator, placement=placement)
    with pytest.raises(DomainError, match="ended on 04.05.2026 already"):
        end_placement(by=coordinator, placement=placement)


def test_a_stranger_ends_nothing(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        end_placement(by=small_programme().member("coordinator"), placement=placed(cast))


def test_ending_one_direction_of_a_pair_ends_both(cast: Cast) -> None:
    coordinator, ada, bo = cast.member("coordinator"), cast.member("peer_coach"), cast.member("peer_coach")
    rule = cast.rule("pair", "peer_coach", ["peer_coach"], caseload_max=1, reciprocal=True, format="pair")
    placement = place_supervisee(by=coordinator, coach=ada, supervisee=bo, rule=rule)
    end_placement(by=coordinator, placement=placement)
    assert set(Placement.objects.values_list("state", flat=True)) == {"ended"}


def test_the_clock_ends_the_holder_and_opens_the_successor_in_the_place(cast: Cast, time_machine) -> None:
    coordinator, holder = cast.member("coordinator"), placed(cast)
    last = dt.date(2026, 5, 20)
    plan_end(by=coordinator, placement=holder, planned_end_on=last)
    following = plan_successor(by=coordinator, holder=holder, supervisee=cast.member("group_leader"), started_on=last)
    assert (following.place, following.state) == (1, "planned")
    assert end_due() == 0

    time_machine.move_to(dt.datetime(2026, 5, 20, 12, tzinfo=dt.UTC), tick=False)

    assert end_due() == 1
    assert end_due() == 0
    assert (now(holder).state, now(holder).ended_on) == ("ended", last)
    assert (now(following).state, now(following).place) == ("open", 1)


def test_another_coach_follows_when_the_first_ends(cast: Cast, time_machine) -> None:
    coordinator, holder, coach = cast.member("coordinator"), placed(cast), cast.member("peer_coach")
    last = dt.date(2026, 5, 20)
    plan_end(by=coordinator, placement=holder, planned_end_on=last)
    following = plan_successor(by=coordinator, holder=holder, coach=coach, started_on=last)
    with pytest.raises(DomainError, match="Change that plan first"):
        plan_end(by=coordinator, placement=holder, planned_end_on=None)
    end_due(day=last)
    assert (now(following).state, now(following).coach) == ("open", coach)


def test_a_successor_needs_an_end_and_does_not_come_before_it(cast: Cast) -> None:
    coordinator, holder = cast.member("coordinator"), placed(cast)
    leader = cast.member("group_leader")
    with pytest.raises(DomainError, match="Say first when"):
        plan_successor(by=coordinator, holder=holder, supervisee=leader, started_on=TODAY)
    plan_end(by=coordinator, placement=holder, planned_end_on=dt.date(2026, 6, 1))
    with pytest.raises(DomainError, match="taken until 01.06.2026"):
        plan_successor(by=coordinator, holder=holder, supervisee=leader, started_on=dt.date(2026, 5, 31))


def test_a_planned_end_keeps_the_place_taken(cast: Cast) -> None:
    coordinator, coach = cast.member("coordinator"), cast.member("peer_coach")
    set_capacity(by=coach, coach=coach, capacity=1)
    plan_end(by=coordinator, placement=placed(cast, coach), planned_end_on=dt.date(2026, 5, 5))
    with pytest.raises(DomainError, match="offers 1 place, and it is taken"):
        place_supervisee(
            by=coordinator,
            coach=coach,
            supervisee=cast.member("group_leader"),
            rule=cast.rules["group"],
            started_on=dt.date(2026, 5, 6),
        )


def test_two_change_places_in_one_act(cast: Cast) -> None:
    coordinator, first, second = cast.member("coordinator"), placed(cast), placed(cast)
    new_first, new_second = change_places(by=coordinator, first=first, second=second)
    assert (new_first.coach, new_first.supervisee) == (second.coach, first.supervisee)
    assert (new_second.coach, new_second.supervisee) == (first.coach, second.supervisee)
    assert {now(first).state, now(second).state} == {"ended"}


def test_two_of_one_coach_change_numbers(cast: Cast) -> None:
    first = placed(cast)
    second = placed(cast, first.coach)
    new_first, new_second = change_places(by=cast.member("coordinator"), first=first, second=second)
    assert (new_first.place, new_second.place) == (2, 1)


def test_a_move_to_a_full_coach_changes_nothing(cast: Cast) -> None:
    coordinator, placement, full = cast.member("coordinator"), placed(cast), cast.member("peer_coach")
    for _number in range(4):
        placed(cast, full)
    with pytest.raises(DomainError, match="all of them taken"):
        move_supervisee(by=coordinator, placement=placement, coach=full)
    assert now(placement).state == "open"
    moved = move_supervisee(by=coordinator, placement=placement, coach=cast.member("peer_coach"))
    assert (moved.supervisee, now(placement).state) == (placement.supervisee, "ended")


def test_a_cover_takes_a_place_and_ends_with_what_it_covers(cast: Cast) -> None:
    coordinator, placement, stand_in = cast.member("coordinator"), placed(cast), cast.member("peer_coach")
    note_absence(by=placement.coach, person=placement.coach, starts_on=TODAY, ends_on=dt.date(2026, 6, 1))
    cover = cover_placement(by=coordinator, placement=placement, stand_in=stand_in, until=dt.date(2026, 6, 1))
    assert (cover.place, cover.covers) == (1, placement)
    with pytest.raises(DomainError, match="covers this placement already"):
        cover_placement(
            by=coordinator, placement=placement, stand_in=cast.member("peer_coach"), until=dt.date(2026, 6, 1)
        )
    end_placement(by=coordinator, placement=placement)
    assert now(cover).state == "ended"


def test_a_fresh_placement_is_undone_and_leaves_no_days(cast: Cast, time_machine) -> None:
    coordinator, coach, leader = cast.member("coordinator"), cast.member("peer_coach"), cast.member("group_leader")
    placement = place_supervisee(by=coordinator, coach=coach, supervisee=leader, rule=cast.rules["group"])
    with pytest.raises(DomainError, match="no longer be undone"):
        undo_placement(by=cast.member("coordinator"), placement=placement)
    undo_placement(by=coordinator, placement=placement)
    assert (now(placement).started_on, now(placement).ended_on) == (TODAY, TODAY)
    again = place_supervisee(by=coordinator, coach=coach, supervisee=leader, rule=cast.rules["group"])
    time_machine.move_to(timezone.now() + dt.timedelta(hours=1), tick=False)
    with pytest.raises(DomainError, match="no longer be undone"):
        undo_placement(by=coordinator, placement=again)


def test_one_that_has_not_begun_is_taken_back(cast: Cast) -> None:
    placement = placed(cast, started_on=dt.date(2026, 6, 1))
    end_placement(by=cast.member("coordinator"), placement=placement)
    assert (now(placement).started_on, now(placement).ended_on) == (TODAY, TODAY)
    assert AuditEvent.objects.get(verb="placement.ended").facts["started_on"] == "2026-06-01"


ACTS = {
    "place": lambda cast, by, one, two: place_supervisee(
        by=by, coach=one.coach, supervisee=cast.member("group_leader"), rule=one.rule
    ),
    "end": lambda cast, by, one, two: end_placement(by=by, placement=one),
    "plan": lambda cast, by, one, two: plan_end(by=by, placement=one, planned_end_on=dt.date(2026, 6, 1)),
    "swap": lambda cast, by, one, two: change_places(by=by, first=one, second=two),
    "move": lambda cast, by, one, two: move_supervisee(by=by, placement=one, coach=cast.member("peer_coach")),
    "cover": lambda cast, by, one, two: cover_placement(
        by=by, placement=one, stand_in=two.coach, until=dt.date(2026, 6, 1)
    ),
}


@pytest.mark.parametrize("act", ACTS)
def test_without_its_trail_no_act_happens(cast: Cast, monkeypatch, act: str) -> None:
    coordinator, one, two = cast.member("coordinator"), placed(cast), placed(cast)
    before = list(Placement.objects.order_by("pk").values())

    def broken(**fields):
        raise RuntimeError("no trail")

    monkeypatch.setattr(audit, "record_all", broken)
    with pytest.raises(RuntimeError):
        ACTS[act](cast, coordinator, one, two)
    assert list(Placement.objects.order_by("pk").values()) == before
