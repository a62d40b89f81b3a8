"""Giving somebody a role, by name and address."""

import datetime as dt

import pytest
from django.utils import translation

from accounts.actions import audit
from accounts.models import AuditEvent, User
from common.errors import DomainError, NotAllowed
from programmes.actions.memberships import add_membership, correct_membership, end_membership
from programmes.actions.people import add_person, answer_request
from programmes.models import Membership
from programmes.tests.factories import Cast, OrganisationFactory, small_programme

pytestmark = [pytest.mark.django_db, pytest.mark.both]
DAY = dt.date(2026, 2, 1)


@pytest.fixture
def cast() -> Cast:
    translation.activate("en")
    return small_programme()


def add(cast: Cast, **fields):
    fields = {"role": cast.roles["group_leader"], "organisation": cast.office, "started_on": DAY} | fields
    return add_person(**fields)


def test_a_new_person_gets_the_role_and_the_trail_says_so(cast: Cast) -> None:
    coordinator = cast.member("coordinator")
    added = add(cast, by=coordinator, name="  Åse  Bø ", email="Ase.BO@example.org ")
    assert (added.person.name, added.person.email, added.is_new) == ("Åse Bø", "ase.bo@example.org", True)
    assert added.membership.started_on == DAY
    verbs = set(AuditEvent.objects.values_list("verb", flat=True))
    assert verbs == {"person.added", "membership.added"}


def test_a_person_may_lack_an_address(cast: Cast) -> None:
    assert add(cast, by=cast.member("coordinator"), name="Per Uten").person.email is None


def test_an_address_of_this_network_adds_the_role_and_keeps_the_name(cast: Cast) -> None:
    coordinator, known = (
        cast.member("coordinator"),
        cast.member("peer_coach", name="Right Name", email="r@example.org"),
    )
    added = add(cast, by=coordinator, name="Wrong Name", email="r@example.org")
    assert (added.person, added.is_new) == (known, False)
    known.refresh_from_db()
    assert known.name == "Right Name"


def test_an_address_of_another_network_becomes_a_request_that_the_person_accepts(cast: Cast) -> None:
    stranger = small_programme().member("mentor", name="Name On File", email="s@example.org")
    added = add(cast, by=cast.member("coordinator"), name="Written Name", email="s@example.org")
    assert added.membership is None
    assert added.request.written_name == "Written Name"

    membership = answer_request(by=stranger, request=added.request, accept=True)

    assert (membership.person, membership.organisation) == (stranger, cast.office)
    stranger.refresh_from_db()
    assert stranger.name == "Name On File"
    with pytest.raises(DomainError, match="answered already"):
        answer_request(by=stranger, request=added.request, accept=False)


def test_asking_twice_is_said(cast: Cast) -> None:
    small_programme().member("mentor", email="s@example.org")
    coordinator = cast.member("coordinator")
    add(cast, by=coordinator, name="Written", email="s@example.org")
    with pytest.raises(DomainError, match="asked already"):
        add(cast, by=coordinator, name="Written", email="s@example.org")


def test_the_same_role_twice_is_said(cast: Cast) -> None:
    coordinator, leader = cast.member("coordinator"), cast.member("group_leader", name="Jonas", email="j@example.org")
    with pytest.raises(DomainError, match=f"Jonas already has the role group leader at {cast.office.name}"):
        add(cast, by=coordinator, name=leader.name, email=leader.email)


@pytest.mark.parametrize("name", ["", " ", "Eve\r\nBcc: x@example.org", "x" * 201, "\u202eevE"])
def test_a_name_that_cannot_be_kept_is_refused(cast: Cast, name: str) -> None:
    with pytest.raises(DomainError) as refusal:
        add(cast, by=cast.member("coordinator"), name=name)
    assert refusal.value.field == "name"


def test_a_coordinator_makes_coordinators_only_below(cast: Cast) -> None:
    coordinator, below = cast.member("coordinator"), OrganisationFactory(parent=cast.office)
    role = cast.roles["coordinator"]
    assert add(cast, by=coordinator, name="Below", role=role, organisation=below).membership
    with pytest.raises(NotAllowed, match="only below your own organisation"):
        add(cast, by=coordinator, name="Beside", role=role)


def test_outside_the_branch_nothing_is_given(cast: Cast) -> None:
    with pytest.raises(NotAllowed, match="lies outside it"):
        add(cast, by=cast.member("coordinator"), name="Somebody", organisation=cast.top)


def test_a_correction_keeps_the_old_values_in_the_trail(cast: Cast) -> None:
    coordinator, leader = cast.member("coordinator"), cast.member("group_leader")
    membership, below = leader.memberships.get(), OrganisationFactory(parent=cast.office)

    correct_membership(by=coordinator, membership=membership, organisation=below, started_on=DAY, ended_on=None)

    facts = AuditEvent.objects.get(verb="membership.corrected").facts
    assert facts["old"] == {"organisation": cast.office.name, "started_on": "2020-01-01"}
    assert facts["new"] == {"organisation": below.name, "started_on": "2026-02-01"}


def test_ending_ahead_is_refused(cast: Cast, time_machine) -> None:
    time_machine.move_to(dt.datetime(2026, 5, 1, 12, tzinfo=dt.UTC))
    coordinator, leader = cast.member("coordinator"), cast.member("group_leader")
    with pytest.raises(DomainError, match="has not come yet"):
        end_membership(by=coordinator, membership=leader.memberships.get(), ended_on=dt.date(2026, 5, 2))
    end_membership(by=coordinator, membership=leader.memberships.get(), ended_on=dt.date(2026, 5, 1))
    assert not Membership.objects.open().filter(person=leader).exists()


def test_without_its_trail_the_role_is_not_given(cast: Cast, monkeypatch) -> None:
    coordinator = cast.member("coordinator")
    people = User.objects.count()

    def broken(**fields):
        raise RuntimeError("no trail")

    monkeypatch.setattr(audit, "record_all", broken)
    with pytest.raises(RuntimeError):
        add(cast, by=coordinator, name="Nobody")
    with pytest.raises(RuntimeError):
        add_membership(
            by=coordinator,
            person=coordinator,
            role=cast.roles["mentor"],
            organisation=cast.office,
            started_on=DAY,
        )
    assert (User.objects.count(), Membership.objects.count()) == (people, 1)
