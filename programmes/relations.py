"""What somebody is to somebody: a registry that higher apps fill when they start.

programmes lies low and cannot know placements, seats or waiting steps; each app registers a finder for the relations
it knows, in its `AppConfig.ready`, as notice kinds are registered. All are asked in one statement.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from common.at_once import read_at_once
from programmes.leaving import shut_to
from programmes.models import Membership, Programme, ProgrammeRole
from programmes.rights import Relation

Kind = ProgrammeRole.Kind


@dataclass(frozen=True)
class About:
    """What is looked at: a person in a programme, and the session or candidacy where it lies, if any."""

    person: User
    programme: Programme
    session_id: int | None = None
    candidacy_id: int | None = None


Reads = dict[str, QuerySet[Any, Any]]
Rows = Mapping[str, list[Any]]


@dataclass(frozen=True)
class Finder:
    """`reads` name the rows that are wanted; `found` makes relations of them, those in `gives` (it may ask once more,
    where it must)."""

    reads: Callable[[User, About], Reads]
    found: Callable[[User, About, Rows], set[Relation]]
    gives: frozenset[Relation]


_finders: dict[str, Finder] = {}


def register(name: str, finder: Finder) -> None:
    """Add a finder under a stable name; a second one of the same name is a mistake."""
    if name in _finders and _finders[name] != finder:
        raise ValueError(f"relation finder {name!r} is registered twice")
    _finders[name] = finder


def relations(viewer: User, about: About, *, leaving_out: Collection[str] = ()) -> frozenset[Relation]:
    """Everything that `viewer` is to what is looked at; finders named in `leaving_out` are not asked. One query.

    Nobody uses the right of a coordinator, an observer or a decider on oneself: then only SELF and seats remain. Who
    has no role in the programme any more is nothing but oneself, whatever rows still say, and after a year not even
    that (rights.md, rule 9).
    """
    return relations_to(viewer, [about], leaving_out=leaving_out)[0]


def relations_among(viewer: User, looked_at: Sequence[About], wanted: Collection[Relation]) -> set[Relation]:
    """Which of the wanted relations `viewer` has to any of what is looked at. One query, and of those only that know
    these relations: whether a step waits, for one, is dear to find out."""
    return set().union(*relations_of_each(viewer, looked_at, wanted))


def relations_of_each(
    viewer: User, looked_at: Sequence[About], wanted: Collection[Relation]
) -> list[frozenset[Relation]]:
    """The same for each of what is looked at, in its order. One query, none for nothing."""
    others = [name for name, finder in _finders.items() if not finder.gives.intersection(wanted)]
    found = relations_to(viewer, looked_at, leaving_out=others) if looked_at else []
    return [one.intersection(wanted) for one in found]


def relations_to(
    viewer: User, looked_at: Sequence[About], *, leaving_out: Collection[str] = ()
) -> list[frozenset[Relation]]:
    """The same for many, in their order, with one query for all."""
    reads = relation_reads(viewer, looked_at, leaving_out=leaving_out)
    return relations_from(viewer, looked_at, read_at_once(**reads), leaving_out=leaving_out)


def relation_reads(viewer: User, looked_at: Sequence[About], *, leaving_out: Collection[str] = ()) -> Reads:
    """What all finders want, under names that `relations_from` knows: for whoever reads something else with it."""
    reads: Reads = {}
    for place, about in enumerate(looked_at):
        roles = Membership.objects.filter(role__programme=about.programme)
        active = roles.active(timezone.localdate()).filter(person=viewer)
        theirs = roles.open().filter(person=about.person)
        reads[f"held {place}"] = active.values_list("role__kind", "organisation__path")
        reads[f"theirs {place}"] = theirs.values_list("organisation__path", flat=True)
        if viewer.pk == about.person.pk:
            reads[f"shut {place}"] = shut_to(viewer)
        for name, finder in _finders.items():
            if name not in leaving_out:
                reads |= {f"{name} {place} {key}": read for key, read in finder.reads(viewer, about).items()}
    return reads


def relations_from(
    viewer: User, looked_at: Sequence[About], rows: Rows, *, leaving_out: Collection[str] = ()
) -> list[frozenset[Relation]]:
    """The relations that the rows of `relation_reads` give."""
    found = []
    for place, about in enumerate(looked_at):
        held = rows[f"held {place}"]
        kinds = _by_role(held, rows[f"theirs {place}"], about.person)
        for name, finder in _finders.items():
            if held and name not in leaving_out:
                start = f"{name} {place} "
                own = {key.removeprefix(start): given for key, given in rows.items() if key.startswith(start)}
                given = finder.found(viewer, about, own)
                assert given <= finder.gives, f"{name} gives {given - finder.gives}, which it does not say"
                kinds |= given
        is_shut = about.programme.pk in rows.get(f"shut {place}", ())
        found.append(frozenset() if is_shut else _of(viewer, about, kinds))
    return found


def _by_role(held: Collection[tuple[str, str]], theirs: Collection[str], person: User) -> set[Relation]:
    """COORDINATOR and OBSERVER: the relations that roles give."""
    relation = {Kind.COORDINATOR: Relation.COORDINATOR, Kind.OBSERVER: Relation.OBSERVER}
    if person.erased_at is not None or person.merged_into_id is not None:
        return set()
    branches = [(relation[Kind(kind)], path) for kind, path in held if kind in relation]
    return {kind for kind, branch in branches if any(path.startswith(branch) for path in theirs)}


def _of(viewer: User, about: About, found: set[Relation]) -> frozenset[Relation]:
    if viewer.pk != about.person.pk:
        return frozenset(found)
    return frozenset(found - {Relation.COORDINATOR, Relation.OBSERVER, Relation.DECIDES_STEP} | {Relation.SELF})
