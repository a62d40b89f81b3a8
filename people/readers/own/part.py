"""One part of what is somebody's own: which rows, which of them are open to the person, and how they read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet

from accounts.models import User

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


@dataclass(frozen=True)
class Entry:
    """One thing: its title, and its lines as (label, words)."""

    title: str
    lines: list[tuple[str, str]] = field(default_factory=list)


def entry(title: str, *lines: tuple[Any, Any]) -> Entry:
    """An entry without the lines that say nothing."""
    return Entry(title, [(str(label), str(words)) for label, words in lines if words not in (None, "")])


def everything(person: User, rows: Sequence[Any]) -> list[Any]:
    """All rows, as they come."""
    return list(rows)


@dataclass(frozen=True)
class Part:
    """`rows` are the person's; `open_to` leaves out those that are not to be read yet; `entries` say them."""

    key: str
    title: StrPromise
    says: StrPromise
    rows: Callable[[User], QuerySet[Any, Any]]
    entries: Callable[[User, Sequence[Any]], list[Entry]]
    open_to: Callable[[User, Sequence[Any]], list[Any]] = everything
