"""The workbench: who waits with whom as suggestion, the list under its views, and the selected people."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from accounts.models import AuditEvent, User
from coaches.tests.factories import AbsenceFactory, CoachProfileFactory, PlacementFactory
from programmes.tests.factories import OrganisationFactory
from supervision.models import Goal
from supervision.tests.factories import NOW, stage_of

pytestmark = pytest.mark.django_db
GROUP = "peer_coach_group"
CANARY = "canary-words-of-a-supervision"


@pytest.fixture(autouse=True)
def _on_tuesday():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def kari(stage) -> User:
    return stage.member("local_coordinator", stage.network, name="Kari", language="en")


def opens(client, person: User, query: str = ""):
    client.force_login(person)
    return client.get(reverse("overview:workbench") + query)


def names(answer) -> list[str]:
    rows = [row for row, _places in answer.context["rows"]]
    return [row.name if answer.context["of_coaches"] else row.supervisee.name for row in rows]


def test_who_waits_is_shown_with_the_nearest_coach_who_has_room(client, stage, kari) -> None:
    near = stage.member("peer_coach", name="Near Coach")
    far = stage.member("peer_coach", OrganisationFactory(parent=stage.network), name="Far Coach")
    full = stage.member("peer_coach", name="Full Coach")
    CoachProfileFactory(person=full, capacity=1)
    stage.place(full, stage.member("group_leader"), rule=GROUP)
    stage.place(near, stage.member("group_leader"), rule=GROUP)
    amund = stage.member("group_leader", name="Amund Vik")
    answer = opens(client, kari)
    [one] = [one for one in answer.context["waiting"] if one.person == amund]
    assert [two.candidate.person_id for two in one.suggestions] == [near.pk, far.pk]
    assert [two.candidate.place for two in one.suggestions] == [2, 1]
    assert one.suggestions[0].reasons.startswith("Same organisation.")
    assert f"?supervisee={amund.pk}&amp;coach={near.pk}" in answer.content.decode()


def test_the_views_hold_what_they_say(client, stage, kari) -> None:
    ragnhild = stage.member("peer_coach", name="Ragnhild")
    full = stage.member("peer_coach", name="Full")
    away = stage.member("peer_coach", name="Away")
    CoachProfileFactory(person=full, capacity=1)
    AbsenceFactory(person=away)
    met, late = stage.member("group_leader", name="Met"), stage.member("group_leader", name="Late")
    stage.place(ragnhild, met, rule=GROUP)
    stage.place(full, late, rule=GROUP)
    stage.session(GROUP, ragnhild, [met], at=NOW - dt.timedelta(days=2), state="finished")
    assert sorted(names(opens(client, kari))) == ["Late", "Met"]
    assert names(opens(client, kari, "?view=late")) == ["Late"]
    assert names(opens(client, kari, "?view=coaches")) == ["Away", "Full", "Ragnhild"]
    assert names(opens(client, kari, "?view=room")) == ["Away", "Ragnhild"]
    assert names(opens(client, kari, "?view=away")) == ["Away"]
    assert names(opens(client, kari, "?view=coaches&q=late")) == ["Full"]
    assert names(opens(client, kari, "?view=placed&q=ragn")) == ["Met"]


def test_a_view_that_is_none_is_the_first(client, stage, kari) -> None:
    assert opens(client, kari, "?view=person__password&sort=person__password&organisation=x").status_code == 200


def test_places_of_another_network_are_taken_and_nameless(client, stage, kari) -> None:
    coach = stage.member("peer_coach", name="Ragnhild")
    other = stage_of("dua")
    other.member("peer_coach", person=coach)
    stranger = other.member("group_leader", name="Stranger of the other network")
    other.place(coach, stranger, rule=GROUP)
    answer = opens(client, kari, "?view=coaches")
    [(row, places)] = answer.context["rows"]
    assert (row.taken, [place.state for place in places]) == (1, ["filled", "empty", "empty", "empty"])
    assert "Stranger of the other network" not in answer.content.decode()


def test_a_coordinator_sees_the_own_branch_only(client, stage) -> None:
    east = OrganisationFactory(parent=stage.network)
    kari = stage.member("local_coordinator", stage.office)
    coach = stage.member("peer_coach")
    here, there = stage.member("group_leader"), stage.member("group_leader", east)
    stage.place(coach, here, there, rule=GROUP)
    stage.member("group_leader", east, name="Waits in the east")
    answer = opens(client, kari)
    assert names(answer) == [here.name]
    assert [one.person for one in answer.context["waiting"]] == [coach]


@pytest.mark.parametrize("name", ["workbench", "workbench_csv"])
def test_hats_of_other_networks_and_other_kinds_open_nothing(client, stage, kari, name: str) -> None:
    other = stage_of("dua")
    client.force_login(kari)
    assert client.get(reverse(f"overview:{name}") + f"?hat={other.programme.pk}-local_coordinator").status_code == 404
    for role in ("mentor", "peer_coach", "group_leader", "manager"):
        client.force_login(stage.member(role))
        assert client.get(reverse(f"overview:{name}")).status_code == 403


def test_the_list_goes_out_as_a_file_without_what_was_said(client, stage, kari) -> None:
    coach, leader = stage.member("peer_coach", name="Ragnhild"), stage.member("group_leader", name="+Ingrid")
    stage.place(coach, leader, rule=GROUP)
    Goal.objects.create(programme=stage.programme, person=leader, text=CANARY, set_at=NOW, set_by=coach)
    client.force_login(kari)
    for view, words in (("placed", "'+Ingrid"), ("coaches", "Ragnhild")):
        text = b"".join(client.get(reverse("overview:workbench_csv") + f"?view={view}").streaming_content).decode()
        assert words in text
        assert CANARY not in text
    assert [event.facts["list"] for event in AuditEvent.objects.filter(verb="export.made").order_by("pk")] == [
        "workbench.placed",
        "workbench.coaches",
    ]


def test_addresses_of_the_selected_are_given_to_copy(client, stage, kari) -> None:
    ingrid = stage.member("group_leader", name="Ingrid", email="ingrid@example.org")
    silent = stage.member("group_leader", name="Silent", email=None)
    client.force_login(kari)
    answer = client.post(reverse("overview:workbench_selected"), {"person": [ingrid.pk, silent.pk], "do": "addresses"})
    assert answer.context["addresses"] == "ingrid@example.org"
    assert answer.context["without"] == [silent]


def test_the_selected_of_another_network_are_not_there(client, stage, kari) -> None:
    stranger = stage_of("dua").member("group_leader")
    client.force_login(kari)
    post = reverse("overview:workbench_selected")
    assert client.post(post, {"person": [stranger.pk], "do": "addresses"}).status_code == 404
    assert client.post(post, {"person": ["1 OR 1", "9" * 30], "do": "addresses"}).status_code == 422
    assert client.get(post).status_code == 405


@pytest.mark.parametrize("many", [False, True])
@pytest.mark.parametrize("view", ["placed", "coaches"])
def test_it_asks_twelve_times_with_few_and_with_many(
    client, stage, kari, django_assert_max_num_queries, many: bool, view: str
) -> None:
    for _number in range(8 if many else 1):
        coach = stage.member("peer_coach")
        for _place in range(4 if many else 1):
            leader = stage.member("group_leader")
            PlacementFactory(coach=coach, supervisee=leader, rule=stage.version(GROUP).rule)
        stage.session(GROUP, coach, [leader], at=NOW - dt.timedelta(days=2), state="finished")
        stage.member("group_leader")
    client.force_login(kari)
    with django_assert_max_num_queries(12):
        answer = client.get(reverse("overview:workbench") + f"?view={view}")
    assert bool(answer.context["page"].next) is (many and view == "placed")
    if many and view == "placed":
        following = client.get(
            f"{reverse('overview:workbench')}?{answer.context['query'].query_string(cursor=answer.context['page'].next)}"
        )
        assert len(names(following)) == 7
        assert not set(names(following)) & set(names(answer))
