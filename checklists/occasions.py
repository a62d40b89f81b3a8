"""Sessions and training events as things to fill in a checklist about: a registry that higher apps fill when they
start, as relations and notice kinds are registered.

    occasions.register(Where.SESSION, finder)   # in AppConfig.ready

The finder is asked for one viewer in one programme and answers with what the viewer took part in, latest first, no
more than `MOST`, in a fixed number of queries. Its key must be stable: `session:7`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from accounts.models import User
from checklists.subjects import Where
from programmes.models import Programme

MOST = 20


@dataclass(frozen=True)
class Occasion:
    """One session or event: its key, what it is called on a page, its day, and who can be looked at there.

    `people` are those who led it (the viewer too, if so): ids.
    """

    thing: str
    words: str
    day: dt.date
    people: tuple[int, ...]


Finder = Callable[[User, Programme], list[Occasion]]

_finders: dict[Where, Finder] = {}


def register(where: Where, finder: Finder) -> None:
    """Say who knows the occasions of this kind; a second one is a mistake."""
    if _finders.get(where, finder) is not finder:
        raise ValueError(f"occasions of kind {where!r} are registered twice")
    _finders[where] = finder


def occasions(where: Where, viewer: User, programme: Programme) -> list[Occasion]:
    """What the viewer took part in; empty where nobody has registered."""
    finder = _finders.get(where)
    return finder(viewer, programme)[:MOST] if finder else []
