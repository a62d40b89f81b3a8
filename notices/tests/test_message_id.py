"""Message-IDs come from the row's key."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from notices.message_id import message_id

AT = dt.datetime(2026, 11, 25, 12, tzinfo=dt.UTC)
KEY = {"kind": "reminder", "subject": "session:7", "recipient_id": 5, "due_at": AT, "host": "example.org"}


def test_it_is_the_same_for_the_same_moment_in_any_zone() -> None:
    there = KEY | {"due_at": AT.astimezone(ZoneInfo("Europe/Oslo"))}
    assert message_id(**there) == message_id(**KEY) == "<580e355d0409b7af55ff8e7aebc4a01ce42b1e6a@example.org>"


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "invitation"},
        {"subject": "session:8"},
        {"recipient_id": 6},
        {"due_at": AT + dt.timedelta(microseconds=1)},
    ],
)
def test_another_key_is_another_mail(change) -> None:
    assert message_id(**KEY | change) != message_id(**KEY)


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        message_id(**KEY | {"due_at": AT.replace(tzinfo=None)})
