"""One world for every file of the sweep: it takes longer to make than most of them to run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from accounts.models import User
from overview import context
from overview.readers.frame import Counts, counts_for
from programmes.policies import Hat
from tests.sweep.furniture import furnish
from tests.sweep.planting import plant
from tests.sweep.window import Window, open_window
from tests.sweep.world import World, standing_world


@pytest.fixture(scope="package")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """The demo, furnished and planted; every test runs in a savepoint of its own."""
    with standing_world(django_db_blocker, furnish, plant) as world:
        yield world


@pytest.fixture(scope="package")
def window() -> Iterator[Window]:
    """Shows the world's pages to a browser."""
    with open_window() as window:
        yield window


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """First of all tests, in their order: those of one process follow one another, so that it makes the world once."""
    here = Path(__file__).parent
    items.sort(key=lambda item: here not in item.path.parents)


@pytest.fixture(scope="package")
def counted() -> dict[int, Counts]:
    """What the bar counts for each person of the world, as far as it was asked for."""
    return {}


@pytest.fixture
def _bar_counted_once(counted: dict[int, Counts], monkeypatch: pytest.MonkeyPatch) -> None:
    """For tests that only look: what waits for somebody is counted once and not for each page, a third of its time."""

    def counts(user: User, hats: Sequence[Hat]) -> Counts:
        return counted.get(user.pk) or counted.setdefault(user.pk, counts_for(user, hats))

    monkeypatch.setattr(context, "counts_for", counts)
