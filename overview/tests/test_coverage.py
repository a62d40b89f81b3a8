"""Coverage: the share that met in time, by organisation, and the edge under which nobody is counted."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from accounts.models import User
from overview.figures import masked_share, percent
from overview.readers.coverage import RuleCoverage
from programmes.models import Organisation
from programmes.tests.factories import OrganisationFactory
from supervision.tests.factories import NOW, Stage, stage_of

pytestmark = pytest.mark.django_db
GROUP = "peer_coach_group"


@pytest.fixture(autouse=True)
def _on_tuesday():
    with time_machine.travel(NOW, tick=False):
        yield


def supervised(stage: Stage, organisation: Organisation, people: int, met: int) -> list[User]:
    """So many leaders at the organisation, placed with mentors, of whom the first `met` came lately."""
    mentor = stage.member("mentor")
    leaders = [stage.member("group_leader", organisation) for _number in range(people)]
    stage.place(mentor, *leaders, rule="mentor_group")
    if met:
        stage.session("mentor_group", mentor, leaders[:met], at=NOW - dt.timedelta(days=3), state="finished")
    return leaders


def figures(client, person: User, query: str = "") -> list[RuleCoverage]:
    User.objects.filter(pk=person.pk).update(language="en")
    client.force_login(person)
    return [rule for rule, _bars in client.get(reverse("overview:coverage") + query).context["rules"]]


def test_the_share_is_shown_by_organisation(client, stage) -> None:
    east, west = (OrganisationFactory(parent=stage.network, name=name) for name in ("East", "West"))
    supervised(stage, east, 5, 5)
    supervised(stage, west, 8, 2)
    [rule] = figures(client, stage.member("local_coordinator", stage.network))
    assert [(row.label, row.people, row.met, row.percent) for row in rule.organisations] == [
        ("East", 5, 5, 100),
        ("West", 8, 2, 25),
    ]
    assert (rule.whole.people, rule.whole.met, rule.whole.percent, rule.masked) == (13, 7, 54, 0)


@pytest.mark.parametrize(("people", "shown"), [(4, None), (5, 5)])
def test_fewer_than_five_are_shown_to_nobody(client, stage, people: int, shown: int | None) -> None:
    supervised(stage, stage.office, people, 1)
    for role in ("local_coordinator", "manager"):
        [rule] = figures(client, stage.member(role, stage.network))
        assert rule.whole.people == shown


def test_one_small_organisation_cannot_be_found_by_subtracting(client, stage) -> None:
    east, west, small = (OrganisationFactory(parent=stage.network, name=name) for name in ("East", "West", "Small"))
    supervised(stage, east, 6, 3)
    supervised(stage, west, 9, 3)
    supervised(stage, small, 2, 2)
    [rule] = figures(client, stage.member("manager", stage.network))
    assert [row.label for row in rule.organisations] == ["West"]
    assert (rule.masked, rule.whole.people) == (2, 17)


def test_only_the_own_branch_and_network_is_counted(client, stage) -> None:
    supervised(stage, stage.office, 5, 0)
    supervised(stage, OrganisationFactory(parent=stage.network), 5, 5)
    [rule] = figures(client, stage.member("manager", stage.office))
    assert (rule.whole.people, rule.whole.met) == (5, 0)
    other = stage_of("dua")
    other.member("manager", other.network)
    answer = client.get(reverse("overview:coverage") + f"?hat={other.programme.pk}-manager")
    assert answer.status_code == 404


def test_who_came_not_is_not_covered(client, stage) -> None:
    leaders = supervised(stage, stage.office, 5, 5)
    leaders[0].attendances.update(present=False)
    [rule] = figures(client, stage.member("manager", stage.network))
    assert rule.whole.met == 4


def test_people_who_take_turns_are_counted_by_their_role(client) -> None:
    stage = stage_of("kollegaveiledning")
    people = [stage.member("supervisee") for _number in range(5)]
    lead = stage.member("supervisor")
    stage.session("weekly_hour", lead, people[:1], at=NOW - dt.timedelta(days=41), state="finished")
    stage.session("weekly_hour", lead, people[1:2], at=NOW - dt.timedelta(days=43), state="finished")
    rules = figures(client, stage.member("unit_manager", stage.network))
    [weekly] = [rule for rule in rules if rule.key == "weekly_hour"]
    assert (weekly.whole.people, weekly.whole.met) == (5, 1)


@pytest.mark.parametrize("role", ["mentor", "peer_coach", "group_leader"])
def test_nobody_else_sees_figures(client, stage, role: str) -> None:
    client.force_login(stage.member(role))
    for name in ("coverage", "coverage_csv"):
        assert client.get(reverse(f"overview:{name}")).status_code == 403


def test_the_file_is_masked_as_the_page(client, stage) -> None:
    supervised(stage, stage.office, 4, 4)
    client.force_login(stage.member("manager", stage.network, language="en"))
    text = b"".join(client.get(reverse("overview:coverage_csv")).streaming_content).decode()
    assert text.splitlines()[1].endswith('"45","All","","",""')


@pytest.mark.parametrize("many", [False, True])
def test_it_asks_as_often_with_few_and_with_many(client, stage, django_assert_num_queries, many: bool) -> None:
    for _number in range(4 if many else 1):
        supervised(stage, OrganisationFactory(parent=stage.network), 6, 3)
    client.force_login(stage.member("manager", stage.network))
    # Who is signed in (2), the frame (2), the rules, and one for each of the five rules.
    with django_assert_num_queries(7):
        client.get(reverse("overview:coverage"))


def test_shares_are_rounded_so_that_all_and_none_are_true() -> None:
    assert [percent(*one) for one in ((0, 7), (1, 1000), (1, 3), (2, 3), (999, 1000), (7, 7))] == [
        0,
        1,
        33,
        67,
        99,
        100,
    ]
    assert [masked_share(4, 4), masked_share(5, 5)] == [None, "100\u00a0%"]
