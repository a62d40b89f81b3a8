"""Search under one hat: what each finds, accents passed over, and never what was said."""

import pytest
import time_machine
from django.urls import NoReverseMatch, reverse

from accounts.models import User
from overview.navigation import PAGES
from overview.readers.search import Found
from programmes.tests.factories import OrganisationFactory
from supervision.models import Attendance, Goal
from supervision.tests.factories import NOW, stage_of

pytestmark = pytest.mark.django_db
GROUP = "peer_coach_group"
CANARY = "canarywords"


@pytest.fixture(autouse=True)
def _on_tuesday():
    with time_machine.travel(NOW, tick=False):
        yield


def finds(client, person: User, query: str) -> Found:
    client.force_login(person)
    return client.get(reverse("overview:search") + query).context["found"]


def test_a_coordinator_finds_people_organisations_and_sessions(client, stage) -> None:
    kari = stage.member("local_coordinator", stage.network)
    OrganisationFactory(parent=stage.network, name="Márka kommune")
    coach, maret = stage.member("peer_coach", name="Ragnhild"), stage.member("group_leader", name="Máret Utsi")
    stage.place(coach, maret, rule=GROUP)
    session = stage.session(GROUP, coach, [maret])
    found = finds(client, kari, "?q=MAR")
    assert [person.name for person in found.people] == ["Máret Utsi"]
    assert [one.name for one in found.organisations] == ["Márka kommune"]
    assert [(seat.session_id, seat.person) for seat in found.sessions] == [(session.pk, maret)]
    assert finds(client, kari, f"?q={maret.email}").people == [maret]


def test_a_coach_finds_the_own_people_only(client, stage) -> None:
    coach, other = stage.member("peer_coach"), stage.member("peer_coach")
    mine, theirs = stage.member("group_leader", name="Ingrid Moen"), stage.member("group_leader", name="Ingrid Vik")
    stage.place(coach, mine, rule=GROUP)
    stage.place(other, theirs, rule=GROUP)
    stage.session(GROUP, other, [theirs])
    found = finds(client, coach, "?q=ingrid")
    assert (found.people, found.organisations, found.sessions) == ([mine], [], [])
    assert finds(client, mine, "?q=person").people == [coach]


def test_an_observer_finds_no_person(client, stage) -> None:
    stage.member("group_leader", name="Ingrid Moen")
    assert finds(client, stage.member("manager", stage.network), "?q=ingrid").is_empty


def test_words_of_a_supervision_are_not_searched(client, stage) -> None:
    kari = stage.member("local_coordinator", stage.network)
    coach, leader = stage.member("peer_coach"), stage.member("group_leader", name="Ingrid")
    session = stage.session(GROUP, coach, [leader])
    Attendance.objects.filter(session=session).update(question=CANARY)
    Goal.objects.create(programme=stage.programme, person=leader, text=CANARY, set_at=NOW, set_by=coach)
    for person in (kari, coach, leader):
        assert finds(client, person, f"?q={CANARY}").is_empty
    assert finds(client, kari, "?q=ingrid").people == [leader]


def test_another_network_is_not_searched(client, stage) -> None:
    kari = stage.member("local_coordinator", stage.network)
    other = stage_of("dua")
    other.member("group_leader", name="Stranger")
    assert finds(client, kari, "?q=stranger").is_empty
    client.force_login(kari)
    answer = client.get(reverse("overview:search") + f"?q=stranger&hat={other.programme.pk}-local_coordinator")
    assert answer.status_code == 404


@pytest.mark.parametrize("typed", ["", "a", "%25", "!!", "a" * 500])
def test_odd_searches_find_nothing_and_break_nothing(client, stage, typed: str) -> None:
    assert finds(client, stage.member("local_coordinator", stage.network), f"?q={typed}").is_empty


@pytest.mark.parametrize("many", [False, True])
def test_it_asks_as_often_with_few_and_with_many(client, stage, django_assert_num_queries, many: bool) -> None:
    kari = stage.member("local_coordinator", stage.network)
    coach = stage.member("peer_coach")
    for number in range(20 if many else 1):
        leader = stage.member("group_leader", name=f"Ingrid {number}")
        stage.session(GROUP, coach, [leader])
    client.force_login(kari)
    with django_assert_num_queries(2 + 2 + 3):
        found = client.get(reverse("overview:search") + "?q=ingrid").context["found"]
    assert (len(found.people), "people" in found.more) == ((15, True) if many else (1, False))


def test_downloads_are_listed_for_coordinators(client, stage) -> None:
    kari = stage.member("local_coordinator", stage.network)
    client.force_login(kari)
    files = client.get(reverse("overview:exports")).context["files"]
    assert len(files) == 9
    for file in files:
        answer = client.get(file["url"])
        assert (answer.status_code, answer["Content-Type"].split(";")[0]) == (200, "text/csv"), file["label"]
    client.force_login(stage.member("peer_coach"))
    assert client.get(reverse("overview:exports")).status_code == 403


def test_every_page_of_the_bar_is_there() -> None:
    missing = []
    for page in PAGES:
        try:
            reverse(page.name)
        except NoReverseMatch:
            missing.append(page.name)
    assert missing == []
