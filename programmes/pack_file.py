"""Reading a pack file safely: plain YAML without aliases, of bounded size, with the line of every place."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

try:  # the C parser is ten times as fast; both build the same nodes
    from yaml import CSafeLoader as Loader
except ImportError:  # pragma: no cover
    from yaml import SafeLoader as Loader  # type: ignore[assignment]

#: The largest shipped pack has 140,000 bytes, 4,200 lines of at most 150 characters, 10 levels.
MAX_BYTES = 1_000_000
MAX_LINES = 20_000
MAX_LINE_LENGTH = 1_000
MAX_DEPTH = 20

Path_ = tuple[str | int, ...]


@dataclass(frozen=True, order=True)
class Finding:
    """What is wrong at one place of a pack, as a full sentence that tells what would be right."""

    file: str
    line: int
    path: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.path}: {self.sentence}"


@dataclass(frozen=True)
class PackFile:
    """A file as read: its data, the line of each place, and what reading alone has found."""

    name: str
    data: dict[str, Any]
    lines: dict[Path_, int]
    problems: tuple[tuple[Path_, str], ...] = ()

    def finding(self, path: Path_, sentence: str) -> Finding:
        """A finding at ``path``; a place that is missing has the line of what it is missing from."""
        known = path
        while known and known not in self.lines:
            known = known[:-1]
        return Finding(self.name, self.lines.get(known, 1), dotted(path), sentence)


class Unreadable(Exception):
    """The file is no pack at all; the message is a sentence, ``line`` where reading stopped."""

    def __init__(self, sentence: str, line: int = 1) -> None:
        super().__init__(sentence)
        self.line = line


def dotted(path: Path_) -> str:
    """``("rules", 2, "cadence")`` as ``rules[2].cadence``; the whole file as ``(file)``."""
    text = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path)
    return text.lstrip(".") or "(file)"


def read_pack_file(path: Path) -> PackFile:
    """Read ``path``; raises :class:`Unreadable` when it is not YAML, too large, or uses aliases or tags."""
    text = _bounded_text(path)
    try:
        _refuse_tricks(text)
        loader = Loader(text)
        node = loader.get_single_node()
        if not isinstance(node, yaml.MappingNode):
            raise Unreadable("The file should be a map that begins with “schema: programme-template/1”.")
        lines: dict[Path_, int] = {(): 1}
        problems = tuple(_walk(node, (), lines))
        data = loader.construct_document(node)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        what = error.problem or error.context or "it does not follow the rules of YAML"
        raise Unreadable(
            f"The file cannot be read as YAML: {what}.", mark.line + 1 if mark is not None else 1
        ) from error
    except (yaml.YAMLError, ValueError) as error:
        raise Unreadable(f"The file cannot be read as YAML: {error}.") from error
    return PackFile(path.name, data, lines, problems + tuple(_odd_values(data, ())))


def _bounded_text(path: Path) -> str:
    try:
        with path.open("rb") as handle:
            raw = handle.read(MAX_BYTES + 1)
    except OSError as error:
        raise Unreadable(f"The file cannot be opened: {error.strerror}.") from error
    if len(raw) > MAX_BYTES:
        raise Unreadable(f"The file is too large; a pack has at most {MAX_BYTES:,} bytes.")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unreadable(
            "The file is not UTF-8; save it as UTF-8 text.", raw.count(b"\n", 0, error.start) + 1
        ) from error
    lines = text.splitlines()
    if len(lines) > MAX_LINES:
        raise Unreadable(f"The file is too long; a pack has at most {MAX_LINES:,} lines.", MAX_LINES)
    for number, line in enumerate(lines, 1):
        if len(line) > MAX_LINE_LENGTH:
            raise Unreadable(f"The line is too long; fold it at {MAX_LINE_LENGTH:,} characters or before.", number)
    return text


def _refuse_tricks(text: str) -> None:
    """Refuse aliases (a few lines may otherwise unfold into gigabytes), foreign tags and deep nesting."""
    depth = 0
    for event in yaml.parse(text, Loader=Loader):
        line = event.start_mark.line + 1 if event.start_mark else 1
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise Unreadable("The file uses an anchor or alias (& or *); write the content out in full instead.", line)
        if getattr(event, "tag", None):
            raise Unreadable("The file uses a tag (!); a pack is made of plain texts, numbers, lists and maps.", line)
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > MAX_DEPTH:
            raise Unreadable(f"The file is nested too deeply; a pack has at most {MAX_DEPTH} levels.", line)


def _walk(node: yaml.Node, path: Path_, lines: dict[Path_, int]) -> Iterator[tuple[Path_, str]]:
    """Note each place's line; yield keys that stand twice in one map (YAML would silently take the last)."""
    if isinstance(node, yaml.MappingNode):
        for key_node, value_node in node.value:
            place = (*path, str(key_node.value))
            if place in lines:
                yield (
                    place,
                    f"“{key_node.value}” stands twice in the same map; keep one (first on line {lines[place]}).",
                )
            lines.setdefault(place, key_node.start_mark.line + 1)
            yield from _walk(value_node, place, lines)
    elif isinstance(node, yaml.SequenceNode):
        for index, child in enumerate(node.value):
            lines[(*path, index)] = child.start_mark.line + 1
            yield from _walk(child, (*path, index), lines)


def _odd_values(value: Any, path: Path_) -> Iterator[tuple[Path_, str]]:
    """Values that YAML guesses and JSON cannot hold: keys that are no text, numbers without end."""
    if isinstance(value, dict):
        for key, child in value.items():
            if not isinstance(key, str):
                yield (*path, str(key)), f"The key is read as {key!r}; put it in quotes so that it is text."
            yield from _odd_values(child, (*path, str(key)))
    elif isinstance(value, list):
        for index, child in enumerate(value):
            yield from _odd_values(child, (*path, index))
    elif isinstance(value, float) and not math.isfinite(value):
        yield path, "The number has no end; write a number with digits."
