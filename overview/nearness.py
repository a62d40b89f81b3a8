"""Which coach could take somebody, and what speaks for it. Values in, values out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

SUGGESTED = 2
SAME, NEIGHBOUR, ELSEWHERE = 0, 1, 2


@dataclass(frozen=True)
class Candidate:
    """A coach with room: where they belong, which languages they supervise in, and the lowest free place."""

    person_id: int
    name: str
    sort_name: str
    path: str
    organisation: str
    languages: tuple[str, ...]
    place: int | None
    free: int
    away: bool


@dataclass(frozen=True)
class Suggestion:
    """A coach for somebody, with the reasons in words."""

    candidate: Candidate
    reasons: str


def distance(path: str, other: str) -> int:
    """How near two organisations are: the same or one above the other, neighbours under one roof, elsewhere."""
    if path.startswith(other) or other.startswith(path):
        return SAME if path == other else NEIGHBOUR
    parent, other_parent = path[:-1].rpartition("/")[0], other[:-1].rpartition("/")[0]
    # Two that only share the network are not neighbours, unless the network has no level between.
    return NEIGHBOUR if parent == other_parent and "/" in parent else ELSEWHERE


def suggestions(path: str, language: str, candidates: Iterable[Candidate], *, but: int = 0) -> list[Suggestion]:
    """The two who fit best: who is there before who is away, then near, of the same language, with most room."""
    fitting = [one for one in candidates if one.person_id != but and one.free > 0]
    best = sorted(
        fitting,
        key=lambda one: (
            one.away,
            distance(one.path, path),
            language not in one.languages,
            -one.free,
            one.sort_name,
        ),
    )
    return [Suggestion(one, _reasons(one, path, language)) for one in best[:SUGGESTED]]


def _reasons(one: Candidate, path: str, language: str) -> str:
    parts = [
        {
            SAME: _("Same organisation."),
            NEIGHBOUR: _("Close by, in %(organisation)s.") % {"organisation": one.organisation},
            ELSEWHERE: _("In %(organisation)s.") % {"organisation": one.organisation},
        }[distance(one.path, path)]
    ]
    if language in one.languages:
        parts.append(_("Supervises in the same language."))
    if one.away:
        parts.append(_("Away at the moment."))
    return " ".join(parts)


def lowest_free(taken: Sequence[int], offered: int) -> int | None:
    """The lowest place that is offered and not taken."""
    return next((number for number in range(1, offered + 1) if number not in taken), None)
