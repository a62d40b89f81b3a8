"""`script/server` refuses in one sentence, before anything is started."""

import os
import shutil
import socket
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def checkout(tmp_path):
    """A folder with the scripts alone: what refuses early needs nothing else."""
    shutil.copytree(ROOT / "script", tmp_path / "script", ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "var").mkdir()
    return tmp_path


def start(folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command as a shell would; a refusal takes well under a second."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return subprocess.run(
        ["bash", str(folder / "script" / "server")],
        env={"PATH": path, "HOME": str(folder), **environment},
        capture_output=True,
        text=True,
        timeout=30,
    )


def refusal(done: subprocess.CompletedProcess[str]) -> str:
    """The one sentence; nothing else was printed and the code is 1."""
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.count("\n") == 1
    return done.stderr


def test_a_taken_port_is_refused(checkout):
    with closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        sentence = refusal(start(checkout, PORT=str(port)))
    assert f"Port {port} on 127.0.0.1" in sentence
    assert "PORT=" in sentence.split(".", 1)[1]
    assert not (checkout / ".venv").exists()


def test_a_second_start_in_the_same_folder_is_refused(checkout):
    import fcntl

    with (checkout / "var" / "server.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        lock.write("process 4711, http://127.0.0.1:8000")
        lock.flush()
        sentence = refusal(start(checkout, PORT="1"))
    assert "process 4711, http://127.0.0.1:8000" in sentence
    assert "Ctrl-C" in sentence


@pytest.mark.parametrize("port", ["http", "0", "65536", "-1", "８０"])
def test_an_odd_port_is_refused(checkout, port):
    assert "PORT" in refusal(start(checkout, PORT=port))


def test_an_odd_host_is_refused(checkout):
    assert "HOST" in refusal(start(checkout, HOST="256.1.1.1.1"))


def test_python_missing_is_said(checkout, tmp_path):
    empty = tmp_path / "bin"
    empty.mkdir()
    for name in ("bash", "dirname"):
        (empty / name).symlink_to(shutil.which(name))
    environment = {"PATH": str(empty)}
    done = subprocess.run(
        [str(empty / "bash"), str(checkout / "script" / "server")], env=environment, capture_output=True, text=True
    )
    assert "apt-get install python3" in refusal(done)
