"""Every verb that the code writes into the trail can be read there."""

import ast
from pathlib import Path

from django.conf import settings
from django.utils import translation

from accounts.trail_words import GROUP_WORDS, VERBS, Group, words_for

ROOT = Path(settings.BASE_DIR)
# Names with a dot in files of acts that are no verbs: kinds of notices, tasks, templates.
NO_VERBS = (
    "notices.",
    "programmes.",
    "certification.",
    "supervision.",
    "coaches.",
    "common.",
    "accounts.",
    "onboarding.",
)


def verbs_in_code() -> dict[str, str]:
    """Verbs by the first file that names them: everything of the shape noun.done in files that write the trail."""
    found: dict[str, str] = {}
    for path in sorted(ROOT.glob("*/actions*/**/*.py")) + sorted(ROOT.glob("*/actions.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and _is_verb(node.value):
                found.setdefault(node.value, str(path.relative_to(ROOT)))
    return found


def _is_verb(text: str) -> bool:
    noun, dot, done = text.partition(".")
    return bool(dot) and noun.isidentifier() and done.isidentifier() and not text.startswith(NO_VERBS)


def test_every_verb_has_words() -> None:
    found = verbs_in_code()
    assert len(found) > 40
    assert {verb: where for verb, where in found.items() if verb not in VERBS} == {}


def test_every_group_has_words_and_verbs() -> None:
    assert set(GROUP_WORDS) == set(Group)
    assert {words.group for words in VERBS.values()} == set(Group)


def test_a_verb_of_the_future_is_no_error() -> None:
    with translation.override("en"):
        assert words_for("placement.opened") == "Gave a place with a coach"
        assert words_for("moon.landed") == "Something else"
