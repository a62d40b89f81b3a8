"""What belongs together in a record, and what must be there before the session counts as held."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from accounts.models import User
from common.texts import for_reader
from practice.clip import seconds_of
from supervision.captures import Kind
from supervision.forms.record_composites import ASKING
from supervision.forms.record_kinds import MOST_ROWS
from supervision.readers.record import Desk
from supervision.sheet import Entry, Slot

CAME, LISTENED, AWAY = "came", "listened", "away"


class RecordChecks(forms.Form):
    """The checks of a record's form."""

    desk: Desk
    finishing: bool

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
        day = self.desk.session.local_start.date()
        pointed = value.get("start") or value.get("moments")
        if pointed and not value.get("location") and self.finishing and f"{entry.name}-location" in self.cleaned_data:
            self.add_error(f"{entry.name}-location", _("Say where the recording lies, or take the clip out."))
        if (value.get("location") or pointed) and self.finishing and value.get("consent") != "yes":
            self.add_error(
                f"{entry.name}-consent",
                _("A clip is looked at only while the consent is valid. Check it, or take the clip out."),
            )
        until = self.cleaned_data.get(f"{entry.name}-until")
        if until and until <= day:
            self.add_error(
                f"{entry.name}-until", _("On the day of the session the consent had run out. The clip cannot be used.")
            )
        for row in range(MOST_ROWS):
            at, comment = f"{entry.name}-{row}-at", self.cleaned_data.get(f"{entry.name}-{row}-moment")
            if comment and self.cleaned_data.get(at) == "":
                self.add_error(at, _("Write when it is in the recording, in minutes and seconds, such as 12:40."))
        if value.get("start") and value.get("end") and seconds_of(value["end"]) < seconds_of(value["start"]):
            self.add_error(f"{entry.name}-end", _("The clip ends before it begins."))
        if (value.get("given") is None) != (value.get("asked") is None):
            self.add_error(f"{entry.name}-asked", _("Write both numbers: how many have consented, and of how many."))
        elif value.get("given") is not None and value["given"] > value["asked"]:
            self.add_error(f"{entry.name}-asked", _("More people have consented than were asked."))
        elif value.get("asked") and not value["given"] and value.get("consent") == "yes":
            self.add_error(f"{entry.name}-given", _("Nobody has consented: then the clip cannot be used."))

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
                        % {"number": slot.number, "step": self.step_name(slot, entry.person)},
                    )
            return
        first = (
            (value or {}).get(names[0].removeprefix(f"{entry.name}-")) if entry.capture.kind == Kind.GOAL else value
        )
        if not first:
            self.add_error(
                names[0],
                _("Step %(number)d, %(step)s: fill in “%(label)s”, or say why the step was not done.")
                % {
                    "number": slot.number,
                    "step": self.step_name(slot, entry.person),
                    "label": self.fields[names[0]].label,
                },
            )

    def step_name(self, slot: Slot, about: User | None = None) -> str:
        """The step's name, and whose it is."""
        name, person = for_reader(slot.step.names, self.desk.session.programme.language), slot.person or about
        return f"{name} ({person.get_short_name()})" if person else name

    def names_of(self, entry: Entry) -> list[str]:
        """The names of the entry's fields, in order."""
        own, start = entry.name, f"{entry.name}-"  # made once: a record has a hundred fields and as many entries
        return [name for name in self.fields if name == own or name.startswith(start)]

    def came(self) -> dict[int, bool | None]:
        """Who came, by person; None where nobody has said."""
        answers = {seat.person.pk: self.cleaned_data.get(f"came-{seat.person.pk}") for seat in self.desk.sheet.seats}
        return {person: None if not answer else answer != AWAY for person, answer in answers.items()}
