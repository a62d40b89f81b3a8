"""Web, worker and beat are children of one script: they end together."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

INSIDE = Path(__file__).resolve().parent.parent / "script" / "inside"
PROGRAM = """
import os, sys
sys.path.insert(0, sys.argv[1])
from serve import Children
children = Children(dict(os.environ))
long = [sys.executable, "-c", "import time; time.sleep(60)"]
short = [sys.executable, "-c", "import sys; sys.exit(3)"]
def announcement():
    for name, process in children.processes.items():
        os.write(1, f"{name} {process.pid}\\n".encode())
    yield
sys.exit(children.run({"web": long, "worker": short if "fail" in sys.argv else long}, announcement))
"""


def begin(*arguments: str) -> subprocess.Popen[str]:
    """The supervisor with two small programs in place of the real ones."""
    command = [sys.executable, "-c", PROGRAM, str(INSIDE), *arguments]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def gone(pid: int) -> bool:
    """Whether no such process is left (a few seconds are allowed for it to go)."""
    for _ in range(50):
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.1)
    return False


def children_of(supervisor: subprocess.Popen[str]) -> list[int]:
    """The process numbers that it prints, once both programs run."""
    return [int(supervisor.stdout.readline().split()[1]) for _ in range(2)]


def test_when_one_ends_all_end():
    out, err = (supervisor := begin("fail")).communicate(timeout=30)
    assert supervisor.returncode == 1
    assert "The worker process ended by itself" in err
    pids = [int(line.split()[1]) for line in out.splitlines() if line.startswith("web")]
    assert all(gone(pid) for pid in pids)


def test_ctrl_c_stops_all():
    supervisor = begin()
    pids = children_of(supervisor)
    supervisor.send_signal(signal.SIGINT)
    supervisor.communicate(timeout=30)
    assert supervisor.returncode == 0
    assert len(pids) == 2
    assert all(gone(pid) for pid in pids)


def test_children_end_when_the_script_is_killed_outright():
    supervisor = begin()
    pids = children_of(supervisor)
    supervisor.kill()
    supervisor.communicate(timeout=30)
    assert len(pids) == 2
    assert all(gone(pid) for pid in pids)
