"""What somebody is to somebody: a registry that higher apps fill when they start.

programmes lies low and cannot know placements, seats or waiting steps; each app registers a finder for the relations
it knows, in its `AppConfig.ready`, as notice kinds are registered.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

from accounts.models import User
from programmes.models import Programme
from programmes.rights import Relation


@dataclass(frozen=True)
class About:
    """What is looked at: a person in a programme, and the session or candidacy where it lies, if any."""

    person: User
    programme: Programme
    session_id: int | None = None
    candidacy_id: int | None = None


Finder = Callable[[User, About], set[Relation]]

_finders: dict[str, Finder] = {}


def register(name: str, finder: Finder) -> None:
    """Add a finder under a stable name; a second one of the same name is a mistake."""
    if name in _finders and _finders[name] is not finder:
        raise ValueError(f"relation finder {name!r} is registered twice")
    _finders[name] = finder


def relations(viewer: User, about: About, *, leaving_out: Collection[str] = ()) -> frozenset[Relation]:
    """Everything that `viewer` is to what is looked at; finders named in `leaving_out` are not asked.

    Nobody uses the right of a coordinator, an observer or a decider on oneself: then only SELF and seats remain.
    """
    found: set[Relation] = set()
    for name, finder in _finders.items():
        if name not in leaving_out:
            found |= finder(viewer, about)
    if viewer.pk == about.person.pk:
        found -= {Relation.COORDINATOR, Relation.OBSERVER, Relation.DECIDES_STEP}
        found.add(Relation.SELF)
    return frozenset(found)
