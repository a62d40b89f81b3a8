"""A real worker sends what an act has written, at once, over each broker."""

from pathlib import Path

import pytest

from accounts.models import User
from config.celery import app
from notices.models import Notice
from notices.tasks import send_task, tick_task
from tests.workers import Worker, Workplace, count_mails, read_mails

WRITE = """
from django.db import transaction
from accounts.models import User
from notices.actions.write import write_notice
with transaction.atomic():
    write_notice(kind="password_reset", subject="person:1", recipient=User.objects.get(email="ada@example.org"))
"""


def sends_what_an_act_writes(workplace: Workplace) -> None:
    """Without beat: only the wake after the commit can have told the worker."""
    User.objects.create_user("ada@example.org", name="Ada Lie")
    with Worker(workplace, beat=False) as worker:
        workplace.run(WRITE)
        worker.wait_until(lambda: count_mails(workplace.mail) == 1, seconds=90, what="the mail is there")
        worker.wait_until(lambda: Notice.objects.get().state == "sent", seconds=30, what="the row says sent")
    assert read_mails(workplace.mail).times == {("ada@example.org", "password_reset"): 1}


@pytest.mark.serial
@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_over_the_embedded_broker(tmp_path: Path) -> None:
    sends_what_an_act_writes(Workplace(tmp_path, "filesystem://"))


@pytest.mark.serial
@pytest.mark.redis
@pytest.mark.django_db(transaction=True)
def test_over_redis(tmp_path: Path, own_redis: str) -> None:
    sends_what_an_act_writes(Workplace(tmp_path, own_redis))


def test_tasks_have_the_names_that_beat_and_acts_call() -> None:
    assert tick_task.name == app.conf.beat_schedule["tick"]["task"] == "notices.tick"
    assert send_task.name == "notices.send"
