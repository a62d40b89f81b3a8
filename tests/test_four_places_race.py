"""Four places, whoever presses first: 32 at once, twenty times over, on both databases; and what it looks like without
the constraint, so that we know the race is a real one.

SQLite serialises writers (IMMEDIATE), so its control reads the free place before the transaction begins.
"""

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest
from django.db import IntegrityError, connection, connections, transaction
from django.utils import timezone

from accounts.models import User
from coaches.actions import places
from coaches.actions.checks import Wish, current_version, free_place
from coaches.actions.places import add_placement, place_supervisee
from coaches.models import Placement
from coaches.tests.factories import PlacementFactory
from common.errors import DomainError
from programmes.tests.factories import Cast, small_programme

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both, pytest.mark.serial]

THREADS, ROUNDS = 32, 20
UNIQUE = next(one for one in Placement._meta.constraints if one.name == "placement_place_once")


class Race:
    """One coach, and 32 people who all want a place with them at the same moment."""

    def __init__(self) -> None:
        self.cast: Cast = small_programme()
        self.by = self.cast.member("coordinator")
        self.coach = self.cast.member("peer_coach")
        self.leaders = [self.cast.member("group_leader") for _number in range(THREADS)]
        self.rule = self.cast.rules["group"]
        self.start = threading.Barrier(THREADS)

    def place(self, leader: User) -> None:
        """The product's own act."""
        place_supervisee(by=self.by, coach=self.coach, supervisee=leader, rule=self.rule)

    def place_by_an_early_look(self, leader: User) -> None:
        """What the act would be if it looked for the free place before its transaction."""
        wish = Wish(self.by, self.coach, leader, current_version(self.rule))
        place = free_place(wish)
        self.start.wait(timeout=60)
        with transaction.atomic():
            add_placement(wish, place=place, started_on=timezone.localdate())

    def run(self, act: Callable[[User], None], pool: ThreadPoolExecutor) -> Counter[str]:
        """All at once; returns how often each outcome came ("placed", a refusal's code, an exception's name)."""
        Placement.objects.all().delete()

        def try_once(leader: User) -> str:
            self.start.wait(timeout=60)
            try:
                act(leader)
            except DomainError as refusal:
                return refusal.code
            except Exception as error:
                return f"{type(error).__name__}: {error}"
            return "placed"

        return Counter(pool.map(try_once, self.leaders))


@pytest.fixture
def race() -> Race:
    return Race()


@pytest.fixture
def pool() -> Iterator[ThreadPoolExecutor]:
    """32 threads that keep their connection from round to round, and give it back at the end."""
    with ThreadPoolExecutor(THREADS) as threads:
        yield threads
        together = threading.Barrier(THREADS)

        def leave(_number: int) -> None:
            together.wait(timeout=60)
            connections.close_all()

        list(threads.map(leave, range(THREADS)))


@contextmanager
def without_the_constraint() -> Iterator[None]:
    with connection.schema_editor() as editor:
        editor.remove_constraint(Placement, UNIQUE)
    try:
        yield
    finally:
        Placement.objects.all().delete()
        with connection.schema_editor() as editor:
            editor.add_constraint(Placement, UNIQUE)


def held() -> list[int | None]:
    return list(Placement.objects.open().order_by("place").values_list("place", flat=True))


def test_thirty_two_at_once_get_exactly_four_places(race: Race, pool: ThreadPoolExecutor) -> None:
    for number in range(ROUNDS):
        outcome = race.run(race.place, pool)
        assert (outcome, held()) == (Counter(placed=4, full=28), [1, 2, 3, 4]), f"round {number}"


def test_a_caseload_without_places_holds_by_the_lock(race: Race, pool: ThreadPoolExecutor) -> None:
    """A mentor has no numbered places: the rows of the two people are held while the caseload is counted."""
    race.coach = race.cast.member("mentor")
    race.rule = race.cast.rule("few", "mentor", ["group_leader"], caseload_max=3)
    for _number in range(3):
        outcome = race.run(race.place, pool)
        assert (outcome, held()) == (Counter(placed=3, full=29), [None] * 3)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no row locks")
def test_the_constraint_holds_without_the_lock(race: Race, pool: ThreadPoolExecutor, monkeypatch) -> None:
    monkeypatch.setattr(places, "lock_people", lambda *people: None)
    monkeypatch.setattr(places, "ATTEMPTS", 50)
    for _number in range(3):
        outcome = race.run(race.place, pool)
        assert (outcome, held()) == (Counter(placed=4, full=28), [1, 2, 3, 4])


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite serialises writers: its control is the next one")
def test_control_without_constraint_and_lock_more_than_four_are_placed(
    race: Race, pool: ThreadPoolExecutor, monkeypatch
) -> None:
    monkeypatch.setattr(places, "lock_people", lambda *people: None)
    with without_the_constraint():
        for _number in range(ROUNDS):
            race.run(race.place, pool)
            if len(held()) > 4:
                return
        pytest.fail("never more than four: the race is none, and the test above shows nothing")


def test_control_an_early_look_without_the_constraint_places_everybody(race: Race, pool: ThreadPoolExecutor) -> None:
    with without_the_constraint():
        outcome = race.run(race.place_by_an_early_look, pool)
        assert (outcome, held()) == (Counter(placed=32), [1] * 32)
    assert race.run(race.place_by_an_early_look, pool)["placed"] == 1


def test_a_fifth_row_by_raw_sql_is_refused_with_the_constraint_and_accepted_without(race: Race) -> None:
    def fifth(place: int | None) -> None:
        # All columns as they are in the first placement, but for the id, the supervisee and the place.
        columns = [field.column for field in Placement._meta.local_fields if not field.primary_key]
        wanted = ["%s" if column in ("supervisee_id", "place") else column for column in columns]
        values = {"supervisee_id": race.leaders[5].pk, "place": place}
        given = [values[column] for column in columns if column in values]
        sql = f"INSERT INTO coaches_placement ({', '.join(columns)}) SELECT {', '.join(wanted)} FROM coaches_placement"
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"{sql} WHERE place = 1", given)

    for leader in race.leaders[:4]:
        PlacementFactory(coach=race.coach, supervisee=leader, rule=race.rule)
    for place in (1, 4, 5, 0, None):
        with pytest.raises(IntegrityError):
            fifth(place)
    assert held() == [1, 2, 3, 4]
    with without_the_constraint():
        fifth(1)
        assert held() == [1, 1, 2, 3, 4]
