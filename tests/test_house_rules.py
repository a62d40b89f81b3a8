"""The house rules that a machine can check (`test_house.py` is about the set-up): names, arrows, pairs."""

import ast
import re
import tomllib
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import models
from django.template import engines
from django.template.base import Lexer, TokenType

ROOT = Path(settings.BASE_DIR)
LAYERS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"][0]["layers"]
HEIGHT = {room.strip(): height for height, layer in enumerate(reversed(LAYERS)) for room in layer.split("|")}
ROOMS = [ROOT / room for room in HEIGHT]
TEMPLATES = ROOT / "templates"
FREE = {"components", "mail", "bootstrap5", "account", "allauth"}

LONGEST_FILE = 350
SAYS_NOTHING = {"utils", "util", "helpers", "helper", "services", "service", "misc", "tools"}
MODEL_SIGNALS = {"pre_init", "post_init", "pre_save", "post_save", "pre_delete", "post_delete", "m2m_changed"}

# Pairs of when and who without a constraint, each with its reason.
UNPAIRED: dict[str, str] = {}


def product_files() -> list[Path]:
    """Python files of the rooms, without tests and migrations."""
    files = [path for room in ROOMS for path in sorted(room.rglob("*.py"))]
    return [path for path in files if not {"tests", "migrations"} & set(path.relative_to(ROOT).parts)]


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_files_are_named_by_what_they_know():
    folders = [path for room in ROOMS for path in room.rglob("*") if path.is_dir()]
    assert [named(path) for path in [*product_files(), *folders] if path.stem in SAYS_NOTHING] == []


def test_files_are_short():
    long = {named(path): len(path.read_text().splitlines()) for path in product_files()}
    assert {name: lines for name, lines in long.items() if lines > LONGEST_FILE} == {}


def test_rooms_tell_each_other_nothing_by_signals():
    told = []
    for path in product_files():
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ImportFrom):
                names = {name.name for name in node.names}
                if (node.module == "django.dispatch" and "Signal" in names) or (
                    node.module == "django.db.models.signals" and names & MODEL_SIGNALS
                ):
                    told.append(named(path))
    assert told == []


def test_saving_does_no_work():
    working = []
    for path in product_files():
        if "models" not in {path.stem, path.parent.name}:
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef) and node.name in {"save", "delete"} and not _only_refuses(node):
                working.append(f"{named(path)}:{node.lineno}")
    assert working == []


def _only_refuses(function: ast.FunctionDef) -> bool:
    """Whether saving is refused, always or under a condition, and otherwise left as it is."""
    statements = [node for node in ast.walk(function) if isinstance(node, ast.stmt) and node is not function]
    passing_on = [node for node in statements if "super()" in ast.unparse(node) and not isinstance(node, ast.If)]
    refusing = [node for node in statements if isinstance(node, ast.Raise)]
    others = [
        node for node in statements if node not in passing_on and not isinstance(node, ast.Raise | ast.If | ast.Expr)
    ]
    return bool(refusing) and not others


def pairs() -> list[tuple[type[models.Model], str, str]]:
    """(model, when, who) for each …_at or …_on with a …_by of one stem, where who is a person."""
    found = []
    for model in apps.get_models():
        if model._meta.app_label not in HEIGHT:
            continue
        fields = {field.name: field for field in model._meta.get_fields() if isinstance(field, models.Field)}
        for name, field in fields.items():
            if name.endswith("_by") and isinstance(field, models.ForeignKey):
                whens = [when for end in ("_at", "_on") if (when := name.removesuffix("_by") + end) in fields]
                found += [(model, when, name) for when in whens[:1]]
    return found


def test_when_and_who_travel_together():
    loose = []
    for model, when, who in pairs():
        label = f"{model._meta.label}.{who}"
        checks = [one for one in model._meta.constraints if isinstance(one, models.CheckConstraint)]
        tied = any({when, who} <= {name.split("__")[0] for name in _names(one.condition)} for one in checks)
        if not tied and label not in UNPAIRED:
            loose.append(label)
    assert loose == []
    assert set(UNPAIRED) <= {f"{model._meta.label}.{who}" for model, _when, who in pairs()}


def test_who_did_it_is_never_lost():
    assert [
        f"{model._meta.label}.{who}"
        for model, _when, who in pairs()
        if model._meta.get_field(who).remote_field.on_delete is not models.PROTECT
    ] == []


def _names(condition: models.Q) -> set[str]:
    return {name for part in condition.flatten() for name in _children(part)}


def _children(part: object) -> set[str]:
    if not isinstance(part, models.Q):
        return set()
    found: set[str] = set()
    for child in part.children:
        found |= {child[0]} if isinstance(child, tuple) else _children(child)
    return found


def templates() -> list[Path]:
    return [path for path in sorted(TEMPLATES.rglob("*")) if path.suffix in {".html", ".txt", ".svg"}]


def room_of(name: str) -> str:
    """The room whose folder a template lies in; empty for those that are free to all."""
    first = name.split("/")[0]
    return first if first in HEIGHT else ""


def test_every_folder_of_templates_has_a_known_owner():
    folders = {path.name for path in TEMPLATES.iterdir() if path.is_dir()}
    assert folders - set(HEIGHT) - FREE - {"admin", "pages"} == set()


def test_a_template_renders_nothing_of_a_higher_room():
    room_of_library = {name: module.split(".")[0] for name, module in engines["django"].engine.libraries.items()}
    upwards = []
    for path in templates():
        name = str(path.relative_to(TEMPLATES))
        for used in _used(path.read_text()):
            room = room_of_library.get(used[5:], "") if used.startswith("load:") else room_of(used)
            if room in HEIGHT and room != room_of(name) and HEIGHT[room] >= _height(name):
                upwards.append(f"{name} uses {used}")
    assert upwards == []


def _height(template: str) -> int:
    """How high a template stands: its room; the frame as overview, which fills it; what is free, just above common."""
    free = HEIGHT["overview"] + 1 if template == "base.html" else HEIGHT["common"] + 1
    return HEIGHT.get(room_of(template), free)


def _used(source: str) -> list[str]:
    """Templates that ``source`` extends or includes by name, and (as ``load:name``) the tag libraries it loads."""
    found = []
    for token in Lexer(source).tokenize():
        if token.token_type is not TokenType.BLOCK:
            continue
        words = token.split_contents()
        if words[0] in {"extends", "include"} and words[1][0] in "\"'":
            found.append(words[1].strip("\"'"))
        elif words[0] == "load":
            found += [f"load:{word}" for word in (words[words.index("from") + 1 :] if "from" in words else words[1:])]
    return found


INLINE = {
    "an inline script": re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*type=[\"']application/(?:ld\+)?json)", re.I),
    "an inline style sheet": re.compile(r"<style\b", re.I),
    "a style attribute": re.compile(r"<[a-z][^<>]*\sstyle\s*=", re.I),
    "an event attribute": re.compile(r"<[a-z][^<>]*\s(?:on[a-z]+|hx-on[:\w-]*)\s*=", re.I),
    "a script address": re.compile(r"[\"']\s*javascript:", re.I),
}


def test_nothing_in_a_page_needs_a_weaker_policy():
    """Mails keep their inline styles: mail programs read no other."""
    inline = []
    for path in templates():
        name = str(path.relative_to(TEMPLATES))
        if not {"mail", "email"} & set(Path(name).parts):
            source = re.sub(r"{%\s*comment.*?endcomment\s*%}", "", path.read_text(), flags=re.S)
            inline += [f"{name} holds {what}" for what, pattern in INLINE.items() if pattern.search(source)]
    assert inline == []


def test_the_sweep_sees_what_it_should():
    source = "{% extends 'people/page.html' %}{% load day text from dates %}{% load i18n ui %}{% include name %}"
    assert _used(source) == ["people/page.html", "load:dates", "load:i18n", "load:ui"]
    assert _height("people/page.html") > _height("coaches/places.html") > _height("components/empty.html")
    bad = [
        "<script>",
        '<style media="print">',
        '<p style="x">',
        '<a onclick="x">',
        "<b hx-on:click='x'>",
        "'javascript:x'",
    ]
    assert all(any(pattern.search(text) for pattern in INLINE.values()) for text in bad)
    assert not any(pattern.search('<script src="x.js" defer></script>') for pattern in INLINE.values())
