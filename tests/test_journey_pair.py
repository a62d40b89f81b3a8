"""Two colleagues of `peer_coaching` in a real browser: placed as a pair, coach in turns, counted on the badge."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from accounts.models import User
from certification.models import TrackVersion
from coaches.models import Placement
from onboarding.demo.cast import Network, Person, Role
from onboarding.demo.network import Made, make_network
from supervision.models import Feedback, Goal, GoalReview, SupervisionSession
from tests.walk import Walker

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MONDAY = dt.datetime(2026, 3, 2, 8, tzinfo=dt.UTC)
GOAL = "Jeg spør én gang mer enn jeg gir råd"
HOUSE = "Kulturhuset"


def colleague(key: str, name: str, role: str = "participant") -> Person:
    """Somebody of the house."""
    return Person(key, name, HOUSE, (Role("peer_coaching", role, 200),))


CAST = Network(
    name="Kollegene",
    domain="kollegene.example",
    first_coordinator="eva",
    organisations=((HOUSE, ""),),
    programmes=(("peer_coaching", "nb"),),
    people=(
        Person("eva", "Eva Lind", "Kollegene", (Role("peer_coaching", "programme_owner", 300),)),
        colleague("nora", "Nora Ås"),
        colleague("ivar", "Ivar Čáppa"),
    ),
)


@pytest.fixture
def clock() -> Iterator[Any]:
    """Monday at nine in Oslo."""
    with time_machine.travel(MONDAY, tick=True) as traveller:
        yield traveller


@pytest.fixture
def made(clock: Any) -> Made:
    """One house, its programme owner, two colleagues."""
    return make_network(CAST, timezone.localdate())


def test_a_pair_takes_turns_and_is_counted(open_page: Any, made: Made, clock: Any) -> None:
    def signed_in(key: str) -> Walker:
        return Walker(open_page()).sign_in(f"{key}@kollegene.example")

    nora, ivar = made.people["nora"], made.people["ivar"]
    eva = signed_in("eva")
    placed_as_a_pair(eva, nora, ivar)
    walker = signed_in("nora")
    assert walker.go("/places/").page.locator(".places-pair").count() == 1

    rule = made.rule("peer_coaching", "pair").pk
    walker.go(f"/sessions/plan/?rule={rule}")
    first = planned(walker, day="2026-03-04", supervisees=ivar.pk, lead=nora.pk, turns=True)
    seats = [(row.turn, row.seat, row.person) for row in first.attendances.order_by("turn", "pk")]
    assert seats == [(1, "lead", nora), (1, "supervisee", ivar), (2, "lead", ivar), (2, "supervisee", nora)]
    recorded(walker, clock, first)
    assert sorted(Goal.objects.values_list("person__name", "text")) == [("Ivar Čáppa", GOAL), ("Nora Ås", GOAL)]
    assert Feedback.objects.filter(giver=nora, receiver=ivar).exists()

    walker = signed_in("nora").go(f"/sessions/{first.pk}/").follow("/sessions/plan/")
    second = planned(walker, day="2026-04-08", supervisees=ivar.pk, turns=True)
    recorded(walker, clock, second, outcome="reached")
    assert list(GoalReview.objects.values_list("status", flat=True)) == ["reached", "reached"]
    counted_on_the_badge(signed_in("eva"), signed_in("nora"), nora, made)


def placed_as_a_pair(eva: Walker, one: User, other: User) -> None:
    """From the page of one of them."""
    eva.go(f"/people/{one.pk}/").follow("/placements/new/")
    eva.send(coach=other.pk)
    assert {one.pk, other.pk} <= set(Placement.objects.values_list("coach_id", "supervisee_id")[0])


def planned(walker: Walker, **fields: Any) -> SupervisionSession:
    """At three."""
    walker.send(time="15:00", place="Biblioteket", **fields)
    return SupervisionSession.objects.latest("pk")


def recorded(walker: Walker, clock: Any, session: SupervisionSession, *, outcome: str = "") -> None:
    """After it was held: each step done, a goal each, and what came of the goals from last time."""
    clock.move_to(session.ends_at + dt.timedelta(minutes=5))
    walker = walker.sign_in("nora@kollegene.example").go(f"/sessions/{session.pk}/record/").unfold()
    for name in walker.names():
        if name.endswith("-done"):
            walker.fill(**{name: True})
        elif name.endswith("-specific"):
            walker.fill(**{name: GOAL})
        elif name.endswith("-strength"):
            walker.fill(**{name: "Du ventet."})
        elif name.endswith("-status") and outcome:
            walker.fill(**{name: outcome})
    walker.send(".savebar button[value=finish]")
    session.refresh_from_db()
    assert session.state == SupervisionSession.State.FINISHED


def counted_on_the_badge(eva: Walker, nora: Walker, person: User, made: Made) -> None:
    """The programme owner begins the badge; both sessions count in both seats."""
    badge = TrackVersion.objects.get(track__key="peer_coach_badge", is_current=True)
    eva.go(f"/ladder/start/{made.programmes['peer_coaching'].pk}/{person.pk}/").send(track=badge.pk)
    nora.go("/ladder/")
    for step in ("#step-3", "#step-4"):
        assert "2" in nora.page.locator(f"{step} .rung-detail").inner_text()
        assert "6" in nora.page.locator(f"{step} .rung-detail").inner_text()
