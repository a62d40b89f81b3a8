"""One script, three children: web, worker and beat. When one ends all end; Ctrl-C stops all.

Standard library only. Everything that can be refused is refused before anything is started.
"""

import ctypes
import json
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress

from house import (
    PYTHON,
    ROOT,
    VAR,
    Refusal,
    child_environment,
    locked,
    need_environment,
    need_system_packages,
    python_is_new_enough,
    say,
)

PATIENCE = 15  # seconds that children have to finish what they do
PR_SET_PDEATHSIG = 1


def main():
    """Refuse what cannot work, prepare, run until told to stop."""
    python_is_new_enough()
    host, port = address()
    VAR.mkdir(exist_ok=True)
    with locked(VAR / "server.lock", wait=False) as lock:
        if lock is None:
            raise Refusal(
                f"This folder already serves: {running()}. Stop it there with Ctrl-C, or use another folder."
            )
        need_free_port(host, port)
        need_system_packages()
        need_environment()
        site_url = os.environ.get("SITE_URL") or f"http://{in_url(host)}:{port}"
        note(lock, site_url)
        environment = child_environment(SITE_URL=site_url, HOST=host, PORT=str(port))
        prepare(environment)
        sys.exit(Children(environment).run(commands(host, port), lambda: announce(site_url, host, port)))


def address():
    """HOST and PORT, or a refusal."""
    host = os.environ.get("HOST") or "127.0.0.1"
    port = os.environ.get("PORT") or "8000"
    if not (port.isascii() and port.isdigit() and 1 <= int(port) <= 65535):
        raise Refusal(f"PORT is {port!r}. Give a number from 1 to 65535, such as PORT=8001 script/server")
    return host, int(port)


def in_url(host):
    """The host as an address writes it: IPv6 in brackets."""
    return f"[{host}]" if ":" in host else host


def need_free_port(host, port):
    """Bind once and let go; a port that cannot be had is refused."""
    try:
        family, kind, proto, _, target = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, proto) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(target)
    except socket.gaierror:
        raise Refusal(f"HOST is {host!r}, which is no address of this machine: HOST=127.0.0.1 script/server") from None
    except OSError as error:
        raise Refusal(
            f"Port {port} on {host} cannot be used ({error.strerror.lower()}). Choose another: "
            f"PORT={port + 1 if port < 65535 else 8001} script/server"
        ) from None


def note(lock, site_url):
    """Write into the lock file who holds it, for the sentence that a second start prints."""
    lock.truncate(0)
    lock.write(f"process {os.getpid()}, {site_url}")
    lock.flush()


def running():
    """What the holder of the lock wrote."""
    return (VAR / "server.lock").read_text().strip() or "another start is in progress"


def prepare(environment):
    """Messages, tables, static files and, on an empty database, the demo; its own sentence explains a failure."""
    for command in (["script/inside/messages.py", "compile"], ["manage.py", "prepare"]):
        done = subprocess.run([str(PYTHON), *command], cwd=ROOT, env=environment, stdin=subprocess.DEVNULL)
        if done.returncode:
            raise SystemExit(1)


def commands(host, port):
    """The three processes, by the name that a message calls them."""
    python = [str(PYTHON), "-m"]
    celery = [*python, "celery", "--app", "config", "--quiet"]
    web = [*python, "gunicorn", "config.wsgi", "--bind", f"{in_url(host)}:{port}", "--worker-class", "gthread"]
    web += ["--workers", "2", "--threads", "4", "--log-level", "warning", "--no-control-socket"]
    worker = [*celery, "worker", "--concurrency", "2", "--loglevel", "WARNING"]
    worker += ["--without-gossip", "--without-mingle", "--without-heartbeat"]
    beat = [*celery, "beat", "--loglevel", "WARNING", "--pidfile", ""]
    return {"web": web, "worker": worker, "beat": beat}


def announce(site_url, host, port):
    """Once the web process answers, print the address and the demo sign-ins; yields while it does not."""
    for _ in range(300):
        try:
            with socket.create_connection((host, port), timeout=1):
                break
        except OSError:
            yield
            time.sleep(0.1)
    say(f"\nSupervision: {site_url}   (Ctrl-C stops it)")
    if not os.environ.get("EMAIL_URL"):
        say("Mail that it sends lies in var/mail/")
    demo = VAR / "demo.json"
    if demo.exists():
        say("\nDemo sign-ins:")
        for network in json.loads(demo.read_text())["networks"]:
            say(f"  {network['name']}")
            for account in network["accounts"]:
                say(f"    {account['role']:<24} {account['email']:<40} {account['password']}")


class Children:
    """The processes of one start: begun together, ended together."""

    def __init__(self, environment):
        self.environment = environment
        self.processes = {}
        self.told_to_stop = False

    def run(self, programs, announcement):
        """Start all, announce, watch; returns the exit code: 0 when told to stop, 1 when a child ended by itself."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self.stop)
        for name, command in programs.items():
            self.processes[name] = subprocess.Popen(
                command,
                cwd=ROOT,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                start_new_session=True,
                preexec_fn=end_with_parent,
            )
        ended = self.watch(announcement())
        if ended and not self.told_to_stop:
            print(f"The {ended} process ended by itself; stopping the others.", file=sys.stderr, flush=True)
        self.end()
        return 0 if self.told_to_stop else 1

    def stop(self, *_):
        """What a signal does: the watch sees it and ends."""
        self.told_to_stop = True

    def watch(self, announcement):
        """Until told to stop or one has ended; returns the name of the one that ended, or None."""
        while not self.told_to_stop:
            for name, process in self.processes.items():
                if process.poll() is not None:
                    return name
            if next(announcement, "done") == "done":
                time.sleep(0.2)
        return None

    def end(self):
        """Ask each to finish, then end what is left of its group."""
        for process in self.processes.values():
            if process.poll() is None:
                process.terminate()
        deadline = time.monotonic() + PATIENCE
        for process in self.processes.values():
            with suppress(subprocess.TimeoutExpired):
                process.wait(max(0.1, deadline - time.monotonic()))
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def end_with_parent():
    """On Linux, end this child when the script is killed outright: a beat left alone would go on asking for work."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


if __name__ == "__main__":
    main()
