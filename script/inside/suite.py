"""The whole suite: PostgreSQL and the browser, the SQLite file, what runs alone, linters. Runs in the environment.

Two parts fill both cores by themselves and run one after another. What runs alone waits more than it works (for
workers that start, for leases that end): both databases' and the linters go at the same time, each in a process of its
own, and what each says comes when it ends.

script/test                      everything
script/test --full               everything, with every page at every width and scheme in the browser
script/test PATH -k WORD …       one pytest run with these arguments, with the services that were found
"""

import os
import re
import subprocess
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import lint
from databases import Databases
from house import PYTHON, ROOT, VAR, Refusal, child_environment, say
from services import Services, find_browser

# What a shell may have set for the product and tests must not inherit.
OURS = ("DATABASE_URL", "CELERY_BROKER_URL", "CACHE_URL", "EMAIL_URL", "DEFAULT_FROM_EMAIL", "SITE_URL", "SECRET_KEY")
OURS += (
    "DEBUG",
    "ALLOWED_HOSTS",
    "ALLOW_HTTP",
    "MEDIA_ROOT",
    "STORAGE_URL",
    "TIME_ZONE",
    "LANGUAGE_CODE",
    "HOST",
    "PORT",
)
OURS += ("SERVER_TIMING", "SEED_DEMO", "TRUSTED_PROXIES")
NO_TESTS = 5  # pytest's exit code
APART = {".venv", ".git", "var", "node_modules", "static", "templates", "locale"}  # as norecursedirs in pytest.ini
CORES = max(1, min(4, os.cpu_count() or 1))  # more gain little: each begins with a world of its own


class Suite:
    """One run: its parts, their counts, what failed and what could not run."""

    def __init__(self, services, browser, *, full):
        self.services = services
        self.run = str(os.getpid())
        self.counts = Counter()
        self.failed = []
        self.left_out = []
        self.environment = self.base(browser, full)
        self.sqlite = Databases(f"sqlite:///{VAR / 'tests.sqlite3'}", self.run)
        self.postgres = Databases(services.database_url, self.run) if services.database_url else None
        if self.postgres is None:
            self.left_out.append("PostgreSQL: every test ran on a SQLite file instead")
        if services.redis_url is None:
            self.left_out.append("Redis: the tests marked redis")
        self.browser = browser
        if browser is None:
            self.left_out.append("Browser: the tests marked browser (apt-get install chromium)")

    def base(self, browser, full):
        """The environment of every part."""
        environment = {k: v for k, v in child_environment().items() if k not in OURS}
        environment |= {"TEST_DB_SUFFIX": self.run, "TEST_REDIS_URL": self.services.redis_url or ""}
        environment |= {"TEST_BROWSER": browser or "", "TEST_FULL": "1" if full else ""}
        return environment

    def everything(self):
        """All parts; a failure in one does not keep the next from running."""
        first = self.postgres or self.sqlite
        for databases in filter(None, (self.postgres, self.sqlite)):
            if not databases.make(self.environment):
                self.failed.append("the test database could not be made")
                return
        redis = "" if self.services.redis_url else " and not redis"
        alone = f"(serial or redis) and not browser{redis}"
        browser = "" if self.browser else " and not browser"
        self.part("every test", first, f"not serial and not redis{browser}", cores=CORES)
        if self.postgres:
            self.part("SQLite file", self.sqlite, "both and not serial and not browser and not redis", cores=CORES)
        quiet = [(self.lint,), (self.part, "alone", first, alone, True)]
        if self.postgres:
            quiet += [(self.part, "SQLite file, alone", self.sqlite, f"both and {alone}", True)]
        with ThreadPoolExecutor(len(quiet)) as together:
            for done in [together.submit(*one) for one in quiet]:
                done.result()

    def lint(self):
        """The linters, beside what waits."""
        start, said = time.monotonic(), []
        self.failed += [f"lint: {tool}" for tool in lint.run(say=said.append)]
        say("\n".join(["\n----- linters", *said, f"----- linters: {time.monotonic() - start:.0f} s"]))

    def part(self, name, databases, marks, quiet=False, *, cores=0):
        """One pytest run over the tests with these marks; its counts go into the sum. A quiet one speaks last."""
        start = time.monotonic()
        say(f"\n----- {name}{' begins' if quiet else ''}")
        command = [str(PYTHON), "-m", "pytest", "--color=no", "--durations=5", "--reuse-db", "-m", marks]
        command += files_with(marks)
        command += ["-n", str(cores), "--dist", "worksteal"] if cores else []
        environment = self.environment | databases.copies(re.sub(r"\W", "", name).lower(), cores=cores)
        code, said = self.watched(command, environment, aloud=not quiet)
        last = ([line for line in said if re.search(r"\bin \d+\.\d+s", line)] or [""])[-1]
        for number, word in re.findall(r"(\d+) (passed|failed|errors?|skipped|xfailed|xpassed)", last):
            self.counts[word.removesuffix("s") if word.startswith("error") else word] += int(number)
        if code not in (0, NO_TESTS):
            self.failed.append(f"tests: {name}")
        say(f"{''.join(said) if quiet else ''}----- {name}: {time.monotonic() - start:.0f} s")

    def watched(self, command, environment, *, aloud):
        """Run it, show what it says when aloud; returns its exit code and its lines."""
        said = []
        process = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        for line in process.stdout:
            said.append(line)
            if aloud:
                print(line, end="", flush=True)
        return process.wait(), said

    def close(self, seconds):
        """Say loudly what did not run and what failed, then a closing line in pytest's form; returns the exit code."""
        strict = os.environ.get("CI", "").lower() in ("1", "true", "yes")
        if self.left_out:
            line = "!" * 78
            say("\n".join(["", line, "DID NOT RUN", *(f"  {part}" for part in self.left_out), line]))
        if strict and self.left_out:
            self.failed.append("CI=true, and a part did not run")
        if not self.counts["passed"]:
            self.failed.append("no test passed")
        for what in self.failed:
            say(f"FAILED {what}")
        words = [
            f"{self.counts[word]} {word}" for word in ("failed", "passed", "skipped", "error") if self.counts[word]
        ]
        summary = f" {', '.join(words) or 'no tests ran'} in {seconds:.2f}s "
        say("\n" + summary.center(78, "="))
        return 1 if self.failed else 0

    def clean(self):
        """Remove the databases of this run."""
        for databases in filter(None, (self.postgres, self.sqlite)):
            databases.clean()


def files_with(marks):
    """The files that hold a test with one of these marks: reading the others takes seconds in each process. All of
    them (none named) where tests without a mark are wanted."""
    wanted = set(re.findall(r"(?<!not )\b(both|serial|redis|browser)\b", marks))
    if not wanted:
        return []
    written = re.compile(rf"\bmark\.({'|'.join(sorted(wanted))})\b")
    tests = [path for room in ROOT.iterdir() if room.name not in APART for path in room.rglob("test_*.py")]
    return sorted(str(path.relative_to(ROOT)) for path in tests if written.search(path.read_text()))


def wanted():
    """Whether services are wanted: SERVICES=none leaves them out."""
    value = os.environ.get("SERVICES", "")
    if value not in ("", "none"):
        raise Refusal(f"SERVICES is {value!r}. Leave it unset, or write none.")
    return value == ""


def one_run(suite, arguments):
    """A single pytest run with the caller's own arguments; pytest's exit code."""
    if suite.left_out:
        print(f"Not there: {'; '.join(suite.left_out)}", file=sys.stderr)
    environment = suite.environment | {"DATABASE_URL": (suite.postgres or suite.sqlite).url}
    return subprocess.run([str(PYTHON), "-m", "pytest", *arguments], cwd=ROOT, env=environment).returncode


def main(arguments):
    """Find services, run, close; the exit code."""
    start = time.monotonic()
    full = "--full" in arguments
    arguments = [argument for argument in arguments if argument != "--full"]
    compiled = subprocess.run([str(PYTHON), "script/inside/messages.py", "compile"], cwd=ROOT)
    services = Services()
    suite = None
    try:
        suite = Suite(services.find(wanted()), find_browser(), full=full)
        if arguments:
            return one_run(suite, arguments)
        suite.everything()
        return suite.close(time.monotonic() - start) or compiled.returncode
    finally:
        if suite:
            suite.clean()
        services.close()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
