"""Films looked at in a session: to whom reference and moments are shown, and how it stands with the consent."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils import timezone

from accounts.models import User
from practice.consent import SUPERVISION, consent_valid
from practice.locations import is_link
from practice.models import Moment
from programmes.relations import About, relations
from programmes.rights import Relation, Sight, Thing, may_see
from supervision.models import Attendance, SessionRecording, SupervisionSession
from supervision.policies import SessionSight, may_hold_consent


@dataclass(frozen=True)
class Clip:
    """One film of a session, as much of it as the reader may see.

    `location` and `moments` are empty for whoever may only know that it exists, and once the consent holds no more.
    """

    row: SessionRecording
    holds: bool
    location: str = ""
    moments: list[Moment] = field(default_factory=list)
    # Whether the reader holds the statement of consent: may withdraw it, and note that the film is deleted.
    may_hold: bool = False

    @property
    def is_link(self) -> bool:
        """Whether the location is a web address."""
        return is_link(self.location)

    @property
    def is_late(self) -> bool:
        """Whether it should have been deleted by now."""
        recording = self.row.recording
        late = recording.delete_by is not None and recording.delete_by <= timezone.localdate()
        return late and recording.deletion_confirmed_at is None


def clips_of(
    session: SupervisionSession, sight: SessionSight, attendances: Sequence[Attendance], reader: User
) -> list[Clip]:
    """The films of a finished session for `reader`. Two queries for those in it, a few more for others."""
    if session.state != SupervisionSession.State.FINISHED:
        return []
    rows = session.recordings.select_related("recording", "person").prefetch_related("recording__moments")
    found = []
    for row in rows.order_by("pk"):
        row.session = session
        clip = clip_for(row, _relations(row, sight, reader), attendances, reader)
        found += [clip] if clip else []
    return found


def clip_of(
    session: SupervisionSession,
    recording_id: int,
    sight: SessionSight,
    attendances: Sequence[Attendance],
    reader: User,
) -> Clip | None:
    """One film of the session, in whatever state the record is; None where the reader may not know of it."""
    rows = session.recordings.select_related("recording", "person").prefetch_related("recording__moments")
    row = next((row for row in rows if row.recording_id == recording_id), None)  # few, and no id is too long
    if row is None:
        return None
    row.session = session
    return clip_for(row, _relations(row, sight, reader), attendances, reader)


def clip_for(
    row: SessionRecording, known: frozenset[Relation], attendances: Sequence[Attendance], reader: User
) -> Clip | None:
    """The film with what these relations to the one whom it shows let `reader` see; None for nothing at all."""
    if not may_see(Thing.RECORDING, known):
        return None
    holds = _holds(row, timezone.localdate())
    own = may_see(Thing.RECORDING, known, Sight.FULL)
    open_ = own or (may_see(Thing.RECORDING, known, Sight.WHILE_CONSENT) and holds)
    may_hold = may_hold_consent(reader, row, attendances)
    if not (open_ or may_hold or may_see(Thing.RECORDING, known, Sight.EXISTS)):
        return None
    return Clip(
        row=row,
        holds=holds,
        location=row.recording.location if open_ else "",
        moments=list(row.recording.moments.all()) if open_ and holds else [],
        may_hold=may_hold,
    )


def _holds(row: SessionRecording, day: dt.date) -> bool:
    """Whether the film may be looked at in supervision that day."""
    return consent_valid(row.recording, day, SUPERVISION)


def _relations(row: SessionRecording, sight: SessionSight, reader: User) -> frozenset[Relation]:
    """What `reader` is to the one whom the film shows; nobody decides a step from the page of a session."""
    if row.person_id == reader.pk:
        return sight.relations | {Relation.SELF}
    if sight.is_seated:
        return sight.relations
    found = relations(reader, About(row.person, row.session.programme, row.session_id))
    return (found - {Relation.DECIDES_STEP, Relation.COORDINATOR}) | (sight.relations & {Relation.COORDINATOR})
