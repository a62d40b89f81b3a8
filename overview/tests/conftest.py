"""What the tests of the overview share."""

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest
import time_machine

from supervision.tests.factories import NOW, Stage, stage_of


@pytest.fixture(scope="module")
def dua(shared: Callable[..., Any]) -> Stage:
    """The programme that a file's tests share."""
    with time_machine.travel(NOW, tick=False):
        return shared(stage_of, "dua")


@pytest.fixture
def stage(dua: Stage) -> Stage:
    """It, as it was installed."""
    return deepcopy(dua)
