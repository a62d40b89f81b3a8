"""The worker's application: a tick each minute, JSON only, and an embedded broker that keeps its folders small."""

import os
import time

import pytest

from config.celery import DAY, app, sweep
from config.environment import Environment


def test_beat_only_ticks():
    tick = app.conf.beat_schedule["tick"]
    assert tick["task"] == "notices.tick"
    assert tick["options"]["expires"] == 50
    assert tick["schedule"].minute == set(range(60))
    assert app.conf.timezone == "UTC"


def test_messages_are_json_and_nothing_else():
    assert app.conf.accept_content == ["json"]
    assert app.conf.task_serializer == "json"
    assert app.conf.result_backend is None


def test_every_scheduled_task_exists():
    app.loader.import_default_modules()
    assert {entry["task"] for entry in app.conf.beat_schedule.values()} <= set(app.tasks)


def test_messages_done_more_than_a_day_ago_are_removed(tmp_path):
    now = time.time()
    for name, age in {"old": DAY + 60, "new": DAY - 60}.items():
        (tmp_path / name).touch()
        os.utime(tmp_path / name, (now - age, now - age))
    assert sweep(tmp_path, older_than=now - DAY) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["new"]


@pytest.mark.parametrize("url", ["redis://127.0.0.1:6379/0", "rediss://example.org/1"])
def test_redis_is_known(tmp_path, url):
    assert Environment({"CELERY_BROKER_URL": url}, var_dir=tmp_path).broker() == (url, "")
