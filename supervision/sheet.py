"""The sheet on which a session is recorded: the steps of its agenda, laid out for those who are there.

Values in, values out: seats and steps give parts, slots and entries; nothing here reads the database.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

from accounts.models import User
from supervision.captures import Capture, Scope, asked_together
from supervision.models import AgendaNote, AgendaStep, Attendance

#: Notes that belong to a step, not to a capture: whether it was done, and whether somebody presents.
STEP_FIELD = "_step"
PRESENTS_FIELD = "_presents"


@dataclass(frozen=True)
class Written:
    """One field as it is kept: a row of `AgendaNote` to be. An empty value (None) takes the row away."""

    step_id: int
    field: str
    turn: int
    person_id: int | None
    audience: str
    value: Any


@dataclass(frozen=True)
class Seat:
    """Somebody in the session: all turns together, with the seat of the first."""

    person: User
    seat: str
    turn: int
    is_guest: bool
    present: bool | None
    presents: bool
    reply: str = ""
    question: str = ""

    @property
    def leads(self) -> bool:
        """Whether this seat leads or co-leads."""
        return self.seat in (Attendance.Seat.LEAD, Attendance.Seat.CO_LEAD)


@dataclass(frozen=True)
class Entry:
    """One capture to be filled in, about one person in one turn, or about the group (person None)."""

    step: AgendaStep
    capture: Capture
    turn: int
    person: User | None

    @property
    def name(self) -> str:
        """The first part of the names of its form fields."""
        return f"{self.step.key}-{self.capture.key}-{self.turn}-{self.person.pk if self.person else 0}"

    def written(self, value: Any) -> Written:
        """The row that keeps `value`."""
        person_id = self.person.pk if self.person else None
        return Written(self.step.pk, self.capture.key, self.turn, person_id, self.capture.audience, value)


@dataclass(frozen=True)
class Slot:
    """One step, once or for one presenter. `minutes` are shared among those who present."""

    step: AgendaStep
    number: int
    turn: int
    person: User | None
    minutes: int
    entries: list[Entry] = field(default_factory=list)
    # What each writes on a page of their own.
    elsewhere: list[Capture] = field(default_factory=list)

    @property
    def key(self) -> str:
        """The anchor of the slot, and the first part of the names of its own fields."""
        return f"{self.step.key}-{self.turn}-{self.person.pk if self.person else 0}"

    def written(self, value: Any) -> Written:
        """The row that keeps whether the step was done."""
        person_id = self.person.pk if self.person else None
        return Written(self.step.pk, STEP_FIELD, self.turn, person_id, AgendaNote.Audience.SESSION, value)


@dataclass(frozen=True)
class Part:
    """Steps that stand together: for all, or for one who presents."""

    slots: list[Slot]
    person: User | None = None
    turn: int = 1
    is_first: bool = False
    is_last: bool = False

    @property
    def key(self) -> str:
        """The anchor of the part."""
        return f"part-{self.turn}-{self.person.pk}" if self.person else f"part-{self.slots[0].step.key}"


@dataclass(frozen=True)
class Sheet:
    """The whole page: parts in the order of the agenda."""

    parts: list[Part]
    seats: list[Seat]
    # (turn, person) of each who is supervised and has not stayed away.
    supervised: list[tuple[int, User]]
    presenters: list[tuple[int, User]]
    has_repeated_steps: bool
    first_repeated: AgendaStep | None

    @property
    def slots(self) -> list[Slot]:
        """Every slot in order."""
        return [slot for part in self.parts for slot in part.slots]

    @property
    def entries(self) -> list[Entry]:
        """Every entry in order."""
        return [entry for slot in self.slots for entry in slot.entries]


def seats_of(attendances: Sequence[Attendance], absent_presenters: Collection[int] = ()) -> list[Seat]:
    """One seat for each person, in the order of turns; `absent_presenters` came without presenting."""
    found: dict[int, Seat] = {}
    for row in sorted(attendances, key=lambda row: (row.turn, row.pk)):
        if row.person_id in found:
            continue
        questions = [other.question for other in attendances if other.person_id == row.person_id and other.question]
        found[row.person_id] = Seat(
            person=row.person,
            seat=row.seat,
            turn=row.turn,
            is_guest=row.is_guest,
            present=row.present,
            presents=row.person_id not in absent_presenters,
            reply=row.reply,
            question=questions[0] if questions else "",
        )
    return list(found.values())


def supervised(attendances: Sequence[Attendance]) -> list[tuple[int, User]]:
    """(turn, person) of each who is supervised and has not stayed away, in the order of turns."""
    rows = sorted(attendances, key=lambda row: (row.turn, row.pk))
    return [
        (row.turn, row.person) for row in rows if row.seat == Attendance.Seat.SUPERVISEE and row.present is not False
    ]


def build_sheet(
    steps: Sequence[AgendaStep],
    attendances: Sequence[Attendance],
    *,
    without_presenting: set[int],
    kept_private: set[str],
) -> Sheet:
    """Lay the steps out. `without_presenting`: came but did not present; `kept_private`: captures that the programme
    keeps for their author."""
    people = supervised(attendances)
    presenters = [(turn, person) for turn, person in people if person.pk not in without_presenting]
    numbered = list(enumerate(steps, start=1))
    repeated = [step for step in steps if step.per_presenter]
    parts: list[Part] = []
    run: list[Slot] = []
    for number, step in numbered:
        if not step.per_presenter:
            run.append(_slot(step, number, 1, None, step.minutes, people, kept_private))
            continue
        if run:
            parts.append(Part(run))
            run = []
        if step is repeated[0]:
            parts += _repeated_parts(numbered, presenters, kept_private)
    if run:
        parts.append(Part(run))
    return Sheet(
        parts=parts,
        seats=seats_of(attendances, without_presenting),
        supervised=people,
        presenters=presenters,
        has_repeated_steps=bool(repeated),
        first_repeated=repeated[0] if repeated else None,
    )


def _repeated_parts(
    numbered: list[tuple[int, AgendaStep]], presenters: list[tuple[int, User]], kept_private: set[str]
) -> list[Part]:
    """One part for each presenter, with all repeated steps; their minutes are shared."""
    share = max(1, len(presenters))
    return [
        Part(
            [
                _slot(step, number, turn, person, max(1, round(step.minutes / share)), [(turn, person)], kept_private)
                for number, step in numbered
                if step.per_presenter
            ],
            person=person,
            turn=turn,
            is_first=place == 0,
            is_last=place == len(presenters) - 1,
        )
        for place, (turn, person) in enumerate(presenters)
    ]


def is_private(capture: Capture, kept_private: set[str]) -> bool:
    """Whether the capture is its author's alone: always, or because the programme's form says so."""
    return capture.audience == AgendaNote.Audience.AUTHOR or capture.key in kept_private


def _slot(
    step: AgendaStep,
    number: int,
    turn: int,
    person: User | None,
    minutes: int,
    people: list[tuple[int, User]],
    kept_private: set[str],
) -> Slot:
    slot = Slot(step, number, turn, person, minutes)
    for capture in asked_together(list(step.captures)):
        if is_private(capture, kept_private):
            slot.elsewhere.append(capture)
        elif capture.scope == Scope.EACH:
            slot.entries.extend(Entry(step, capture, of_turn, about) for of_turn, about in people)
        else:
            slot.entries.append(Entry(step, capture, turn, person))
    return slot
