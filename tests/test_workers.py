"""A wait for a worker that is in vain ends soon, and says why."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.workers import Worker

SLEEPS = "import time; time.sleep(60)"


class Idle(Worker):
    """A process that runs some code and is no worker."""

    def __init__(self, folder: Path, code: str) -> None:
        self.log = folder / "idle.log"
        self.log.write_text("the end of the log")
        self.process = subprocess.Popen([sys.executable, "-c", code], start_new_session=True)


@pytest.mark.parametrize(
    ("code", "seconds", "still", "reason"),
    [
        (SLEEPS, 30, 0.2, "nothing has moved for 0 s"),
        (SLEEPS, 0.2, 30, "0 s are over"),
        ("raise SystemExit(3)", 30, 30, "the worker has ended with 3"),
    ],
)
def test_a_wait_in_vain_says_why(tmp_path: Path, code: str, seconds: float, still: float, reason: str) -> None:
    with Idle(tmp_path, code) as worker, pytest.raises(AssertionError) as failed:
        worker.wait_until(lambda: False, seconds=seconds, what="a mail", how_far=lambda: "1 of 2", still=still)
    assert str(failed.value) == f"still not: a mail; {reason}; now: 1 of 2\nthe end of the log"


def test_while_something_moves_the_wait_goes_on(tmp_path: Path) -> None:
    """Longer than it may stand still: each look finds one more."""
    steps = iter(range(1000))
    with Idle(tmp_path, SLEEPS) as worker:
        seen: list[int] = []
        worker.wait_until(
            lambda: len(seen) > 12, seconds=30, what="12 steps", how_far=lambda: seen.append(next(steps)) or len(seen),
            still=0.2,
        )  # fmt: skip
    assert len(seen) >= 12
