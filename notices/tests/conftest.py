"""People to tell, and kinds that exist for one test."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
import time_machine

from accounts.models import User
from notices import clock, kinds
from notices.letter import Letter, Link

NOON = dt.datetime(2026, 11, 25, 12, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def own_registries(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a test registers is gone after it, and the apps' own clock acts and kinds do not run meanwhile."""
    monkeypatch.setattr(kinds, "_kinds", {})
    monkeypatch.setattr(clock, "_acts", {})


@pytest.fixture
def noon() -> Any:
    """The clock stands at 12:00 UTC on 25 November 2026 until moved."""
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def ada(db: None) -> User:
    return User.objects.create_user("ada@example.org", name="Ada Å. Lie", language="en")


@pytest.fixture
def bo(db: None) -> User:
    return User.objects.create_user("bo@example.org", name="Bo Dahl", language="da")


def letter(notice: Any) -> Letter:
    return Letter(
        title=f"About {notice.subject}",
        paragraphs=("Something waits.",),
        why="You get this because it waits.",
        action=Link("Open it", "/waiting/"),
    )


@pytest.fixture
def kind() -> Callable[..., kinds.Kind]:
    """Registers a kind; whatever is given replaces the plain one."""

    def register(key: str = "test", **values: Any) -> kinds.Kind:
        return kinds.register(kinds.Kind(**{"key": key, "label": key, "letter": letter} | values))

    return register
