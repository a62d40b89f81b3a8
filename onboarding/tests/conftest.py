"""What the tests of bringing in share."""

from collections.abc import Callable
from typing import Any

import pytest

from onboarding.tests.sheets import network


@pytest.fixture(scope="module")
def fjordnett(shared: Callable[..., Any]) -> None:
    """The network that the tests of a file bring people into: installing its programme is most of their time."""
    shared(network)
