"""Looking up places in a pack by patterns such as ``supervision_rules[].cadence.unit``."""

from collections.abc import Iterator
from typing import Any

Place = tuple[str | int, ...]


def places(data: Any, pattern: str) -> Iterator[tuple[Place, Any]]:
    """Each place that fits the pattern, with its value. What is missing or of another type is passed over:
    the schema tells about it."""
    yield from _steps(data, pattern.replace("[]", ".[]").lstrip(".").split("."), ())


def _steps(value: Any, parts: list[str], path: Place) -> Iterator[tuple[Place, Any]]:
    if not parts:
        yield path, value
    elif parts[0] == "[]":
        if isinstance(value, list):
            for index, child in enumerate(value):
                yield from _steps(child, parts[1:], (*path, index))
    elif isinstance(value, dict) and parts[0] in value:
        yield from _steps(value[parts[0]], parts[1:], (*path, parts[0]))


def keys(data: Any, pattern: str) -> list[str]:
    """The ``key`` of each entry of the lists that fit the pattern, in their order."""
    return [value for _, value in places(data, f"{pattern}[].key") if isinstance(value, str)]
