"""What the tick finds due, and what it does about it."""

from datetime import timedelta

import pytest
from django.core import mail

from notices import clock, kinds
from notices.actions.tick import tick
from notices.models import Notice

from .conftest import NOON

pytestmark = [pytest.mark.django_db, pytest.mark.both]
HOUR = timedelta(hours=1)


def due(person, at, subject="session:7"):
    return kinds.Due(subject, person.pk, at, 3)


def test_what_is_due_gets_one_row_however_often_it_ticks(noon, kind, ada) -> None:
    kind(due=lambda now, horizon: [due(ada, NOON - HOUR)])
    assert tick().added == 1
    assert tick().added == 0
    notice = Notice.objects.get()
    assert (notice.subject, notice.state, notice.programme_id) == ("session:7", "sent", 3)
    assert [message.subject for message in mail.outbox] == ["About session:7"]


def test_what_is_older_than_the_horizon_is_never_told(noon, kind, ada) -> None:
    kind(horizon=2 * HOUR, due=lambda now, horizon: [due(ada, NOON - 2 * HOUR - timedelta(microseconds=1))])
    assert tick().added == 0
    assert not Notice.objects.exists()


def test_the_edge_of_the_horizon_and_now_belong_to_it(noon, kind, ada) -> None:
    kind(horizon=2 * HOUR, due=lambda now, horizon: [due(ada, now - horizon), due(ada, now)])
    assert tick().added == 2


def test_what_lies_ahead_waits(noon, kind, ada) -> None:
    kind(due=lambda now, horizon: [due(ada, NOON + HOUR)])
    assert tick().added == 0
    noon.shift(HOUR)
    assert tick().added == 1


def test_a_kind_written_by_acts_is_not_asked(noon, kind) -> None:
    kind()
    assert tick().added == 0


def test_a_kind_that_fails_keeps_no_other_from_being_told(noon, kind, ada, caplog) -> None:
    kind("a_broken", due=lambda now, horizon: 1 / 0)
    kind("b_whole", due=lambda now, horizon: [due(ada, NOON)])
    done = tick()
    assert (done.added, done.failed) == (1, ("a_broken",))
    assert "a_broken could not say what is due" in caplog.text


def test_clock_acts_run_first_and_one_that_fails_stops_nothing(noon, kind, ada, caplog) -> None:
    ended = []
    clock.register("coaches.end_due", lambda now: 1 / 0)
    clock.register("programmes.end_due", ended.append)
    kind(due=lambda now, horizon: [due(ada, now)] if ended else [])
    done = tick()
    assert ended == [NOON]
    assert (done.added, done.failed) == (1, ("coaches.end_due",))


@pytest.mark.parametrize("number", [1, 40])
def test_queries_do_not_grow_with_what_is_told_already(noon, kind, ada, number, django_assert_max_num_queries) -> None:
    kind(due=lambda now, horizon: [due(ada, NOON, f"session:{n}") for n in range(number)])
    tick()
    with django_assert_max_num_queries(2):
        tick()


def test_the_same_name_twice_is_a_mistake(kind) -> None:
    kind()
    with pytest.raises(ValueError, match="registered twice"):
        kind()
    clock.register("one", print)
    with pytest.raises(ValueError, match="registered twice"):
        clock.register("one", repr)
