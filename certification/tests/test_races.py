"""Two decide at once: one number each, one approval, one certificate. With the guard off the race is there."""

import datetime as dt
import threading
from collections.abc import Callable, Iterator

import pytest
from django.db import connection, connections

from accounts.models import User
from certification.actions import decide, issue
from certification.actions.decide import Ruling, approve_step
from certification.actions.issue import issue_certificate
from certification.actions.papers import make_paper
from certification.models import Candidacy, Certificate, StepRecord
from certification.tests.factories import Hall, approve_decided, fill_computed, installed
from common.errors import Conflict, DomainError

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both, pytest.mark.serial]
RULING = Ruling(decided_on=dt.date(2026, 1, 20), ground="Seen.")
WRITERS = 8


@pytest.fixture
def hall() -> Hall:
    return installed("dua")


def together(*acts: Callable[[], object]) -> list[object]:
    """Run the acts at the same moment, each on a connection of its own; their results or errors."""
    start, results = threading.Barrier(len(acts)), [None] * len(acts)

    def run(place: int, act: Callable[[], object]) -> None:
        start.wait()
        try:
            results[place] = act()
        except Exception as error:  # the test looks at it
            results[place] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=one) for one in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def ready(hall: Hall, number: int) -> list[Candidacy]:
    """Peer coaches with every step done but the decision."""
    system, leader = User.objects.system(), hall.member("group_leader")
    found = []
    for _one in range(number):
        candidacy = hall.candidacy("peer_coach", hall.member("peer_coach"), "toddler")
        fill_computed(hall, candidacy, leader, dt.date(2025, 3, 2))
        approve_decided(candidacy, system, but=["decision"])
        found.append(candidacy)
    return found


def issue_all(candidacies: list[Candidacy], by: User) -> list[object]:
    return together(*(lambda one=one: issue_certificate(candidacy=one, ruling=RULING, by=by) for one in candidacies))


@pytest.fixture
def _at_once(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Everybody has read the last number before anybody writes theirs."""
    if connection.vendor == "sqlite":  # one writer at a time: nobody else can have read meanwhile
        yield
        return
    read, waiting = issue._last_number, threading.Barrier(WRITERS)
    seen = threading.local()

    def slowly(programme, begins: str) -> str:
        number = read(programme, begins)
        if not getattr(seen, "waited", False):
            seen.waited = True
            waiting.wait(timeout=20)
        return number

    monkeypatch.setattr(issue, "_last_number", slowly)
    yield


@pytest.mark.usefixtures("_at_once")
def test_numbers_are_given_once(hall: Hall) -> None:
    mentor, candidacies = hall.member("mentor"), ready(hall, WRITERS)
    results = issue_all(candidacies, mentor)
    assert sorted(one.number for one in results if isinstance(one, Certificate)) == [
        f"DUA-2026-{number:04}" for number in range(1, WRITERS + 1)
    ]


@pytest.mark.usefixtures("_at_once")
def test_without_another_try_the_race_is_there(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: on PostgreSQL all but one lose; SQLite has one writer at a time, so there is no race to see."""
    monkeypatch.setattr(issue, "NUMBER_TRIES", 1)
    mentor, candidacies = hall.member("mentor"), ready(hall, WRITERS)
    results = issue_all(candidacies, mentor)
    lost = [one for one in results if isinstance(one, Conflict)]
    assert len(lost) == (0 if connection.vendor == "sqlite" else WRITERS - 1)
    assert Candidacy.objects.filter(state="open").count() == len(lost), "nothing is half done"


def test_one_certificate_however_many_decide(hall: Hall) -> None:
    [candidacy] = ready(hall, 1)
    mentors = [hall.member("mentor") for _one in range(4)]
    results = together(*(lambda by=by: issue_certificate(candidacy=candidacy, ruling=RULING, by=by) for by in mentors))
    assert [type(one).__name__ for one in sorted(results, key=str)].count("Certificate") == 1
    assert all(isinstance(one, Certificate | Conflict) for one in results)
    assert Certificate.objects.count() == 1
    assert StepRecord.objects.filter(step__key="decision").count() == 1


def approvals(hall: Hall) -> list[object]:
    candidacy = hall.candidacy("peer_coach", hall.member("peer_coach"), "toddler")
    step = candidacy.track_version.steps.get(key="certified")
    mentors = [hall.member("mentor") for _one in range(6)]
    return together(
        *(lambda by=by: approve_step(candidacy=candidacy, step=step, ruling=RULING, by=by) for by in mentors)
    )


def test_a_step_is_approved_once(hall: Hall) -> None:
    results = approvals(hall)
    assert sum(isinstance(one, StepRecord) for one in results) == 1
    assert all(
        isinstance(one, Conflict) and one.code == "already" for one in results if not isinstance(one, StepRecord)
    )


def test_without_lock_and_constraint_it_is_approved_more_than_once(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control, on PostgreSQL: nobody is told that somebody was quicker, and the database lets all in."""
    if connection.vendor == "sqlite":
        pytest.skip("one writer at a time")
    waiting = threading.Barrier(6)

    def unlocked(candidacy_id: int):
        return decide.climb_of(decide.with_all(Candidacy.objects.filter(pk=candidacy_id)).get())

    def checked(climb, step):
        rung = climb.rung_of(step.pk)
        waiting.wait(timeout=20)
        return rung

    monkeypatch.setattr(decide, "locked_climb", unlocked)
    monkeypatch.setattr(decide, "check_open", checked)
    [constraint] = [one for one in StepRecord._meta.constraints if one.name == "step_record_approved_once"]
    with connection.schema_editor() as editor:
        editor.remove_constraint(StepRecord, constraint)
    try:
        results = approvals(hall)
    finally:
        StepRecord.objects.all().delete()
        with connection.schema_editor() as editor:
            editor.add_constraint(StepRecord, constraint)
    assert sum(isinstance(one, StepRecord) for one in results) == 6


def test_with_the_constraint_alone_it_is_approved_once(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    if connection.vendor == "sqlite":
        pytest.skip("one writer at a time")
    waiting = threading.Barrier(6)

    def unlocked(candidacy_id: int):
        return decide.climb_of(decide.with_all(Candidacy.objects.filter(pk=candidacy_id)).get())

    def checked(climb, step):
        waiting.wait(timeout=20)
        return climb.rung_of(step.pk)

    monkeypatch.setattr(decide, "locked_climb", unlocked)
    monkeypatch.setattr(decide, "check_open", checked)
    results = approvals(hall)
    assert sum(isinstance(one, StepRecord) for one in results) == 1
    assert all("approved this step" in str(one) for one in results if isinstance(one, DomainError))


def test_two_workers_draw_one_paper(hall: Hall) -> None:
    [candidacy] = ready(hall, 1)
    certificate = issue_certificate(candidacy=candidacy, ruling=RULING, by=hall.member("mentor"))
    results = together(*(lambda: make_paper(certificate.pk) for _one in range(4)))
    assert sorted(results, key=str) == [False, False, False, True]
