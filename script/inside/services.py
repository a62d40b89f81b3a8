"""PostgreSQL, Redis and a browser for tests: those asked for, else those that are there, else private ones."""

import glob
import os
import shutil
import socket
import subprocess
import tempfile
import time
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import redis
from house import Refusal, install_packages, may_install, say

WAIT = 30  # seconds for a private server to answer


class Services:
    """What the tests may talk to; `close` ends what was started here and removes its folder."""

    def __init__(self):
        self.database_url = None
        self.redis_url = None
        self.started = []
        self.folder = None

    def find(self, wanted):
        """Look for both, unless wanted is False; an address that is given but dead is refused."""
        if wanted:
            self.database_url = self.given("TEST_DATABASE_URL", postgres_answers) or self.find_postgres()
            self.redis_url = self.given("TEST_REDIS_URL", redis_answers) or self.find_redis()
        return self

    def given(self, name, answers):
        """The address in the environment; one that does not answer fails the run."""
        url = os.environ.get(name)
        if url and not answers(url):
            raise Refusal(
                f"{name} is set to {without_password(url)}, but nothing there lets us in. Start it or unset {name}."
            )
        return url

    def find_postgres(self):
        """On the standard port without a password, else a private one."""
        user = os.environ.get("USER") or "root"
        for name in dict.fromkeys((user, "postgres")):
            url = f"postgres://{name}@127.0.0.1:5432/postgres"
            if postgres_answers(url):
                return url
        binary = postgres_folder()
        if binary is None and may_install() and install_packages(["postgresql"]):
            binary = postgres_folder()
        return self.private_postgres(binary) if binary else None

    def private_postgres(self, binary):
        """A server of our own in a temporary folder, on loopback, as a user without rights."""
        folder, port = self.room("postgres"), free_port()
        initdb = [f"{binary}/initdb", "-D", f"{folder}/data", "-U", "postgres", "-A", "trust", "-E", "UTF8"]
        subprocess.run([*initdb, "--locale=C.UTF-8", "--no-sync"], check=True, capture_output=True, **unprivileged())
        command = [f"{binary}/postgres", "-D", f"{folder}/data", "-p", str(port), "-k", str(folder), "-F"]
        self.start([*command, "-h", "127.0.0.1", "-c", "max_connections=200"], folder)
        url = f"postgres://postgres@127.0.0.1:{port}/postgres"
        return url if within(WAIT, lambda: postgres_answers(url)) else None

    def find_redis(self):
        """On the standard port, else a private one."""
        url = "redis://127.0.0.1:6379/0"
        if redis_answers(url):
            return url
        binary = shutil.which("redis-server")
        if binary is None and may_install() and install_packages(["redis-server"]):
            binary = shutil.which("redis-server")
        if binary is None:
            return None
        folder, port = self.room("redis"), free_port()
        command = [binary, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
        self.start([*command, "--dir", str(folder)], folder)
        url = f"redis://127.0.0.1:{port}/0"
        return url if within(WAIT, lambda: redis_answers(url)) else None

    def room(self, name):
        """A folder of the unprivileged user's own."""
        if self.folder is None:
            self.folder = Path(tempfile.mkdtemp(prefix="supervision-test-"))
            self.folder.chmod(0o755)
        folder = self.folder / name
        folder.mkdir(mode=0o700)
        if "user" in unprivileged():
            shutil.chown(folder, unprivileged()["user"])
        return folder

    def start(self, command, folder):
        """Begin a server; what it says goes to a file beside its data."""
        log = (self.folder / f"{folder.name}.log").open("wb")
        process = subprocess.Popen(command, stdout=log, stderr=log, stdin=subprocess.DEVNULL, **unprivileged())
        self.started.append(process)

    def close(self):
        """End what was started here."""
        for process in self.started:
            process.terminate()
        for process in self.started:
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
        if self.folder:
            shutil.rmtree(self.folder, ignore_errors=True)


def unprivileged():
    """Arguments that make a process run as a user without rights, where we are root."""
    if os.geteuid():
        return {"cwd": "/"}
    return {"user": "nobody", "group": "nogroup", "extra_groups": [], "cwd": "/"}


def postgres_answers(url):
    """Whether we get in and may create databases."""
    try:
        with psycopg.connect(url, connect_timeout=3) as connection:
            row = connection.execute(
                "SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user"
            ).fetchone()
            return bool(row and row[0])
    except psycopg.Error:
        return False


def redis_answers(url):
    """Whether it answers a ping."""
    try:
        with closing(redis.Redis.from_url(url, socket_timeout=3, socket_connect_timeout=3)) as client:
            return bool(client.ping())
    except (redis.RedisError, ValueError):
        return False


def postgres_folder():
    """Where initdb and postgres lie, the newest version first."""
    on_path = shutil.which("initdb")
    folders = [os.path.dirname(on_path)] if on_path else []
    folders += sorted(glob.glob("/usr/lib/postgresql/*/bin"), key=version_of, reverse=True)
    return next((folder for folder in folders if os.path.exists(f"{folder}/initdb")), None)


def version_of(folder):
    """The number in /usr/lib/postgresql/15/bin."""
    return int("0" + "".join(filter(str.isdigit, folder.split("/")[-2])))


def find_browser():
    """The path of a Chromium, installed when root on Debian; None where there is none."""
    names = ("chromium", "chromium-browser", "google-chrome")
    found = next((path for name in names if (path := shutil.which(name))), None)
    if found is None and may_install():
        say("The browser tests need Debian's chromium")
        if install_packages(["chromium"]):
            found = shutil.which("chromium")
    return found


def free_port():
    """A port on loopback that nobody uses now."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def within(seconds, ready):
    """Ask until it is ready or the time is over."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if ready():
            return True
        time.sleep(0.1)
    return False


def without_password(url):
    """An address that may be shown."""
    parts = urlsplit(url)
    return url.replace(f":{parts.password}@", ":…@") if parts.password else url
