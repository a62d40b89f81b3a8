"""Every act leaves its row in the trail: read from the code, so that one without needs a reason in this list."""

import ast
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)

# Acts that leave no row, each with its reason. The trail says who did what to whom; these are nobody else's business,
# or are told by the act of which they are a part.
WITHOUT_ROW = {
    "bring_question": "one's own words before a session, changed as often as one likes; who was there is in the trail",
    "answer_questions": "what was chosen before the yes to an import, which leaves the row",
    "discard_draft": "what was typed and never saved",
    "choose_language": "how one's own pages are written",
    "hold": "locks rows for the act of which it is a part",
    "install_agendas": "a part of installing a programme, which leaves the row",
    "install_checklists": "a part of installing a programme, which leaves the row",
    "install_pack": "a part of installing a programme, which leaves the row",
    "install_rules": "a part of installing a programme, which leaves the row",
    "install_tracks": "a part of installing a programme, which leaves the row",
    "keep_moments": "a part of keeping a record, which leaves the row",
    "keep_own_words": "read by its author alone",
    "keep_private_note": "read by its author alone",
    "look_at": "reads a file again that waits for a yes",
    "tell": "writes the mails of an act, which leaves the row",
    "tell_withdrawn": "writes the mails of an act, which leaves the row",
    "save_draft": "what was typed and not yet given to anybody",
}


@cache
def functions_of_actions() -> dict[tuple[str, str], tuple[frozenset[str], bool]]:
    """Every function in the action files of the rooms, by file and name: the names that it calls, and whether somebody
    does it (`by`)."""
    found: dict[tuple[str, str], tuple[frozenset[str], bool]] = {}
    for path in [*ROOT.glob("*/actions/*.py"), *ROOT.glob("*/actions.py")]:
        tree = ast.parse(path.read_text())
        imports = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
        modules = {name.asname or name.name for node in imports for name in node.names}
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef):
                has_by = "by" in {argument.arg for argument in node.args.kwonlyargs}
                found[str(path.relative_to(ROOT)), node.name] = called(node, modules), has_by
    return found


def called(function: ast.FunctionDef, modules: set[str]) -> frozenset[str]:
    """The names that a function calls; with a dot in front those of an imported module (`audit.record`)."""
    calls = [node.func for node in ast.walk(function) if isinstance(node, ast.Call)]
    names = {func.id for func in calls if isinstance(func, ast.Name)}
    return frozenset(names | {
        f".{func.attr}" for func in calls
        if isinstance(func, ast.Attribute) and isinstance(func.value, ast.Name) and func.value.id in modules
    })  # fmt: skip


@cache
def those_that_record() -> frozenset[tuple[str, str]]:
    """Functions that write a row, or call one that does, however far down. A name means the one in the same file, else
    any that is imported."""
    functions = functions_of_actions()
    recording = {("accounts/actions/audit.py", "record_all")}
    while True:
        names = {name for _path, name in recording}
        more = {
            (path, name)
            for (path, name), (calls, _by) in functions.items()
            if (path, name) not in recording
            and any(
                (path, one) in recording if (path, one) in functions else one.lstrip(".") in names for one in calls
            )
        }
        if not more:
            return frozenset(recording)
        recording |= more


def acts() -> list[tuple[str, str]]:
    """(file, name) of each public function that somebody does something by."""
    passed_over = ("_", "check_", "preview_", "require_", "may_")
    return sorted(
        key
        for key, (_calls, has_by) in functions_of_actions().items()
        if has_by and not key[1].startswith(passed_over)
    )


@pytest.mark.parametrize(("path", "name"), acts())
def test_an_act_leaves_a_row(path: str, name: str) -> None:
    recorded = (path, name) in those_that_record()
    assert recorded != (name in WITHOUT_ROW), f"{path}: {name} writes no row, and has no reason here"


def test_reasons_are_for_acts_that_are_there() -> None:
    assert set(WITHOUT_ROW) <= {name for _path, name in acts()}


def test_there_are_acts_to_look_at() -> None:
    assert {"place_supervisee", "issue_certificate", "note_export", "plan_session"} <= {name for _path, name in acts()}
