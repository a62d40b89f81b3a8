"""A record's form as its page shows it: parts, steps, entries."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from django.forms import BoundField
from django.utils.functional import cached_property

from accounts.models import User
from common.fields import read_by
from supervision.captures import Kind
from supervision.forms.record_checks import RecordChecks
from supervision.readers.goals import limit_sentence
from supervision.readers.who_reads import readers_sentence, step_readers
from supervision.sheet import Entry, Part, Seat, Slot

# Small answers whose readers are named once, after the last field of the same readers.
_SMALL = {Kind.NUMBER, Kind.YES_NO, Kind.LINE, Kind.CHOICE, Kind.DAY}
_PLAIN = "supervision/record/plain.html"
_OWN_TEMPLATES = {Kind.REVIEW, Kind.STRENGTHS, Kind.OPTIONS, Kind.GOAL, Kind.RECORDING, Kind.PROMPTS, Kind.CHECKLISTS}


@dataclass(frozen=True)
class EntryView:
    """One entry as the template shows it."""

    entry: Entry
    kind: str
    template: str
    fields: list[BoundField]
    readers: str
    shows_person: bool
    # Rows of (fields of the row), goals with their fields, or nothing.
    rows: list[Any] = field(default_factory=list)
    by_part: dict[str, BoundField] = field(default_factory=dict)
    limit: str = ""


@dataclass(frozen=True)
class SlotView:
    """One step with its fields."""

    slot: Slot
    entries: list[EntryView]
    done: BoundField
    reason: BoundField
    has_errors: bool
    is_done: bool


@dataclass(frozen=True)
class PartView:
    """Steps that stand together."""

    part: Part
    slots: list[SlotView]
    is_open: bool = False

    @property
    def done(self) -> int:
        """How many of the steps are done."""
        return sum(slot.is_done for slot in self.slots)

    @property
    def has_errors(self) -> bool:
        """Whether something in it is missing or wrong."""
        return any(slot.has_errors for slot in self.slots)


@dataclass(frozen=True)
class Progress:
    """How far the record is: `done` of `of` steps, a step counted for each who presents; and what comes next."""

    done: int
    of: int
    following: SlotView | None = None
    # Where it stands: the part of somebody who presents opens as a whole.
    anchor: str = ""


class RecordPage(RecordChecks):
    """What the template asks of a record's form."""

    user: User

    def rows_of(self, entry: Entry) -> int:
        """How many rows the entry shows."""
        raise NotImplementedError

    @cached_property
    def attendance(self) -> list[tuple[Seat, BoundField]]:
        """Who was there, seat by seat."""
        bool(self.errors)
        for seat in self.desk.sheet.seats:
            self.fields[f"came-{seat.person.pk}"].required = True  # for the word beside the label
        return [(seat, self[f"came-{seat.person.pk}"]) for seat in self.desk.sheet.seats]

    @cached_property
    def parts(self) -> list[PartView]:
        """The parts as the template shows them; of those who present, the first who is not done is open."""
        bool(self.errors)  # checked before the words beside labels say what is needed
        views = [PartView(part, [self._slot_view(slot) for slot in part.slots]) for part in self.desk.sheet.parts]
        waiting = next((view for view in views if view.part.person and view.done < len(view.slots)), None)
        return [replace(view, is_open=view is waiting or view.has_errors) for view in views]

    @cached_property
    def progress(self) -> Progress:
        """How far the record is, in the order of the page."""
        all_slots = [(part, slot) for part in self.parts for slot in part.slots]
        part, slot = next(((part, slot) for part, slot in all_slots if not slot.is_done), (None, None))
        anchor = "" if part is None or slot is None else part.part.key if part.part.person else slot.slot.key
        return Progress(sum(slot.is_done for _part, slot in all_slots), len(all_slots), slot, anchor)

    def _slot_view(self, slot: Slot) -> SlotView:
        entries = [self._entry_view(slot, entry) for entry in slot.entries]
        fields = [one for view in entries for one in view.fields]
        filled = any(one.value() not in (None, "", []) for one in fields if not one.name.endswith(("-rows", "-from")))
        done, reason = self[f"{slot.key}-done"], self[f"{slot.key}-reason"]
        read_by(reason.field, step_readers(self.desk.sheet, self.user))
        return SlotView(
            slot=slot,
            entries=entries,
            done=done,
            reason=reason,
            has_errors=any(one.errors for one in [*fields, done, reason]) if self.is_bound else False,
            is_done=bool(filled or done.value() or reason.value()),
        )

    def _entry_view(self, slot: Slot, entry: Entry) -> EntryView:
        kind = entry.capture.kind
        fields = [self[name] for name in self.names_of(entry)]
        own = {one.name: one for one in fields}
        view = EntryView(
            entry=entry,
            kind=kind,
            template=f"supervision/record/{kind}.html" if kind in _OWN_TEMPLATES else _PLAIN,
            fields=fields,
            readers=readers_sentence(entry, self.desk.sheet, self.user),
            shows_person=slot.person is None and entry.person is not None and len(self.desk.sheet.supervised) > 1,
            limit=self._limit(entry) if kind == Kind.GOAL else "",
            by_part={one.name.removeprefix(f"{entry.name}-"): one for one in fields},
        )
        if kind == Kind.REVIEW:
            lines = self.desk.goals.get(entry.person.pk if entry.person else 0, [])
            view.rows.extend(
                (line, own[f"{entry.name}-{line.goal.pk}-status"], own[f"{entry.name}-{line.goal.pk}-comment"])
                for line in lines
            )
        elif kind == Kind.STRENGTHS:
            view.rows.extend(
                (own[f"{entry.name}-{row}-from"], own[f"{entry.name}-{row}"]) for row in range(self.rows_of(entry))
            )
        elif kind == Kind.OPTIONS:
            radios = list(own[f"{entry.name}-chosen"].subwidgets) if f"{entry.name}-chosen" in own else []
            view.rows.extend(
                (own[f"{entry.name}-{row}"], radios[row] if radios else None) for row in range(self.rows_of(entry))
            )
        elif kind == Kind.RECORDING:
            view.rows.extend(
                (own[f"{entry.name}-{row}-at"], own[f"{entry.name}-{row}-moment"])
                for row in range(self.rows_of(entry))
            )
        place = slot.entries.index(entry)
        before = slot.entries[place - 1] if place else None
        if kind == Kind.REVIEW and before and readers_sentence(before, self.desk.sheet, self.user) == view.readers:
            view = replace(view, readers="")  # said once, above the first of them
        following = next((other for other in slot.entries[place + 1 :]), None)
        same = following is not None and readers_sentence(following, self.desk.sheet, self.user) == view.readers
        if fields and view.template == _PLAIN and not (same and kind in _SMALL):
            read_by(fields[-1].field, view.readers)
        if fields and entry.capture.needed and slot.step.required:
            first = [row[1] for row in view.rows] if kind == Kind.REVIEW else fields[:1]
            for one in first:
                one.field.required = True  # for the word beside the label; a draft may leave it empty
        return view

    def _limit(self, entry: Entry) -> str:
        lines = self.desk.goals.get(entry.person.pk if entry.person else 0, [])
        return limit_sentence(
            len(lines), self.desk.frame.max_open, entry.person.get_short_name() if entry.person else ""
        )
