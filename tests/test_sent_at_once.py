"""Two presses of one button at the same moment: one training, one person; without the lock, two."""

import datetime as dt
import threading

import pytest
from django.db import connection, connections

from accounts.models import User
from certification.actions import events
from certification.models import TrainingEvent
from certification.tests.factories import Hall, installed
from common.errors import DomainError
from programmes.actions import people

pytestmark = [pytest.mark.serial, pytest.mark.both, pytest.mark.django_db(transaction=True)]


def at_once(act) -> None:
    """Run the act in two threads; both have looked before either writes, unless the lock makes them wait."""
    gate, failed = threading.Barrier(2), []

    def one() -> None:
        try:
            gate.wait()
            act()
        except DomainError:
            pass
        except Exception as error:
            failed.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=one) for _press in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []


def noted(hall: Hall, by: User):
    plan = events.EventPlan("peer_coach_network", "Network day", hall.office, [dt.date(2026, 12, 1)])
    return lambda: events.plan_event(programme=hall.programme, plan=plan, by=by)


def added(hall: Hall, by: User):
    role = hall.roles["group_leader"]
    day = dt.date(2026, 1, 1)
    return lambda: people.add_person(by=by, name="Åse Dahl", role=role, organisation=hall.office, started_on=day)


@pytest.mark.parametrize("press", [noted, added])
def test_at_the_same_moment(press) -> None:
    hall = installed("dua")
    at_once(press(hall, hall.member("local_coordinator", hall.top)))
    assert TrainingEvent.objects.count() + User.objects.filter(name="Åse Dahl").count() == 1


@pytest.mark.parametrize("press", [noted, added])
def test_without_the_lock_it_happens_twice(press, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: both have looked before either writes."""
    if connection.vendor == "sqlite":
        pytest.skip("SQLite lets one writer in at a time, with the lock and without")
    hall, both_looked = installed("dua"), threading.Barrier(2)
    by = hall.member("local_coordinator", hall.top)
    for module, name in ((events, "_same_event"), (people, "namesakes_at")):
        looks = getattr(module, name)
        monkeypatch.setattr(module, "wait_for_oneself", lambda by: None)
        monkeypatch.setattr(
            module, name, lambda *given, looks=looks, **named: (looks(*given, **named), both_looked.wait(10))[0]
        )
    at_once(press(hall, by))
    assert TrainingEvent.objects.count() + User.objects.filter(name="Åse Dahl").count() == 2
