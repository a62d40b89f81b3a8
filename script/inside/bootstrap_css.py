"""Take the rules of classes that no page names out of static/css/bootstrap.css, after sass has made it.

What a page names is read from the templates, the code and our own style sheet. A class that is put together in code
(an alert of a message's level) is named in WHOLE.
"""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import tinycss2

ROOT = Path(__file__).resolve().parent.parent.parent
SHEET = ROOT / "static" / "css" / "bootstrap.css"
ROOMS = "templates common overview people onboarding certification supervision checklists practice coaches programmes"
WHOLE = {"alert-info", "alert-success", "alert-warning", "alert-danger"}


def named() -> set[str]:
    """Every word of the templates, the code and the scripts: a class is one of them."""
    words = set(WHOLE)
    for room in [*ROOMS.split(), "notices", "accounts", "static/js"]:
        for path in (ROOT / room).rglob("*"):
            if path.suffix in {".html", ".py", ".js"} and "tests" not in path.parts:
                words |= set(re.findall(r"[\w-]+", path.read_text()))
    return words | set(re.findall(r"[\w-]+", (ROOT / "static" / "css" / "theme.css").read_text()))


def pruned(css: str, words: set[str]) -> str:
    """The style sheet without selectors that ask for a class nobody names."""
    return "".join(_kept(tinycss2.parse_stylesheet(css, skip_whitespace=True), words)).rstrip() + "\n"


def _kept(rules: Iterable[Any], words: set[str]) -> Iterator[str]:
    for rule in rules:
        if rule.type == "qualified-rule":
            selectors = [one for one in _selectors(tinycss2.serialize(rule.prelude)) if _classes(one) <= words]
            if selectors:
                yield f"{','.join(selectors)}{{{tinycss2.serialize(rule.content)}}}"
        elif rule.type == "at-rule" and rule.lower_at_keyword in ("media", "supports"):
            inner = "".join(_kept(tinycss2.parse_rule_list(rule.content, skip_whitespace=True), words))
            if inner:
                yield f"@{rule.at_keyword}{tinycss2.serialize(rule.prelude)}{{{inner}}}"
        else:
            yield rule.serialize()


def _selectors(prelude: str) -> list[str]:
    """The selectors of a rule; a comma inside brackets parts none."""
    return [one.strip() for one in re.split(r",(?![^(]*\))", prelude)]


def _classes(selector: str) -> set[str]:
    return set(re.findall(r"\.([a-zA-Z][\w-]*)", selector))


if __name__ == "__main__":
    SHEET.write_text(pruned(SHEET.read_text(), named()))
