"""The form of a record: fields made from the sheet, read back into rows to keep."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts.models import User
from common.fields import LineField, WordsField
from supervision.captures import Kind
from supervision.forms.record_checks import AWAY, CAME, LISTENED
from supervision.forms.record_composites import ASKING, MOST_ROWS
from supervision.forms.record_page import RecordPage
from supervision.merge import Fields, Value, marks
from supervision.models import AgendaNote
from supervision.readers.record import Desk
from supervision.readers.who_reads import private_sentence
from supervision.sheet import PRESENTS_FIELD, Entry, Seat, Written


class RecordForm(RecordPage):
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
                if entry.capture.kind in (Kind.OPTIONS, Kind.STRENGTHS, Kind.RECORDING):
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
        return {name: self._plain(name, value) for name, value in found.items() if name in self.fields}

    def _plain(self, name: str, value: Any) -> Value:
        """A kept value as a posted form would hold it."""
        if isinstance(self.fields[name], forms.MultipleChoiceField):
            return [str(one) for one in value or []]
        return "" if value is None else str(value)

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
