"""Telling the worker, and what happens when nobody listens."""

import pytest
from celery import current_app
from django.db import transaction

from common import wake as waking
from common.wake import wake

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture(autouse=True)
def _no_failure_before(monkeypatch):
    monkeypatch.setattr(waking, "_silent_until", 0.0)


@pytest.fixture
def sent(monkeypatch):
    tasks = []
    monkeypatch.setattr(current_app, "send_task", lambda name, **options: tasks.append((name, options)))
    return tasks


def test_a_task_is_sent_by_name_after_commit(sent, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        with transaction.atomic():
            wake("notices.send", 7)
        assert sent == []
    [(name, options)] = sent
    assert (name, options["args"], options["retry"]) == ("notices.send", (7,), False)


def test_nothing_is_sent_after_a_rollback(sent, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        wake("notices.send", 7)
        transaction.set_rollback(True)
    assert sent == []


def test_a_dead_broker_is_logged_once_and_costs_nothing_else(monkeypatch, caplog, django_capture_on_commit_callbacks):
    tried = []

    def refuse(name, **options):
        tried.append(name)
        raise ConnectionRefusedError("nobody there")

    monkeypatch.setattr(current_app, "send_task", refuse)
    with django_capture_on_commit_callbacks(execute=True):
        wake("notices.send", 7)
        wake("notices.send", 8)
    assert tried == ["notices.send"]
    assert "could not wake notices.send" in caplog.text
    monkeypatch.setattr(waking, "_silent_until", 0.0)
    with django_capture_on_commit_callbacks(execute=True):
        wake("notices.send", 9)
    assert len(tried) == 2
