"""The form of a record: fields made from the sheet, read back into rows to keep."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.forms import BoundField
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts.models import User
from common.fields import LineField, WordsField
from common.texts import for_reader
from supervision.captures import Kind
from supervision.forms.record_composites import ASKING, MOST_ROWS
from supervision.merge import Fields, Value, marks
from supervision.models import AgendaNote
from supervision.readers.record import Desk
from supervision.readers.who_reads import private_sentence, readers_sentence
from supervision.sheet import PRESENTS_FIELD, Entry, Part, Seat, Slot, Written

NOTE_LENGTH = 20_000
CAME, LISTENED, AWAY = "came", "listened", "away"


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
    chosen: Any = None


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

    @property
    def done(self) -> int:
        """How many of the steps are done."""
        return sum(slot.is_done for slot in self.slots)


class RecordForm(forms.Form):
    """All fields of one session's record. Nothing is required to save a draft; `finishing` asks for the whole."""

    use_required_attribute = False

    def __init__(
        self,
        desk: Desk,
        user: User,
        data: QueryDict | None = None,
        *,
        typed: Fields | None = None,
        finishing: bool = False,
    ) -> None:
        self.desk, self.user, self.finishing = desk, user, finishing
        self.sent: Mapping[str, Any] = data if data is not None else (typed or {})
        super().__init__(data, initial={})
        self._build()
        saved = self.saved()
        self.initial = {**saved, **dict(typed or {})}
        self.fields["revision"] = forms.IntegerField(
            widget=forms.HiddenInput, required=False, initial=desk.session.revision
        )
        self.fields["drawn"] = forms.CharField(
            widget=forms.HiddenInput, required=False, initial=json.dumps(marks(saved), separators=(",", ":"))
        )

    # Building

    def _build(self) -> None:
        for seat in self.desk.sheet.seats:
            self.fields[f"came-{seat.person.pk}"] = self._came(seat)
        for slot in self.desk.sheet.slots:
            for entry in slot.entries:
                for name, one in ASKING[entry.capture.kind].fields(entry, self.desk, self.rows_of(entry)).items():
                    self.fields[name] = one
                if entry.capture.kind in (Kind.OPTIONS, Kind.STRENGTHS):
                    self.fields[f"{entry.name}-rows"] = forms.IntegerField(
                        widget=forms.HiddenInput, required=False, initial=self.rows_of(entry)
                    )
            self.fields[f"{slot.key}-done"] = forms.BooleanField(label=_("Done, with nothing to note"), required=False)
            self.fields[f"{slot.key}-reason"] = LineField(label=_("Not done this time, because"), required=False)
        if self.desk.themes:
            self.fields["theme"] = forms.ChoiceField(
                label=_("Theme"),
                help_text=_("A category only. The coordinator sees it, and nothing else of what was said."),
                choices=[("", "–"), *self.desk.themes],
                required=False,
            )
        self.fields["own"] = WordsField(
            label=_("Your own note, for next time"), rows=3, required=False, readers=private_sentence()
        )

    def _came(self, seat: Seat) -> forms.ChoiceField:
        choices = [(CAME, pgettext("attendance", "Came"))]
        if self.desk.sheet.has_repeated_steps and not seat.leads:
            choices.append((LISTENED, pgettext("attendance", "Came, did not present")))
        choices.append((AWAY, pgettext("attendance", "Did not come")))
        return forms.ChoiceField(label=seat.person.name, choices=choices, widget=forms.RadioSelect, required=False)

    def rows_of(self, entry: Entry) -> int:
        """How many rows the entry shows: as many as were sent, at least as many as are kept."""
        kept = ASKING[entry.capture.kind].rows(self.value_of(entry))
        try:
            sent = int(self.sent.get(f"{entry.name}-rows") or 0)
        except (TypeError, ValueError):
            sent = 0
        return min(MOST_ROWS, max(kept, sent))

    def value_of(self, entry: Entry) -> Any:
        """What is kept for an entry; the question that was brought stands in for one not yet noted."""
        person_id = entry.person.pk if entry.person else None
        value = self.desk.notes.get((entry.step.pk, entry.capture.key, entry.turn, person_id))
        if value is None and entry.capture.key == "question_text":
            return next((seat.question for seat in self.desk.sheet.seats if seat.person.pk == person_id), "") or None
        return value

    def saved(self) -> dict[str, Value]:
        """What is kept, as the form's fields hold it."""
        found: dict[str, Any] = {}
        for slot in self.desk.sheet.slots:
            for entry in slot.entries:
                found |= ASKING[entry.capture.kind].raw(entry, self.value_of(entry))
            step = self.desk.notes.get((slot.step.pk, "_step", slot.turn, slot.person.pk if slot.person else None))
            found[f"{slot.key}-done"] = "on" if (step or {}).get("done") else ""
            found[f"{slot.key}-reason"] = (step or {}).get("reason", "")
        for seat in self.desk.sheet.seats:
            came = CAME if seat.presents else LISTENED
            unknown = "" if seat.reply == "no" else CAME
            found[f"came-{seat.person.pk}"] = unknown if seat.present is None else came if seat.present else AWAY
        found["theme"] = self.desk.session.theme
        found["own"] = self.desk.own_note
        return {
            name: [str(one) for one in value] if isinstance(value, list) else "" if value is None else str(value)
            for name, value in found.items()
            if name in self.fields
        }

    def sent_fields(self) -> dict[str, Value]:
        """What this window sent, as the draft and the comparison hold it."""
        assert isinstance(self.data, QueryDict)
        found: dict[str, Value] = {}
        for name, one in self.fields.items():
            if name in ("revision", "drawn"):
                continue
            many = isinstance(one, forms.MultipleChoiceField)
            found[name] = self.data.getlist(name) if many else self.data.get(name, "")
        return found

    def drawn_marks(self) -> dict[str, str]:
        """The marks that the page was drawn with; none when they were tampered with, so that all counts as changed."""
        try:
            found = json.loads(self.data.get("drawn", "") or "{}")
        except ValueError:
            return {}
        return {str(name): str(one) for name, one in found.items()} if isinstance(found, dict) else {}

    # Reading back

    def written(self) -> list[Written]:
        """Every row to keep, empty ones (value None) too, so that what was taken out goes."""
        found = []
        for slot in self.desk.sheet.slots:
            for entry in slot.entries:
                found.append(entry.written(ASKING[entry.capture.kind].value(entry, self.desk, self.cleaned_data)))
            done, reason = self.cleaned_data.get(f"{slot.key}-done"), self.cleaned_data.get(f"{slot.key}-reason")
            found.append(slot.written({"done": bool(done), "reason": reason or ""} if done or reason else None))
        step = self.desk.sheet.first_repeated
        for seat in self.desk.sheet.seats:
            if step and not seat.leads:
                silent = self.cleaned_data.get(f"came-{seat.person.pk}") == LISTENED
                audience = AgendaNote.Audience.LEADS
                found.append(
                    Written(step.pk, PRESENTS_FIELD, seat.turn, seat.person.pk, audience, False if silent else None)
                )
        return found

    def came(self) -> dict[int, bool | None]:
        """Who came, by person; None where nobody has said."""
        answers = {seat.person.pk: self.cleaned_data.get(f"came-{seat.person.pk}") for seat in self.desk.sheet.seats}
        return {person: None if not answer else answer != AWAY for person, answer in answers.items()}

    def clean(self) -> dict[str, Any]:
        """Check what belongs together; when finishing, that every required step was done or says why not."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for entry in self.desk.sheet.entries:
            value = ASKING[entry.capture.kind].value(entry, self.desk, cleaned)
            if entry.capture.kind == Kind.FEEDBACK and value and not value.get("strength"):
                self.add_error(f"{entry.name}-strength", _("Begin with something that worked."))
            if entry.capture.kind == Kind.RECORDING and value:
                self._check_recording(entry, value)
        if self.finishing:
            self._check_whole(cleaned)
        return cleaned

    def _check_recording(self, entry: Entry, value: Mapping[str, Any]) -> None:
        """A clip is looked at with a consent that holds on the day, and ends after it begins."""
        from supervision.forms.record_composites import clip_seconds

        day = self.desk.session.local_start.date()
        if (value.get("location") or value.get("start")) and self.finishing and value.get("consent") != "yes":
            self.add_error(
                f"{entry.name}-consent",
                _("A clip is looked at only while the consent is valid. Check it, or take the clip out."),
            )
        until = self.cleaned_data.get(f"{entry.name}-until")
        if until and until < day:
            self.add_error(
                f"{entry.name}-until", _("The consent ran out before the session. The clip cannot be used.")
            )
        if value.get("start") and value.get("end") and clip_seconds(value["end"]) < clip_seconds(value["start"]):
            self.add_error(f"{entry.name}-end", _("The clip ends before it begins."))
        if (value.get("given") is None) != (value.get("asked") is None):
            self.add_error(f"{entry.name}-asked", _("Write both numbers: how many have consented, and of how many."))
        elif value.get("given") is not None and value["given"] > value["asked"]:
            self.add_error(f"{entry.name}-asked", _("More people have consented than were asked."))

    def _check_whole(self, cleaned: Mapping[str, Any]) -> None:
        silent = {pk for pk, came in self.came().items() if came is False}
        for seat in self.desk.sheet.seats:
            if not cleaned.get(f"came-{seat.person.pk}"):
                self.add_error(f"came-{seat.person.pk}", _("Say whether %(name)s came.") % {"name": seat.person.name})
            if cleaned.get(f"came-{seat.person.pk}") == LISTENED:
                silent.add(seat.person.pk)
        for slot in self.desk.sheet.slots:
            if slot.person and slot.person.pk in silent or cleaned.get(f"{slot.key}-reason"):
                continue
            self._check_slot(slot, cleaned, {pk for pk, came in self.came().items() if came is False})

    def _check_slot(self, slot: Slot, cleaned: Mapping[str, Any], away: set[int]) -> None:
        entries = [entry for entry in slot.entries if not (entry.person and entry.person.pk in away)]
        values = [(entry, ASKING[entry.capture.kind].value(entry, self.desk, cleaned)) for entry in entries]
        for entry, value in values:
            if entry.capture.needed and slot.step.required and not cleaned.get(f"{slot.key}-done"):
                self._check_needed(slot, entry, value)
        ready = any(value is not None for _entry, value in values) or cleaned.get(f"{slot.key}-done")
        nothing_to_ask = not entries or all(not self.names_of(entry) for entry in entries)
        if slot.step.required and not ready and not nothing_to_ask and not any(e.capture.needed for e in entries):
            self.add_error(
                f"{slot.key}-done",
                _("Step %(number)d, %(step)s: write something, tick that it was done, or say why not.")
                % {"number": slot.number, "step": self.step_name(slot)},
            )

    def _check_needed(self, slot: Slot, entry: Entry, value: Any) -> None:
        names = self.names_of(entry)
        if entry.capture.kind == Kind.REVIEW:
            for line in self.desk.goals.get(entry.person.pk if entry.person else 0, []):
                kept = (value or {}).get(str(line.goal.pk), {})
                if not kept.get("status"):
                    self.add_error(
                        f"{entry.name}-{line.goal.pk}-status",
                        _("Step %(number)d, %(step)s: say what happened with the goal.")
                        % {"number": slot.number, "step": self.step_name(slot)},
                    )
            return
        first = (
            (value or {}).get(names[0].removeprefix(f"{entry.name}-")) if entry.capture.kind == Kind.GOAL else value
        )
        if not first:
            self.add_error(
                names[0],
                _("Step %(number)d, %(step)s: fill in “%(label)s”, or say why the step was not done.")
                % {"number": slot.number, "step": self.step_name(slot), "label": self.fields[names[0]].label},
            )

    def step_name(self, slot: Slot) -> str:
        """The step's name, and whose it is."""
        name = for_reader(slot.step.names, self.desk.session.programme.language)
        return f"{name} ({slot.person.get_short_name()})" if slot.person else name

    def names_of(self, entry: Entry) -> list[str]:
        """The names of the entry's fields, in order."""
        return [name for name in self.fields if name == entry.name or name.startswith(f"{entry.name}-")]

    # Showing

    @cached_property
    def attendance(self) -> list[tuple[Seat, BoundField]]:
        """Who was there, seat by seat."""
        return [(seat, self[f"came-{seat.person.pk}"]) for seat in self.desk.sheet.seats]

    @cached_property
    def parts(self) -> list[PartView]:
        """The parts as the template shows them."""
        return [PartView(part, [self._slot_view(slot) for slot in part.slots]) for part in self.desk.sheet.parts]

    def _slot_view(self, slot: Slot) -> SlotView:
        entries = [self._entry_view(slot, entry) for entry in slot.entries]
        fields = [one for view in entries for one in view.fields]
        filled = any(one.value() not in (None, "", []) for one in fields if not one.name.endswith(("-rows", "-from")))
        done, reason = self[f"{slot.key}-done"], self[f"{slot.key}-reason"]
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
            template=f"supervision/record/{kind}.html" if kind in _OWN_TEMPLATES else "supervision/record/plain.html",
            fields=fields,
            readers=readers_sentence(entry, self.desk.sheet, self.user),
            shows_person=slot.person is None and entry.person is not None and len(self.desk.sheet.supervised) > 1,
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
        for one in fields:
            one.field.needed = entry.capture.needed and one is fields[0]  # type: ignore[attr-defined]
        return view


_OWN_TEMPLATES = {Kind.REVIEW, Kind.STRENGTHS, Kind.OPTIONS, Kind.GOAL, Kind.RECORDING, Kind.PROMPTS}
