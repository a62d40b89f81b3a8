"""What was noted about somebody, and written by them alone, over many sessions at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from accounts.models import User
from supervision.captures import capture_of
from supervision.models import AgendaNote, Attendance, SupervisionSession
from supervision.policies import seat_relations
from supervision.readers.page import AS_ROWS, Labels
from supervision.sheet import PRESENTS_FIELD, STEP_FIELD

Audience = AgendaNote.Audience
FINISHED = SupervisionSession.State.FINISHED


def notes_about(person: User, seats: Sequence[Attendance]) -> dict[int, list[tuple[str, str]]]:
    """By seat, the lines about the person as (label, words): shared ones of finished sessions that they came to, and
    always those that they wrote for themselves. What is for those who led alone is left out. One query, and a few for
    each agenda."""
    came = {one.session_id for one in seats if seat_relations([one], one.session.state)}
    by_session = {one.session_id: one for one in reversed(seats)}
    labels: dict[int, Labels] = {}
    found: dict[int, list[tuple[str, str]]] = defaultdict(list)
    notes = AgendaNote.objects.filter(person=person, session__in=by_session).order_by("session_id", "turn", "pk")
    for note in notes.exclude(audience=Audience.LEADS).exclude(field__in=(STEP_FIELD, PRESENTS_FIELD)):
        seat = by_session[note.session_id]
        own = note.audience == Audience.AUTHOR
        is_open = own or (seat.session.state == FINISHED and note.session_id in came)
        if is_open and capture_of(note.field).kind not in AS_ROWS:
            words = labels.setdefault(seat.session.agenda_id, Labels(seat.session))
            found[seat.pk].append((words.label(note.field), "\n".join(words.lines(note.field, note.value))))
    return found
