"""The trail of the ladder, and whom an act about a candidacy concerns."""

from __future__ import annotations

from typing import Any

from accounts.actions.audit import record
from accounts.models import User
from certification.models import Candidacy
from programmes.models import Membership


def note(candidacy: Candidacy, *, by: User, verb: str, **facts: Any) -> None:
    """Add the audit row of an act about a candidacy: keys, dates and numbers, never a ground."""
    record(
        by=by,
        verb=verb,
        subject=f"candidacy:{candidacy.pk}",
        programme_id=candidacy.track.programme_id,
        organisation_path=path_of(candidacy),
        people=[candidacy.person_id] if candidacy.person_id else [],
        facts={"track": candidacy.track.key, **facts},
    )


def path_of(candidacy: Candidacy) -> str:
    """Where the act belongs in the trail: the organisation, or where the person is a member in the programme."""
    if candidacy.organisation:
        return candidacy.organisation.path
    held = Membership.objects.open().filter(person=candidacy.person_id, role__programme=candidacy.track.programme_id)
    path = held.order_by("started_on", "id").values_list("organisation__path", flat=True).first()
    return path or candidacy.track.programme.network.path


def told(candidacy: Candidacy) -> User:
    """Who is told about decisions: the person, or for an organisation the one who began."""
    return candidacy.person or candidacy.started_by
