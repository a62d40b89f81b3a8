"""What the tests of the ladder share."""

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest
import time_machine

from certification.tests.factories import Hall, installed


@pytest.fixture(scope="module")
def dua(shared: Callable[..., Any]) -> Hall:
    """The programme that a file's tests share."""
    with time_machine.travel("2026-11-22 12:00", tick=False):
        return shared(installed, "dua")


@pytest.fixture
def hall(dua: Hall) -> Hall:
    """It, as it was installed."""
    return deepcopy(dua)
