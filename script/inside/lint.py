"""Everything that reads the code without running it; each tool's complaint is printed, all of them run."""

import subprocess
import sys
from pathlib import Path

from house import child_environment

ROOT = Path(__file__).resolve().parent.parent.parent
BIN = Path(sys.executable).parent
ROOMS = ("onboarding", "overview", "people", "certification", "supervision", "checklists", "practice", "coaches")
ROOMS += ("programmes", "notices", "accounts", "common", "config")
# Django's own shapes, where strict types say little; every other file of a room is read strictly.
LOOSE = {"migrations", "tests", "views", "views.py", "admin.py", "forms", "forms.py", "exports", "exports.py"}
LOOSE |= {"apps.py", "urls.py", "tasks.py", "models", "models.py", "management", "templatetags", "middleware.py"}
LOOSE |= {"broker.py", "settings.py", "settings_test.py", "celery.py", "notices.py", "adapter.py", "__init__.py"}

LAYERS = {
    "urls",
    "views",
    "tasks",
    "admin",
    "notices",
    "forms",
    "exports",
    "demo",
    "actions",
    "readers",
    "policies",
    "models",
}
APART = {"__init__", "adapter", "apps", "context", "management", "migrations", "packs", "templatetags", "tests"}


def typed_files():
    """Actions, readers, policies and files of pure reasoning: all that is not one of Django's shapes."""
    found = []
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            if not LOOSE.intersection(path.relative_to(ROOT / room).parts):
                found.append(str(path.relative_to(ROOT)))
    return found


def rooms_and_reasoning():
    """Write the contracts with every reasoning file named in its layer; returns where they lie."""
    names = set()
    for room in ROOMS[:-2]:
        files = {
            path.stem for path in (ROOT / room).iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()
        }
        names |= files - LAYERS - APART
    text = (ROOT / "pyproject.toml").read_text()
    target = ROOT / "var" / "importlinter.toml"
    target.parent.mkdir(exist_ok=True)
    target.write_text(text.replace('"(reasoning)",', f'"{" : ".join(f"({name})" for name in sorted(names))}",'))
    return str(target)


def tools():
    """Each check by its name: the command, and what it adds to the environment."""
    python = str(BIN / "python")
    manage = [python, "manage.py"]
    safe = {"SITE_URL": "https://supervision.example.org", "SECRET_KEY": "0123456789abcdefghij" * 3}
    return {
        "ruff check": ([str(BIN / "ruff"), "check", "."], {}),
        "ruff format": ([str(BIN / "ruff"), "format", "--check", "."], {}),
        "mypy": ([python, "-m", "mypy", *typed_files()], {}),
        "import-linter": ([str(BIN / "lint-imports"), "--no-cache", "--config", rooms_and_reasoning()], {}),
        "djlint": ([str(BIN / "djlint"), "--lint", "--quiet", "templates"], {}),
        "migrations": ([*manage, "makemigrations", "--check", "--dry-run"], {}),
        "system checks": ([*manage, "check", "--fail-level", "WARNING"], {}),
        "deployment checks": ([*manage, "check", "--deploy", "--fail-level", "WARNING"], safe),
    }


def show(sentence):
    """One line of progress."""
    print(sentence, flush=True)


def run(names=(), say=show):
    """Run the named tools, or all; says what they say, returns the names of those that complained."""
    failed = []
    for name, (command, extra) in tools().items():
        if names and name not in names:
            continue
        done = subprocess.run(command, cwd=ROOT, env=child_environment() | extra, capture_output=True, text=True)
        say(f"{name}: {'ok' if done.returncode == 0 else 'FAILED'}")
        if done.returncode:
            failed.append(name)
            say((done.stdout + done.stderr)[-8000:])
    return failed


if __name__ == "__main__":
    sys.exit(1 if run(sys.argv[1:]) else 0)
