"""The command and the worker's tasks do what the tick does."""

import pytest
from django.core import mail
from django.core.management import CommandError, call_command

from notices import clock, kinds
from notices.tasks import send_task, tick_task

from .conftest import NOON

pytestmark = pytest.mark.django_db


@pytest.fixture
def something_due(noon, kind, ada):
    kind(due=lambda now, horizon: [kinds.Due("session:7", ada.pk, NOON)])


def test_the_command_sends_what_is_due_and_says_so(something_due, capsys) -> None:
    call_command("send_due")
    assert capsys.readouterr().out == "1 new, 1 sent, 0 closed unsent, 0 to be tried again, 0 undeliverable.\n"
    call_command("send_due")
    assert len(mail.outbox) == 1


def test_the_command_fails_when_a_part_of_it_did(something_due) -> None:
    clock.register("coaches.end_due", lambda now: 1 / 0)
    with pytest.raises(CommandError, match="coaches.end_due"):
        call_command("send_due")
    assert len(mail.outbox) == 1


def test_the_tick_does_the_same(something_due) -> None:
    tick_task()
    tick_task()
    send_task()
    assert len(mail.outbox) == 1
