"""The lists of packages: pinned, hashed, with a reason each, and no package index named."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
COMPILED = ["requirements.txt", "requirements-dev.txt", "script/uv.txt"]
WRITTEN = ["requirements.in", "requirements-dev.in", "script/uv.in"]


@pytest.mark.parametrize("name", COMPILED)
def test_every_package_is_pinned_and_hashed(name):
    text = (ROOT / name).read_text().replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    assert lines
    assert [line for line in lines if not re.match(r"[a-z0-9.-]+==\S+ .*--hash=sha256:[0-9a-f]{64}", line)] == []


@pytest.mark.parametrize("name", COMPILED + WRITTEN)
def test_no_package_index_is_named(name):
    text = (ROOT / name).read_text()
    assert re.findall(r"https?://|--(?:extra-)?index-url|--find-links|--trusted-host|@ file:", text) == []


@pytest.mark.parametrize("name", WRITTEN)
def test_every_line_says_why(name):
    lines = [line for line in (ROOT / name).read_text().splitlines() if line and not line.startswith(("#", "-c "))]
    assert [line for line in lines if not re.search(r" # .{10,}", line)] == []


@pytest.mark.parametrize(("written", "compiled"), list(zip(WRITTEN, COMPILED, strict=True)))
def test_every_written_package_is_compiled(written, compiled):
    pinned = set(re.findall(r"^([a-z0-9.-]+)==", (ROOT / compiled).read_text(), re.MULTILINE))
    wanted = set(re.findall(r"^([a-z0-9.-]+)", (ROOT / written).read_text(), re.MULTILINE)) - {"-c"}
    assert wanted - pinned == set()


def test_tests_run_with_the_same_versions():
    run, dev = (dict(re.findall(r"^(\S+)==(\S+)", (ROOT / name).read_text(), re.MULTILINE)) for name in COMPILED[:2])
    assert {name: (run[name], dev[name]) for name in run.keys() & dev.keys() if run[name] != dev[name]} == {}
