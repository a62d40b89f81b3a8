"""One world for every file of the sweep: it takes longer to make than most of them to run."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

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
