"""One session's page, as much of it as the reader may see."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts.models import User
from checklists.models import Checklist
from common.at_once import read_at_once
from common.texts import for_reader
from programmes.rights import Relation
from supervision.captures import Kind, capture_of
from supervision.models import (
    AgendaNote,
    AgendaStep,
    Attendance,
    Feedback,
    Goal,
    GoalReview,
    SupervisionSession,
)
from supervision.policies import SessionSight
from supervision.readers.record import by_english, form_field, pack_parts, private_captures, prompts_of
from supervision.sheet import PRESENTS_FIELD, STEP_FIELD, is_private

Audience = AgendaNote.Audience
#: Kinds that have rows of their own once the record is finished.
_IN_KEYS = {Kind.CHOICE, Kind.CHOICES, Kind.YES_NO, Kind.PROMPTS}
AS_ROWS = {Kind.GOAL, Kind.REVIEW, Kind.STRENGTHS, Kind.FEEDBACK, Kind.RECORDING, Kind.CHECKLISTS}


@dataclass(frozen=True)
class ShownNote:
    """One note: its label, whom it is about, and its words as lines."""

    label: str
    about: str
    lines: list[str]


@dataclass(frozen=True)
class ShownStep:
    """One step of the record with what was noted."""

    step: AgendaStep
    number: int
    notes: list[ShownNote] = field(default_factory=list)
    not_done: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Record:
    """What a reader may read of a finished record."""

    steps: list[ShownStep] = field(default_factory=list)
    goals: list[Goal] = field(default_factory=list)
    reviews: list[GoalReview] = field(default_factory=list)
    feedback: list[Feedback] = field(default_factory=list)
    # What was agreed about meeting again; None when nothing was.
    next_on: str | None = None


def record_of(session: SupervisionSession, sight: SessionSight, attendances: list[Attendance], reader: User) -> Record:
    """The record as far as `reader` may read it: whoever was there reads all that was shared, whoever stayed away
    their own goals, and who has left the programme what is about themselves. At most three queries."""
    if session.state != SupervisionSession.State.FINISHED or not sight.is_seated:
        return Record()
    led = Relation.LED in sight.relations
    goals = Goal.objects.filter(set_in=session).select_related("person")
    reviews = GoalReview.objects.filter(session=session).select_related("goal__person")
    feedback = Feedback.objects.filter(session=session, released_at__isnull=False).select_related("giver", "receiver")
    if not sight.words:
        goals, reviews = goals.filter(person=reader), reviews.filter(goal__person=reader)
    if sight.has_left:
        feedback = feedback.filter(receiver=reader)
    elif not led:
        feedback = (feedback.filter(giver=reader) | feedback.filter(receiver=reader)).distinct()
    rows = read_at_once(
        notes=session.notes.exclude(audience=Audience.AUTHOR).order_by("turn", "pk"),
        goals=goals.order_by("pk"),
        reviews=reviews.order_by("pk"),
        feedback=feedback.order_by("turn", "receiver__sort_name", "pk"),
    )
    notes = [note for note in rows["notes"] if _may_read(note, sight, led, reader)]
    return Record(
        steps=_steps(session, notes, attendances),
        goals=rows["goals"],
        reviews=rows["reviews"],
        feedback=rows["feedback"],
        next_on=next((note.value for note in notes if note.field == "next_session"), None) if led else None,
    )


def _steps(session: SupervisionSession, read: list[AgendaNote], attendances: list[Attendance]) -> list[ShownStep]:
    people = {row.person_id: row.person for row in attendances}
    notes: dict[int, list[AgendaNote]] = {}
    for note in read:
        notes.setdefault(note.step_id, []).append(note)
    if not notes:
        return []
    labels = Labels(session)
    found = []
    for number, step in enumerate(session.agenda.steps.all(), start=1):
        shown = ShownStep(step, number)
        for note in notes.get(step.pk, []):
            about = people[note.person_id].name if note.person_id in people else ""
            if note.field == STEP_FIELD:
                shown.not_done.extend([note.value["reason"]] if note.value.get("reason") else [])
            elif note.field != PRESENTS_FIELD and capture_of(note.field).kind not in AS_ROWS:
                shown.notes.append(ShownNote(labels.label(note.field), about, labels.lines(note.field, note.value)))
        if shown.notes or shown.not_done:
            found.append(shown)
    return found


def _may_read(note: AgendaNote, sight: SessionSight, led: bool, reader: User) -> bool:
    if led:
        return True
    if note.audience == Audience.LEADS:
        return False
    if note.person_id == reader.pk:
        return sight.words or sight.has_left  # who stayed away has their own goals only (rule 1)
    return sight.words and note.audience == Audience.SESSION


class Labels:
    """Words for what is kept as keys: choices of the pack, questions at hand, yes and no."""

    def __init__(self, session: SupervisionSession) -> None:
        self._session = session
        language = session.programme.language
        names = session.agenda.source.get("capture_names", {})
        self._names = {key: for_reader(texts, language) for key, texts in names.items()}

    @cached_property
    def _words(self) -> dict[str, str]:
        """Words by key; read only when a note holds a key."""
        language = self._session.programme.language
        parts = pack_parts(self._session.programme)
        named = [*(parts.get("chime") or {}).get("areas", []), *(parts.get("role_star") or {}).get("points", [])]
        words = {
            one["key"]: str(capfirst(for_reader(one["names"], language)))
            for one in [*named, *(parts.get("activities") or [])]
        }
        for group in prompts_of(self._session.agenda.prompts, language):
            words |= dict(group.prompts)
        instruments = Checklist.objects.filter(programme=self._session.programme_id).values_list(
            "key", "versions__names"
        )
        words |= {key: for_reader(names, language) for key, names in instruments.order_by("versions__number") if names}
        pass_on = dict(by_english(form_field(parts, "pass_on"), language))
        return words | pass_on | {"yes": pgettext("answer", "Yes"), "no": pgettext("answer", "No")}

    def label(self, key: str) -> str:
        """The label of a capture."""
        capture = capture_of(key)
        return str(capture.label) if capture.label else self._names.get(key, key)

    def lines(self, key: str, value: Any) -> list[str]:
        """A kept value as lines of text."""
        if isinstance(value, dict) and "items" in value:
            chosen = value.get("chosen")
            return [
                _("%(way)s (chosen)") % {"way": text} if place == chosen else text
                for place, text in enumerate(value["items"])
            ]
        if isinstance(value, list):
            return [self._words.get(str(one), str(one)) for one in value]
        if isinstance(value, str):
            in_words = capture_of(key).kind in _IN_KEYS
            return (self._words.get(value, value) if in_words else value).splitlines()
        return [str(value)]


@dataclass(frozen=True)
class OwnPart:
    """What somebody writes on the own page of a session: (step, capture key, turn, label, value), and a note."""

    asked: list[tuple[AgendaStep, str, int, str, Any]]
    note: str


def own_part(session: SupervisionSession, attendances: list[Attendance], reader: User) -> OwnPart:
    """The captures that are the reader's alone, with what is written. Four queries."""
    private = private_captures(pack_parts(session.programme))
    turns = [row.turn for row in attendances if row.person_id == reader.pk and row.seat == Attendance.Seat.SUPERVISEE]
    kept = {
        (note.step_id, note.field, note.turn): note.value
        for note in session.notes.filter(person=reader, audience=Audience.AUTHOR)
    }
    asked = [
        (step, key, turn, str(capture_of(key).own_label or capture_of(key).label), kept.get((step.pk, key, turn)))
        for turn in turns[:1]
        for step in session.agenda.steps.all()
        for key in step.captures
        if is_private(capture_of(key), private)
    ]
    note = session.private_notes.filter(author=reader).values_list("text", flat=True).first()
    return OwnPart(asked, note or "")
