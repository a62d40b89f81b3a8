"""The worker is killed at random moments while 600 notices are due: nothing is lost, nothing comes as another mail."""

import datetime as dt
import random
import time
from collections import Counter
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.db.models import Count
from django.utils import timezone

from accounts.models import User
from accounts.tests.factories import PersonFactory
from notices.models import Notice
from programmes.actions.invitations import invite
from supervision.tests.factories import Stage, stage_of
from tests.workers import Mails, Worker, Workplace, count_mails, read_mails

pytestmark = [pytest.mark.serial, pytest.mark.both, pytest.mark.django_db(transaction=True)]
CHILDREN = 2
State = Notice.State
SEED = 20261122


@pytest.fixture
def workplace(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Workplace]:
    """On SQLite the embedded broker, as one machine has it; on PostgreSQL Redis, where there is one."""
    if connection.vendor == "sqlite":
        yield Workplace(tmp_path, "filesystem://")
    else:
        yield Workplace(tmp_path, request.getfixturevalue("own_redis"))


def make_due(number: int) -> set[tuple[str, str]]:
    """`number` reminders by the clock (a coach and four leaders a session, within the day) and `number` invitations.

    Returns who must get what, by address and kind.
    """
    stage = stage_of("dua")
    reminded = [person.email for n in range(number // 5) for person in session_within_the_day(stage, n)]
    guests = [PersonFactory(email=f"guest{n:03}@example.org", password=None) for n in range(number)]
    for guest in guests:
        invite(by=User.objects.system(), person=guest, programme=stage.programme)
    return {(email, "session_reminder") for email in reminded} | {(guest.email, "invitation") for guest in guests}


def session_within_the_day(stage: Stage, number: int) -> list[User]:
    """A session planned a week ago that begins in 23 hours; who is in it."""
    roles = ["peer_coach", *["group_leader"] * 4]
    people = [stage.member(role, email=f"member{number:02}-{n}@example.org") for n, role in enumerate(roles)]
    stage.session("peer_coach_group", people[0], people[1:], at=timezone.now() + dt.timedelta(hours=23))
    return people


def send_under_kills(workplace: Workplace, *, number: int, kills: int, **environment: str) -> Mails:
    """Start, kill, start again; in the end let it finish. Returns the mails that arrived."""
    chance = random.Random(SEED)
    for _ in range(kills):
        with Worker(workplace, **environment) as worker:
            more_than = partial(has_more_than, workplace.mail, count_mails(workplace.mail))
            worker.wait_until(more_than, seconds=90, what="a mail from the new worker")
            time.sleep(chance.uniform(0, 0.8))
    assert not none_waits(2 * number), "the kills came too late to prove anything"
    with Worker(workplace, **environment) as worker:
        settled = partial(none_waits, 2 * number)
        worker.wait_until(settled, seconds=240, what=f"{2 * number} notices are settled", how_far=how_far)
    assert Counter(Notice.objects.values_list("state", "closed_reason")) == {(State.SENT, ""): 2 * number}
    mails = read_mails(workplace.mail)
    print(
        f"{sum(mails.times.values())} mails, {mails.repeats} repeated, {len(mails.under_other_ids)} under another id"
    )
    return mails


def how_far() -> list[tuple[Any, ...]]:
    """How many notices of each kind stand where, and why: what a failure says first."""
    rows = Notice.objects.order_by("kind", "state").values_list("kind", "state", "closed_reason", "last_error")
    return list(rows.annotate(number=Count("pk")))


def has_more_than(folder: Path, number: int) -> bool:
    return count_mails(folder) > number


def none_waits(number: int) -> bool:
    """Whether `number` notices are written and the worker has done with each, one way or another."""
    rows = Notice.objects.all()
    return rows.count() >= number and not rows.filter(state__in=(State.WAITING, State.SENDING)).exists()


def test_nothing_is_lost_and_nothing_comes_as_another_mail(workplace: Workplace) -> None:
    kills = 4
    expected = make_due(300)
    mails = send_under_kills(workplace, number=300, kills=kills)
    assert set(mails.times) == expected
    assert len(expected) == 600
    assert mails.under_other_ids == []
    # Only what a child had just handed over when it was killed can come again, under the same Message-ID.
    assert mails.repeats <= kills * CHILDREN


def test_without_the_lease_the_same_mail_goes_out_again_and_again(workplace: Workplace) -> None:
    kills = 1
    make_due(60)
    mails = send_under_kills(workplace, number=60, kills=kills, LEASE="off")
    assert mails.repeats > kills * CHILDREN
