"""The machine under the product: system packages, the virtual environment, and one sentence when something is missing.

Standard library only: this runs before anything of ours is installed.
"""

import ctypes
import ctypes.util
import fcntl
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
VAR = ROOT / "var"
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"

# Debian's package, and what the systems call the library in it. Without the last a certificate takes 25 times as long.
LIBRARIES = {
    "libpango-1.0-0": ("libpango-1.0.so.0", "pango-1.0"),
    "libpangoft2-1.0-0": ("libpangoft2-1.0.so.0", "pangoft2-1.0"),
    "libharfbuzz-subset0": ("libharfbuzz-subset.so.0", "harfbuzz-subset"),
}


class Refusal(SystemExit):
    """One sentence that says what is wrong and which command helps; exit code 1."""

    def __init__(self, sentence):
        super().__init__(1)
        print(sentence, file=sys.stderr, flush=True)


def say(sentence):
    """One line of progress."""
    print(sentence, flush=True)


def python_is_new_enough():
    """Refuse an interpreter older than the product needs."""
    if sys.version_info < (3, 11):
        raise Refusal(
            f"Python {sys.version.split()[0]} is too old: 3.11 or later is needed (apt-get install python3)."
        )


def missing_packages():
    """Debian's names of the system packages that are not there."""
    missing = [package for package, names in LIBRARIES.items() if not any(_loads(name) for name in names)]
    if importlib.util.find_spec("ensurepip") is None or importlib.util.find_spec("venv") is None:
        missing.insert(0, "python3-venv")
    return missing


def _loads(name):
    """Whether the dynamic linker knows the library."""
    try:
        ctypes.CDLL(name if ".so" in name else ctypes.util.find_library(name) or name)
    except OSError:
        return False
    return True


def need_system_packages():
    """Install what is missing when root on Debian, else refuse with the exact command."""
    missing = missing_packages()
    if missing and not (may_install() and install_packages(missing)):
        command = f"apt-get install --no-install-recommends {' '.join(missing)}"
        raise Refusal(f"System packages are missing. As root on Debian: {command}")


def may_install():
    """Whether this is root on a Debian, which then installs what is missing."""
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def install_packages(packages):
    """apt-get install, with one update when the lists are old; returns whether it worked."""
    say(f"Installing system packages: {' '.join(packages)}")
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "--yes", "-qq", "--no-install-recommends", *packages]
    for command in (install, ["apt-get", "update", "-qq"], install):
        done = subprocess.run(command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True)
        if command is install and done.returncode == 0:
            return True
    print(done.stderr[-2000:], file=sys.stderr)
    return False


def environment_is_ready(*, tests):
    """Whether the virtual environment is the one that requirements and Python ask for."""
    return PYTHON.exists() and _stamp_file(tests).exists() and _stamp_file(tests).read_text() == _stamp(tests)


def need_environment(*, tests=False):
    """Build the virtual environment when requirements or the Python changed; else download nothing."""
    VAR.mkdir(exist_ok=True)
    with locked(VAR / "setup.lock", wait=True):
        if environment_is_ready(tests=tests):
            return
        if not environment_is_ready(tests=False):
            _build()
        if tests:
            _install("requirements-dev.txt", "test tools")
            _stamp_file(True).write_text(_stamp(True))


def _build():
    """A new environment with the run requirements; the stamp is written last, so a broken build is built again."""
    say("Preparing the Python environment in .venv (first start, or requirements changed)")
    _run([sys.executable, "-m", "venv", "--clear", str(VENV)], "python3 -m venv failed (apt-get install python3-venv)")
    pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes"]
    _run([*pip, "-r", "script/uv.txt"], "pip could not install uv; is a package index within reach?")
    _install("requirements.txt", "packages")
    _stamp_file(False).write_text(_stamp(False))


def _install(requirements, what):
    say(f"Installing {what} from {requirements}")
    command = [str(VENV / "bin" / "uv"), "pip", "install", "--quiet", "--require-hashes", "-r", requirements]
    _run(command, f"uv could not install {requirements}; is a package index within reach?")


def _run(command, sentence):
    environment = os.environ | {"VIRTUAL_ENV": str(VENV)}
    environment.pop("PYTHONPATH", None)
    if subprocess.run(command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL).returncode:
        raise Refusal(sentence)


def _stamp_file(tests):
    return VENV / ("stamp-tests" if tests else "stamp-run")


def _stamp(tests):
    """What the environment was built from: the Python that runs this, and each list of requirements."""
    digest = hashlib.sha256(f"{os.path.realpath(sys.executable)} {sys.version}".encode())
    for name in ("script/uv.txt", "requirements.txt", *(["requirements-dev.txt"] if tests else [])):
        digest.update((ROOT / name).read_bytes())
    return digest.hexdigest()


@contextmanager
def locked(path, *, wait):
    """Hold the file's lock; yields the open file, or None at once when another holds it and wait is False."""
    with path.open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield None
            return
        yield file


def child_environment(**extra):
    """The environment of our own processes: no inherited virtual environment or Python path, plus what is given.

    What Python compiles is kept in var/, also where a shell forbids it to lie beside the code: each process would
    else compile two thousand files.
    """
    left_out = ("PYTHONPATH", "PYTHONHOME", "PYTHONDONTWRITEBYTECODE", "DJANGO_SETTINGS_MODULE")
    environment = {k: v for k, v in os.environ.items() if k not in left_out}
    environment |= {"VIRTUAL_ENV": str(VENV), "PYTHONUNBUFFERED": "1", "PYTHONPYCACHEPREFIX": str(VAR / "pycache")}
    environment["PATH"] = f"{VENV / 'bin'}{os.pathsep}{environment.get('PATH', os.defpath)}"
    return environment | extra


def main(arguments):
    """`house.py` makes the environment ready to run, `house.py tests` to test as well."""
    python_is_new_enough()
    need_system_packages()
    need_environment(tests="tests" in arguments)


if __name__ == "__main__":
    main(sys.argv[1:])
