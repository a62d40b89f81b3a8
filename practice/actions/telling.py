"""Telling people about recordings, inside the act's transaction: that consent was withdrawn, never by which parent."""

from __future__ import annotations

from collections.abc import Iterable

from accounts.models import User
from notices.actions.write import write_notice
from practice.models import Recording

WITHDRAWN = "recording_withdrawn"


def tell_withdrawn(recording: Recording, people: Iterable[User], *, by: User, kind: str = WITHDRAWN) -> None:
    """Tell everybody who holds the film, but `by`: it is to be deleted. Raises as `write_notice`."""
    for person in {person.pk: person for person in people if person.email and person.pk != by.pk}.values():
        write_notice(
            kind=kind, subject=f"recording:{recording.pk}", recipient=person, programme_id=recording.programme_id
        )
