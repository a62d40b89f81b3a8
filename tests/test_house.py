"""What the machine lacks is said in one sentence with the command that helps; what is there is not fetched again."""

import importlib.util
import re
import sys
from pathlib import Path

import pytest

INSIDE = Path(__file__).resolve().parent.parent / "script" / "inside"


def load(name: str, monkeypatch: pytest.MonkeyPatch):
    """A module of the scripts, fresh."""
    monkeypatch.syspath_prepend(str(INSIDE))
    spec = importlib.util.spec_from_file_location(name, INSIDE / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, name, module)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def house(monkeypatch, tmp_path):
    """The set-up, over an empty folder with three lists of packages."""
    module = load("house", monkeypatch)
    for name in ("requirements.txt", "requirements-dev.txt", "script/uv.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(f"# {name}\n")
    monkeypatch.setattr(module, "ROOT", tmp_path)
    monkeypatch.setattr(module, "VAR", tmp_path / "var")
    monkeypatch.setattr(module, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(module, "PYTHON", tmp_path / ".venv" / "bin" / "python")
    return module


@pytest.fixture
def commands(house, monkeypatch):
    """The commands that the set-up would run; making the environment leaves its Python."""
    run = []

    def pretend(command, sentence):
        run.append(Path(command[0]).name if "-m" not in command else command[command.index("-m") + 1])
        house.PYTHON.parent.mkdir(parents=True, exist_ok=True)
        house.PYTHON.touch()

    monkeypatch.setattr(house, "_run", pretend)
    return run


def test_missing_packages_are_one_sentence_with_the_command(house, monkeypatch, capsys):
    monkeypatch.setattr(house, "_loads", lambda name: False)
    monkeypatch.setattr(house, "may_install", lambda: False)
    with pytest.raises(SystemExit) as refused:
        house.need_system_packages()
    told = capsys.readouterr().err
    assert refused.value.code == 1
    assert told.count("\n") == 1
    assert "apt-get install --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0\n" in told


def test_root_on_debian_installs_what_is_missing(house, monkeypatch):
    installed = []
    monkeypatch.setattr(house, "_loads", lambda name: "harfbuzz" not in name)
    monkeypatch.setattr(house, "may_install", lambda: True)
    monkeypatch.setattr(house, "install_packages", lambda packages: installed.extend(packages) or True)
    house.need_system_packages()
    assert installed == ["libharfbuzz-subset0"]


def test_the_environment_is_built_once(house, commands):
    house.need_environment()
    assert commands == ["venv", "pip", "uv"]
    house.need_environment()
    assert commands == ["venv", "pip", "uv"]


def test_test_tools_are_added_to_what_runs(house, commands):
    house.need_environment()
    house.need_environment(tests=True)
    house.need_environment()
    assert commands == ["venv", "pip", "uv", "uv"]


def test_it_is_built_again_when_requirements_or_python_change(house, commands, monkeypatch):
    house.need_environment()
    (house.ROOT / "requirements.txt").write_text("# another\n")
    house.need_environment()
    monkeypatch.setattr(house.sys, "version", "3.99")
    house.need_environment()
    assert commands == ["venv", "pip", "uv"] * 3


def test_a_broken_build_is_built_again(house, commands, monkeypatch):
    def broken(*arguments):
        raise house.Refusal("no index")

    with monkeypatch.context() as patch:
        patch.setattr(house, "_install", broken)
        with pytest.raises(SystemExit):
            house.need_environment()
    assert not house.environment_is_ready(tests=False)
    house.need_environment()
    assert house.environment_is_ready(tests=False)


def test_an_address_that_is_given_but_dead_fails(monkeypatch, capsys):
    services = load("services", monkeypatch)
    monkeypatch.setenv("TEST_DATABASE_URL", "postgres://me:secret@127.0.0.1:1/x")
    with pytest.raises(SystemExit):
        services.Services().given("TEST_DATABASE_URL", services.postgres_answers)
    told = capsys.readouterr().err
    assert "TEST_DATABASE_URL" in told
    assert "secret" not in told


def test_what_did_not_run_fails_in_ci(monkeypatch, capsys):
    load("house", monkeypatch)
    services = load("services", monkeypatch)
    load("lint", monkeypatch)
    load("databases", monkeypatch)
    suite = load("suite", monkeypatch).Suite(services.Services(), None, full=False)
    suite.counts["passed"] = 3
    monkeypatch.setenv("CI", "")
    assert suite.close(1.0) == 0
    told = capsys.readouterr().out
    assert all(part in told for part in ("DID NOT RUN", "PostgreSQL", "Redis", "Browser"))
    assert told.rstrip().splitlines()[-1].strip("= ") == "3 passed in 1.00s"
    monkeypatch.setenv("CI", "true")
    assert suite.close(1.0) == 1


def test_a_part_reads_the_files_that_write_its_mark(monkeypatch):
    """Marks stand in the files themselves, so that a part of the suite need not read all of them."""
    for name in ("house", "services", "lint", "databases"):
        load(name, monkeypatch)
    files_with = load("suite", monkeypatch).files_with
    assert files_with("not serial and not browser and not redis") == []
    assert files_with("browser") == files_with("browser and not redis")
    assert set(files_with("both and (serial or redis) and not browser")) > set(files_with("serial"))
    assert "tests/sweep/test_axe.py" in files_with("browser")
    assert "tests/test_worker_kills.py" in files_with("(serial or redis) and not browser and not redis")
    marked = re.compile(r"mark\.(both|serial|redis|browser)\b")
    root = INSIDE.parent.parent
    shared = [*root.glob("*/tests/*.py"), *root.glob("tests/**/*.py"), root / "conftest.py"]
    elsewhere = [path for path in shared if not path.name.startswith("test_")]
    assert [path for path in elsewhere if marked.search(path.read_text())] == []


def test_bootstrap_holds_no_rule_of_a_class_that_no_page_names(monkeypatch) -> None:
    css = load("bootstrap_css", monkeypatch)
    words = css.named()
    assert css.pruned(css.SHEET.read_text(), words) == css.SHEET.read_text()
    assert css.pruned(".btn:is(a,.b),.nobody-names-me{x:1}@media print{.nobody-names-me{x:1}}", words | {"b"}) == (
        ".btn:is(a,.b){x:1}\n"
    )
