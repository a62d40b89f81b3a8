"""The worker is killed at random moments while 600 notices are due: nothing is lost, nothing comes as another mail."""

import datetime as dt
import random
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.utils import timezone

from accounts.models import User
from notices.actions.write import add_rows
from notices.kinds import Due, Kind
from notices.models import Notice
from tests.workers import Mails, Worker, Workplace, count_mails, read_mails

pytestmark = [pytest.mark.serial, pytest.mark.both, pytest.mark.django_db(transaction=True)]
CHILDREN = 2


@pytest.fixture
def workplace(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Workplace]:
    """On SQLite the embedded broker, as one machine has it; on PostgreSQL Redis, where there is one."""
    if connection.vendor == "sqlite":
        yield Workplace(tmp_path, "filesystem://")
    else:
        yield Workplace(tmp_path, request.getfixturevalue("own_redis"))


def make_due(number: int) -> None:
    """`number` people with a reminder by the clock, and `number` others with an invitation that an act has written."""
    names = [f"{word}{n:03}" for word in ("leader", "guest") for n in range(number)]
    User.objects.bulk_create(
        User(email=f"{name}@example.org", name=name, sort_name=name, search_name=name, language="nb") for name in names
    )
    guests = User.objects.filter(email__startswith="guest").values_list("pk", flat=True)
    kind = Kind(key="test_invitation", label="", letter=lambda notice: None)  # the worker knows the real one
    with transaction.atomic():
        add_rows(kind, [Due(f"invitation:{pk}", pk, timezone.now()) for pk in guests])


def send_under_kills(workplace: Workplace, *, number: int, kills: int, seed: int, **environment: str) -> Mails:
    """Start, kill, start again; in the end let it finish. Returns the mails that arrived."""
    chance = random.Random(seed)
    make_due(number)
    environment["REMINDERS_DUE_AT"] = timezone.now().astimezone(dt.UTC).isoformat()
    for _ in range(kills):
        with Worker(workplace, **environment) as worker:
            more_than = partial(has_more_than, workplace.mail, count_mails(workplace.mail))
            worker.wait_until(more_than, seconds=30, what="a mail from the new worker")
            time.sleep(chance.uniform(0, 0.8))
    assert Notice.objects.exclude(state="sent").exists(), "the kills came too late to prove anything"
    with Worker(workplace, **environment) as worker:
        worker.wait_until(partial(all_sent, 2 * number), seconds=60, what="all notices are sent")
    mails = read_mails(workplace.mail)
    print(
        f"{sum(mails.times.values())} mails, {mails.repeats} repeated, {len(mails.under_other_ids)} under another id"
    )
    return mails


def has_more_than(folder: Path, number: int) -> bool:
    return count_mails(folder) > number


def all_sent(number: int) -> bool:
    return Notice.objects.filter(state="sent").count() == number


def test_nothing_is_lost_and_nothing_comes_as_another_mail(workplace: Workplace) -> None:
    kills = 6
    mails = send_under_kills(workplace, number=300, kills=kills, seed=20261122)
    assert set(mails.times) == {
        *((f"leader{n:03}@example.org", "test_reminder") for n in range(300)),
        *((f"guest{n:03}@example.org", "test_invitation") for n in range(300)),
    }
    assert mails.under_other_ids == []
    # Only what a child had just handed over when it was killed can come again, under the same Message-ID.
    assert mails.repeats <= kills * CHILDREN


def test_without_the_lease_the_same_mail_goes_out_again_and_again(workplace: Workplace) -> None:
    kills = 1
    mails = send_under_kills(workplace, number=100, kills=kills, seed=20261122, LEASE="off")
    assert mails.repeats > kills * CHILDREN
