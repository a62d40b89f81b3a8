"""Whoever makes a table to download writes it into the trail: read from the code."""

import ast
from pathlib import Path

from django.conf import settings

ROOT = Path(settings.BASE_DIR)
#: Tables that hold nothing of anybody.
EMPTY = {"onboarding/views/import_files.py"}


def functions() -> dict[tuple[str, str], set[str]]:
    """By file and name the names that each function outside the tests calls."""
    found = {}
    for path in ROOT.glob("*/**/*.py"):
        if "tests" in path.parts or "migrations" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef):
                calls = [one.func for one in ast.walk(node) if isinstance(one, ast.Call)]
                names = {func.attr if isinstance(func, ast.Attribute) else getattr(func, "id", "") for func in calls}
                found[str(path.relative_to(ROOT)), node.name] = names
    return found


def without_row(known: dict[tuple[str, str], set[str]]) -> tuple[set[tuple[str, str]], int]:
    """Those that answer with a table and write nothing, and how many write. What only lays a table out (`exports.py`)
    answers by its callers, who are found by its name."""
    makes = {"csv_response"} | {name for (file, name), calls in known.items()
                                if file.endswith("/exports.py") and "csv_response" in calls}  # fmt: skip
    answering = {one for one, calls in known.items() if calls & makes and not one[0].endswith("/exports.py")}
    silent = {one for one in answering if "note_export" not in known[one] and one[0] not in EMPTY}
    return silent, len(answering - silent)


def test_every_table_leaves_its_row() -> None:
    known = functions()
    silent, noted = without_row(known)
    assert not silent
    assert noted >= 7
    view = ("certification/views/certificate_list.py", "certificates")
    assert without_row(known | {view: known[view] - {"note_export"}})[0] == {view}, "the control"
