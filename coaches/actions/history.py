"""What was before this service was used: when somebody last met the one who supervises them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from accounts.actions import audit
from accounts.models import User
from coaches.models import EarlierSession
from common.text import clean_line
from programmes.models import Membership, Programme


@dataclass(frozen=True)
class Before:
    """That somebody was last met on a day, and where that is written (file and row)."""

    person: User
    programme: Programme
    on: dt.date
    source: str

    @property
    def held_at(self) -> dt.datetime:
        """Noon of that day where the installation is."""
        return timezone.make_aware(dt.datetime.combine(self.on, dt.time(12)))

    @property
    def key(self) -> tuple[int, int, dt.datetime]:
        """What makes two of them one."""
        return self.person.pk, self.programme.pk, self.held_at


@transaction.atomic
def note_sessions_before(*, by: User, wanted: Sequence[Before]) -> list[EarlierSession | None]:
    """Note the days of last sessions before this service, None for what is known; the queries do not grow."""
    now = timezone.now()
    people = {one.person.pk for one in wanted}
    known = set(EarlierSession.objects.filter(person__in=people).values_list("person_id", "programme_id", "held_at"))
    made: dict[tuple[int, int, dt.datetime], EarlierSession] = {}
    noted: list[EarlierSession | None] = []
    for one in wanted:
        new = one.key not in known and one.key not in made
        if new:
            made[one.key] = EarlierSession(
                person=one.person,
                programme=one.programme,
                held_at=one.held_at,
                source=clean_line(one.source, max_length=300),
                noted_at=now,
                noted_by=by,
            )
        noted.append(made[one.key] if new else None)
    EarlierSession.objects.bulk_create(made.values(), batch_size=audit.AT_ONCE)
    _record(made.values(), by=by, verb="session.from_before", with_source=True)
    return noted


@transaction.atomic
def take_back_sessions_before(*, ids: Iterable[int], by: User) -> None:
    """Undo what an import noted by mistake."""
    sessions = list(EarlierSession.objects.filter(pk__in=list(ids)))
    _record(sessions, by=by, verb="session.before_taken_back")
    EarlierSession.objects.filter(pk__in=[session.pk for session in sessions]).delete()


def _record(sessions: Iterable[EarlierSession], *, by: User, verb: str, with_source: bool = False) -> None:
    """One row for each, filed where the person belongs in the programme."""
    kept = list(sessions)
    held = Membership.objects.open().filter(person__in={session.person_id for session in kept}).order_by("-pk")
    paths = {
        (person, programme): path
        for person, programme, path in held.values_list("person_id", "role__programme_id", "organisation__path")
    }
    entries = [
        audit.Entry(
            verb,
            subject=f"person:{session.person_id}",
            programme_id=session.programme_id,
            organisation_path=paths.get((session.person_id, session.programme_id), ""),
            people=[session.person_id],
            facts={"held_on": timezone.localdate(session.held_at).isoformat()}
            | ({"source": session.source} if with_source else {}),
        )
        for session in kept
    ]
    audit.record_all(by=by, entries=entries)
