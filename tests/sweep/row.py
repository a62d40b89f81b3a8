"""A row of the sweep: one address, the objects in it, and who may see it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse

from tests.sweep.world import EVERYBODY, World


def _nothing(world: World) -> dict[str, Any]:
    return {}


@dataclass(frozen=True)
class Row:
    """Who sees a page (200, or a redirect), who is told that it is not theirs (403); all others find nothing (404).

    `public` pages answer people without a sign-in too. `post_only` pages answer 405 to GET from those who see them.
    """

    sees: frozenset[str] = EVERYBODY
    forbidden: frozenset[str] = frozenset()
    arguments: Callable[[World], dict[str, Any]] = field(default=_nothing)
    query: str = ""
    public: bool = False
    post_only: bool = False

    def address(self, name: str, world: World) -> str:
        """Where the page named so lies in this world."""
        return reverse(name, kwargs=self.arguments(world)) + self.query


def only(*names: str) -> frozenset[str]:
    """Exactly these people."""
    unknown = set(names) - EVERYBODY
    if unknown:
        raise ValueError(f"nobody in the world is called {sorted(unknown)}")
    return frozenset(names)


def but(*groups: Iterable[str]) -> frozenset[str]:
    """Everybody but these people."""
    return EVERYBODY - frozenset(name for group in groups for name in group)


def named(**names: str) -> Callable[[World], dict[str, Any]]:
    """Arguments of an address: ids of things of the world; `code`, `token` and `kind` are what they say."""

    def arguments(world: World) -> dict[str, Any]:
        plain = {"token", "kind"}
        found: dict[str, Any] = {}
        for argument, name in names.items():
            if argument in plain:
                found[argument] = name
            else:
                found[argument] = world[name].code if argument == "code" else world[name].pk
        return found

    return arguments
