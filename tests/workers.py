"""A real Celery worker with beat as a process of its own, that a test may kill, and the mail it leaves."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from email.parser import BytesHeaderParser
from pathlib import Path
from typing import Any

from django.db import connection

ROOT = Path(__file__).resolve().parent.parent
#: Seconds without any change after which nothing more is expected of a worker: a start on a busy machine takes twenty.
STILL = 60.0


@dataclass
class Workplace:
    """Where one test's workers live: the test's database, a broker, a folder for all else."""

    folder: Path
    broker_url: str

    @property
    def mail(self) -> Path:
        """Where the mails lie."""
        return self.folder / "mail"

    def environment(self, **more: str) -> dict[str, str]:
        """What the processes see."""
        return os.environ | {
            "DJANGO_SETTINGS_MODULE": "tests.worker_settings",
            "DATABASE_URL": database_url(),
            "CELERY_BROKER_URL": self.broker_url,
            "EMAIL_URL": f"filemail://{self.mail}",
            "WORKER_FOLDER": str(self.folder),
            "SITE_URL": "http://127.0.0.1:8000",
            **more,
        }

    def run(self, code: str) -> None:
        """Run Python code with the workers' settings, as a web process would."""
        command = [sys.executable, "manage.py", "shell", "--no-imports", "-c", code]
        subprocess.run(command, cwd=ROOT, env=self.environment(), check=True, capture_output=True, timeout=60)


class Worker:
    """One worker process with its children and beat; `kill` ends all of them between two instructions."""

    def __init__(self, workplace: Workplace, *, beat: bool = True, **environment: str) -> None:
        self.log = workplace.folder / f"worker-{time.monotonic_ns()}.log"
        command = [sys.executable, "-m", "celery", "--app", "tests.worker_app", "--quiet", "worker"]
        command += ["--concurrency", "2", "--loglevel", "INFO", "--without-gossip", "--without-mingle"]
        command += ["--without-heartbeat", *(["--beat"] if beat else [])]
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                command,
                cwd=ROOT,
                env=workplace.environment(**environment),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def wait_until(
        self,
        ready: Callable[[], bool],
        *,
        seconds: float,
        what: str,
        how_far: Callable[[], object] = lambda: None,
        still: float = STILL,
    ) -> None:
        """Look twenty times a second. Fails the test when the time is over, when the worker has ended, or when
        `how_far`, which changes while there is work being done, has stood still for `still` seconds: then nothing more
        is to come. It says which, how far the work is, and the end of the worker's log."""
        began = moved = time.monotonic()
        before = how_far()
        while not ready():
            now, after = time.monotonic(), how_far()
            if after != before:
                moved, before = now, after
            reason = ""
            if self.process.poll() is not None:
                reason = f"the worker has ended with {self.process.returncode}"
            elif after is not None and now - moved > still:
                reason = f"nothing has moved for {still:.0f} s"
            elif now - began > seconds:
                reason = f"{seconds:.0f} s are over"
            if reason:
                log = self.log.read_text(errors="replace")[-3000:]
                raise AssertionError(f"still not: {what}; {reason}; now: {after}\n{log}")
            time.sleep(0.05)

    def kill(self) -> None:
        """SIGKILL for the whole group."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(10)

    def __enter__(self) -> "Worker":
        return self

    def __exit__(self, *_: Any) -> None:
        self.kill()


def database_url() -> str:
    """The test's own database, as an address."""
    settings = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{settings['NAME']}"
    password = f":{settings['PASSWORD']}" if settings["PASSWORD"] else ""
    port = settings["PORT"] or 5432
    return f"postgres://{settings['USER']}{password}@{settings['HOST'] or '127.0.0.1'}:{port}/{settings['NAME']}"


def count_mails(folder: Path) -> int:
    """How many mails lie there; a mail half written is hidden."""
    return sum(1 for path in folder.glob("*.eml")) if folder.exists() else 0


@dataclass
class Mails:
    """What arrived, by address and kind."""

    # How often each (address, kind) arrived.
    times: Counter[tuple[str, str]]
    # Under which Message-IDs.
    ids: dict[tuple[str, str], set[str]]

    @property
    def repeats(self) -> int:
        """How many mails came on top of the first of their kind to an address."""
        return sum(self.times.values()) - len(self.times)

    @property
    def under_other_ids(self) -> list[tuple[str, str]]:
        """Who got a second one that could not be recognised as the same."""
        return [who for who, ids in self.ids.items() if len(ids) > 1]


def read_mails(folder: Path) -> Mails:
    """Read the headers of all mails in the folder."""
    times: Counter[tuple[str, str]] = Counter()
    ids: dict[tuple[str, str], set[str]] = defaultdict(set)
    for path in folder.glob("*.eml"):
        with path.open("rb") as file:
            headers = BytesHeaderParser().parse(file)
        who = (headers["To"].split("<")[-1].rstrip(">"), headers["X-Notice-Kind"])
        times[who] += 1
        ids[who].add(headers["Message-ID"])
    return Mails(times, ids)
