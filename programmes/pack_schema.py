"""What is wrong with a pack: its form by JSON Schema, its inner references and sums by rules of ours."""

import difflib
import json
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from programmes.pack_file import Finding, PackFile, Path_, Unreadable, read_pack_file
from programmes.pack_references import broken_references
from programmes.pack_rules import broken_rules

SCHEMA_FILE = Path(__file__).parent / "packs" / "schema.json"

_TYPES = {
    "object": "a map",
    "array": "a list",
    "string": "text (in quotes where YAML would read a number, a date, yes or no)",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "null": "null",
}
_FORMS = {
    r"\S": "The text is empty; write it.",
    r"^[a-z][a-z0-9_]*$": "“{0}” cannot be a key; a key has letters a–z, digits and underscores, a letter first.",
    r"^\d+\.\d+\.\d+$": "“{0}” is no version; write three numbers, such as 1.2.0.",
    r"^[A-Z]{2}$": "“{0}” is no country; write its two capital letters, such as NO.",
}


def check_pack_file(path: Path) -> list[Finding]:
    """What is wrong with the file, in the order of its lines; when nothing is, it can be installed."""
    try:
        return check_pack(read_pack_file(path))
    except Unreadable as error:
        return [Finding(path.name, error.line, "(file)", str(error))]


def check_pack(pack: PackFile) -> list[Finding]:
    """Like :func:`check_pack_file`, for a file that has been read."""
    places = [*pack.problems]
    for error in _validator().iter_errors(pack.data):
        places.extend(_told(error))
    places.extend(broken_references(pack.data))
    places.extend(broken_rules(pack.data))
    return sorted({pack.finding(path, sentence) for path, sentence in places})


@cache
def _validator() -> Draft202012Validator:
    schema = json.loads(SCHEMA_FILE.read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def _told(error: ValidationError) -> Iterator[tuple[Path_, str]]:
    """One schema error as places and sentences."""
    path: Path_ = tuple(error.absolute_path)
    teller = _TELLERS.get(str(error.validator))
    if teller is None:
        yield path, f"{error.message}."
    else:
        yield from teller(error, path)


def _is_text(error: ValidationError) -> bool:
    return isinstance(error.schema, dict) and error.schema.get("title") == "text"


def _wanted(error: ValidationError) -> Any:
    """What the schema asks for (the library types it as perhaps unset)."""
    return error.validator_value


def _held(error: ValidationError) -> Any:
    """What stands there instead."""
    return error.instance


def _missing(error: ValidationError, path: Path_) -> Iterator[tuple[Path_, str]]:
    for name in _wanted(error):
        if name in _held(error):
            continue
        if _is_text(error):
            yield (*path, name), f"The text is missing in “{name}”; give it in en, nb and da."
        else:
            yield (*path, name), f"“{name}” is missing here; add it."


def _unknown(error: ValidationError, path: Path_) -> Iterator[tuple[Path_, str]]:
    allowed = list(error.schema.get("properties", {})) if isinstance(error.schema, dict) else []
    for name in _held(error):
        if name in allowed or not isinstance(name, str):  # reading tells about keys that are no text
            continue
        if _is_text(error):
            yield (*path, name), f"“{name}” is no language of the product; a text is given in en, nb and da."
        else:
            yield (*path, name), f"“{name}” is not known here; {one_of(name, allowed)}."


def one_of(wrong: str, allowed: list[str]) -> str:
    """“did you mean …” when something is near, else what may be written, ten names at most."""
    near = difflib.get_close_matches(wrong, allowed, n=1)
    if near:
        return f"did you mean “{near[0]}”"
    shown = ", ".join(str(name) for name in allowed[:10])
    return f"write one of: {shown}{' …' if len(allowed) > 10 else ''}"


def _choice(error: ValidationError, path: Path_) -> Iterator[tuple[Path_, str]]:
    allowed = [str(value) for value in _wanted(error)]
    yield path, f"“{_short(error.instance)}” is not among the choices; {one_of(str(error.instance), allowed)}."


def _type(error: ValidationError, path: Path_) -> Iterator[tuple[Path_, str]]:
    wanted = _wanted(error) if isinstance(error.validator_value, list) else [error.validator_value]
    if _is_text(error):
        yield path, "The text should be a map with the three languages en, nb and da."
    else:
        yield (
            path,
            f"Here stands {_short(error.instance)}; it should be {' or '.join(_TYPES[str(name)] for name in wanted)}.",
        )


def _form(error: ValidationError, path: Path_) -> Iterator[tuple[Path_, str]]:
    sentence = _FORMS.get(str(error.validator_value), "“{0}” does not have the right form.")
    yield path, sentence.format(_short(error.instance))


def _twice(error: ValidationError, path: Path_) -> Iterator[tuple[Path_, str]]:
    held = _held(error)
    for index, value in enumerate(held):
        if value in held[:index]:
            yield (*path, index), f"“{_short(value)}” stands twice in the list; keep one."


def _short(value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= 60 else text[:59] + "…"


_TELLERS: dict[str, Callable[[ValidationError, Path_], Iterable[tuple[Path_, str]]]] = {
    "required": _missing,
    "additionalProperties": _unknown,
    "enum": _choice,
    "const": lambda error, path: [(path, f"“{_short(error.instance)}” should be “{error.validator_value}”.")],
    "type": _type,
    "pattern": _form,
    "uniqueItems": _twice,
    "minItems": lambda error, path: [(path, f"The list should hold at least {error.validator_value}.")],
    "minProperties": lambda error, path: [(path, f"The map should hold at least {error.validator_value}.")],
    "maxLength": lambda error, path: [(path, f"The key should have at most {error.validator_value} characters.")],
    "minimum": lambda error, path: [(path, f"{error.instance} is too low; write {error.validator_value} or more.")],
    "maximum": lambda error, path: [(path, f"{error.instance} is too high; write {error.validator_value} or less.")],
}
