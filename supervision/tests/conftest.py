"""What the tests of sessions share."""

from collections.abc import Iterator

import pytest
import time_machine

from supervision.tests.factories import NOW


@pytest.fixture(autouse=True)
def _tuesday() -> Iterator[None]:
    """Tuesday 24 November 2026, 10:00 in Oslo."""
    with time_machine.travel(NOW, tick=False):
        yield
