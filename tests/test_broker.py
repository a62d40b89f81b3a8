"""The embedded broker survives writers that are killed in mid-write."""

import os
from collections.abc import Iterator
from pathlib import Path
from queue import Empty
from typing import Any

import pytest
from kombu import Connection

from config import broker
from config.celery import sweep


@pytest.fixture
def channel(tmp_path: Path) -> Iterator[Any]:
    folders = {
        "data_folder_in": "in",
        "data_folder_out": "in",
        "processed_folder": "done",
        "control_folder": "control",
    }
    for name in folders.values():
        (tmp_path / name).mkdir(exist_ok=True)
    options = {option: str(tmp_path / name) for option, name in folders.items()} | {"store_processed": True}
    with Connection("filesystem://", transport_options=options) as connection:
        yield connection.channel()


def files(folder: Path) -> list[Path]:
    return sorted(folder.iterdir())


def test_filesystem_means_our_transport(channel) -> None:
    assert isinstance(channel, broker.Channel)


def test_a_message_comes_out_as_it_went_in(channel, tmp_path) -> None:
    channel._put("celery", {"number": 1})
    assert [path.name.split(".", 1)[1] for path in files(tmp_path / "in")] == ["celery.msg"]
    assert channel._get("celery") == {"number": 1}
    with pytest.raises(Empty):
        channel._get("celery")


@pytest.mark.parametrize("half", ["", '{"number": ', "\udcff".encode("utf-8", "surrogateescape")])
def test_half_a_message_is_passed_over_and_the_next_one_taken(channel, tmp_path, half) -> None:
    (tmp_path / "in" / "0_x.celery.msg").write_bytes(half if isinstance(half, bytes) else half.encode())
    channel._put("celery", {"number": 2})
    assert channel._get("celery") == {"number": 2}


def test_nobody_sees_a_message_that_is_being_written(channel, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(Path, "replace", lambda draft, path: None)  # killed just before
    channel._put("celery", {"number": 1})
    with pytest.raises(Empty):
        channel._get("celery")


@pytest.mark.parametrize("half", ["", '[["celery", "'])
def test_half_a_table_of_queues_is_written_anew(channel, tmp_path, half) -> None:
    table = tmp_path / "control" / "celery.exchange"
    table.write_text(half)
    assert channel.get_table("celery") == []
    channel._queue_bind("celery", "celery", "", "celery")
    channel._queue_bind("celery", "other", "", "other")
    channel._queue_bind("celery", "celery", "", "celery")
    assert sorted(row.queue for row in channel.get_table("celery")) == ["celery", "other"]


def test_old_messages_are_swept(tmp_path) -> None:
    for name, age in (("old", 200), ("new", 10)):
        (tmp_path / name).touch()
        os.utime(tmp_path / name, (1000 - age, 1000 - age))
    assert sweep(tmp_path, older_than=900) == 1
    assert [path.name for path in files(tmp_path)] == ["new"]
