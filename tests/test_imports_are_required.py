"""What the code imports is in the list of packages that are installed where it runs."""

import ast
import re
import sys
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OURS = {path.name for path in ROOT.iterdir() if path.is_dir()} | {"conftest"}
ONLY_TESTS = ("tests/", "/tests/", "conftest.py", "script/")


def written(name: str) -> set[str]:
    """The packages asked for in a .in file."""
    return set(re.findall(r"^([a-z0-9.-]+)", (ROOT / name).read_text(), re.MULTILINE)) - {"-c"}


def imported(*, in_tests: bool) -> dict[str, str]:
    """Top names imported by product files, or by tests and scripts, each with a file that imports it."""
    found = {}
    for path in ROOT.rglob("*.py"):
        name = path.relative_to(ROOT).as_posix()
        if name.startswith((".", "var/")) or any(part in f"{name}" for part in ONLY_TESTS) != in_tests:
            continue
        for node in at_run_time(ast.parse(path.read_text())):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module] if isinstance(node, ast.ImportFrom) and node.module and not node.level else []
            found |= dict.fromkeys((full.split(".")[0] for full in names), name)
    beside = {path.stem for path in (ROOT / "script" / "inside").glob("*.py")}
    return {top: file for top, file in found.items() if top not in sys.stdlib_module_names | OURS | beside}


def at_run_time(node: ast.AST) -> Iterator[ast.AST]:
    """Every node below, except what only a type checker reads."""
    for child in ast.iter_child_nodes(node):
        if not (isinstance(child, ast.If) and getattr(child.test, "id", "") == "TYPE_CHECKING"):
            yield child
            yield from at_run_time(child)


def missing(*, in_tests: bool, packages: set[str]) -> dict[str, str]:
    """Imports whose package is in none of the lists."""
    owners = packages_distributions()
    normal = {package.replace("_", "-").lower() for package in packages}
    return {
        top: file
        for top, file in imported(in_tests=in_tests).items()
        if not normal & {owner.replace("_", "-").lower() for owner in owners.get(top, [top])}
    }


def test_the_product_runs_on_its_own_list():
    # kombu and psycopg come with packages that are asked for and may be named as parts of them
    assert missing(in_tests=False, packages=written("requirements.in") | {"kombu", "pydyf"}) == {}


def test_the_tests_run_on_both_lists():
    packages = written("requirements.in") | written("requirements-dev.in")
    assert missing(in_tests=True, packages=packages | {"kombu"}) == {}
