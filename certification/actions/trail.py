"""The trail of the ladder, and whom an act about a candidacy concerns."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from accounts.actions.audit import Entry, record_all
from accounts.models import User
from certification.models import Candidacy
from programmes.models import Membership


def note(candidacy: Candidacy, *, by: User, verb: str, **facts: Any) -> None:
    """Add the audit row of an act about a candidacy: keys, dates and numbers, never a ground."""
    note_all([(candidacy, verb, facts)], by=by)


def note_all(acts: Sequence[tuple[Candidacy, str, Mapping[str, Any]]], *, by: User) -> None:
    """The audit rows of many acts (candidacy, verb, facts) that are done together; the queries do not grow."""
    paths = paths_of({candidacy.person_id for candidacy, _verb, _facts in acts if candidacy.person_id})
    record_all(
        by=by,
        entries=[
            Entry(
                verb,
                subject=f"candidacy:{candidacy.pk}",
                programme_id=candidacy.track.programme_id,
                organisation_path=_path_of(candidacy, paths),
                people=[candidacy.person_id] if candidacy.person_id else [],
                facts={"track": candidacy.track.key, **facts},
            )
            for candidacy, verb, facts in acts
        ],
    )


def _path_of(candidacy: Candidacy, paths: Mapping[tuple[int, int], str]) -> str:
    """Where the act belongs in the trail: the organisation, or where the person is a member in the programme."""
    if candidacy.organisation:
        return candidacy.organisation.path
    held = paths.get((candidacy.person_id or 0, candidacy.track.programme_id))
    return held or candidacy.track.programme.network.path


def paths_of(people: Collection[int]) -> dict[tuple[int, int], str]:
    """(person, programme) to the organisation of the oldest open membership."""
    held = Membership.objects.open().filter(person__in=people).order_by("-started_on", "-id")
    rows = held.values_list("person_id", "role__programme_id", "organisation__path")
    return {(person, programme): path for person, programme, path in rows}


def told(candidacy: Candidacy) -> User:
    """Who is told about decisions: the person, or for an organisation the one who began."""
    return candidacy.person or candidacy.started_by
