"""What each page of the ladder asks of the database: the same with few and with many rows, and within the budget."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from certification.models import Candidacy, TrainingEvent
from certification.tests.factories import Hall, event, fill_computed, form, installed
from common.tests.queries import COMPOSED, LIST, queries_of

pytestmark = [pytest.mark.django_db, pytest.mark.both, pytest.mark.time_machine("2026-11-22 12:00", tick=False)]
DAYS = [dt.date(2026, 9, day) for day in range(1, 7)]


@pytest.fixture
def hall() -> Hall:
    return installed("dua")


@pytest.fixture
def mentor(hall: Hall) -> User:
    return hall.member("mentor", name="Bente Aasen")


def add_ladder(hall: Hall, mentor: User) -> Candidacy:
    """One more candidate with sessions, trainings and checklists; the decisions wait for the mentor."""
    made = hall.candidacy("peer_coach", hall.member("peer_coach"), "toddler")
    fill_computed(hall, made, hall.member("group_leader"))
    form(hall, "process", dt.date(2026, 2, 2), rater=mentor, person=made.person)
    return made


def add_training(hall: Hall, mentor: User, people: int) -> TrainingEvent:
    """One more training, of as many days as people."""
    days = DAYS[:people]
    taking = {hall.member("group_leader"): days for _one in range(people)}
    return event(hall, "consultation_day", days, taking, leader=mentor)


def counted(client: Client, pages: dict[str, tuple[User, str, list[int], int]]) -> dict[str, int]:
    """The queries of each page, which keeps to its budget."""
    found = {}
    for name, (who, view, arguments, budget) in pages.items():
        client.force_login(who)
        found[name] = queries_of(client, reverse(f"certification:{view}", args=arguments))
        assert found[name] <= budget, name
    return found


def test_ladders_ask_as_often_with_many_as_with_few(client: Client, hall: Hall, mentor: User) -> None:
    candidacy, coordinator = add_ladder(hall, mentor), hall.member("local_coordinator")
    assert candidacy.person is not None
    pages = {
        "candidates": (coordinator, "candidates", [], LIST),
        "decisions": (mentor, "decisions", [], LIST),
        "own": (candidacy.person, "candidacy", [candidacy.pk], COMPOSED),
        "decided": (mentor, "candidacy", [candidacy.pk], COMPOSED),
        "seen": (coordinator, "candidacy", [candidacy.pk], COMPOSED),
    }
    few = counted(client, pages)
    for _one in range(5):
        add_ladder(hall, mentor)
    assert counted(client, pages) == few


def test_trainings_ask_as_often_with_many_as_with_few(client: Client, hall: Hall, mentor: User) -> None:
    made = add_training(hall, mentor, 1)
    few = counted(client, {"list": (mentor, "trainings", [], LIST), "one": (mentor, "training", [made.pk], COMPOSED)})
    large = add_training(hall, mentor, 6)
    pages = {"list": (mentor, "trainings", [], LIST), "one": (mentor, "training", [large.pk], COMPOSED)}
    assert counted(client, pages) == few
