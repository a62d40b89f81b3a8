"""Kinds of captures that need several fields: options, strengths, feedback, goals, reviews, recordings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from common.errors import DomainError
from common.fields import DayField, LineField
from practice.actions.moments import LONGEST as COMMENT_LENGTH
from practice.clip import seconds_of
from practice.locations import LONGEST, clean_location
from supervision.captures import Kind
from supervision.forms import record_kinds as kinds
from supervision.forms.record_kinds import MOST_ROWS, YES_NO, Asking, Raw
from supervision.models import Attendance
from supervision.readers.record import Desk
from supervision.sheet import Entry


class ClipField(LineField):
    """A point in a recording."""

    def clean(self, value: Any) -> Any:
        """The text as it was written; it must be a point. Raises ValidationError."""
        text = super().clean(value)
        if text:
            try:
                seconds_of(text)
            except DomainError as error:
                raise forms.ValidationError(str(error), code=error.code) from error
        return text


class LocationField(LineField):
    """Where a film lies: an address that practice takes, or words."""

    def clean(self, value: Any) -> Any:
        """The location. Raises ValidationError for an address that no page may link to."""
        text = super().clean(value)
        try:
            return clean_location(text) if text else text
        except DomainError as error:
            raise forms.ValidationError(str(error), code=error.code) from error


class Options(Asking):
    """Ways to go, and the one chosen: ``{"items": [text], "chosen": place or None}``."""

    def fields(self, entry: Entry, desk: Desk, rows: int) -> dict[str, forms.Field]:
        found: dict[str, forms.Field] = {
            f"{entry.name}-{row}": LineField(
                label=_("Way %(number)d") % {"number": row + 1}, max_length=500, required=False
            )
            for row in range(rows)
        }
        if "chosen_option" in entry.step.captures:
            choices = [(str(row), _("Chosen")) for row in range(rows)]
            found[f"{entry.name}-chosen"] = forms.ChoiceField(
                label=_("The one chosen"), choices=choices, widget=forms.RadioSelect, required=False
            )
        return found

    def raw(self, entry: Entry, value: Any) -> Raw:
        value = value or {}
        chosen = value.get("chosen")
        return {f"{entry.name}-{row}": text for row, text in enumerate(value.get("items", []))} | {
            f"{entry.name}-chosen": "" if chosen is None else str(chosen)
        }

    def value(self, entry: Entry, desk: Desk, cleaned: Mapping[str, Any]) -> Any:
        given = {row: cleaned.get(f"{entry.name}-{row}") for row in range(MOST_ROWS)}
        kept = [row for row, text in given.items() if text]
        chosen = cleaned.get(f"{entry.name}-chosen")
        place = kept.index(int(chosen)) if chosen and int(chosen) in kept else None
        return {"items": [given[row] for row in kept], "chosen": place} if kept else None

    def rows(self, value: Any) -> int:
        return max(3, len((value or {}).get("items", [])))


class Strengths(Asking):
    """Strengths that others named: ``[{"from": person id, "text": words}]``."""

    def fields(self, entry: Entry, desk: Desk, rows: int) -> dict[str, forms.Field]:
        about = entry.person.pk if entry.person else 0
        others = [seat for seat in desk.sheet.seats if seat.person.pk != about and seat.present is not False]
        people = [(str(seat.person.pk), seat.person.name) for seat in others]
        peers = [str(seat.person.pk) for seat in others if seat.seat == Attendance.Seat.SUPERVISEE] or [
            key for key, _name in people
        ]
        found: dict[str, forms.Field] = {}
        for row in range(rows):
            found[f"{entry.name}-{row}-from"] = forms.ChoiceField(
                label=_("From"), choices=people, required=False, initial=peers[row % len(peers)] if peers else ""
            )
            found[f"{entry.name}-{row}"] = kinds.words(1, label=_("What worked, and what it led to"))
        return found

    def raw(self, entry: Entry, value: Any) -> Raw:
        found: Raw = {}
        for row, one in enumerate(value or []):
            found[f"{entry.name}-{row}-from"] = str(one["from"])
            found[f"{entry.name}-{row}"] = one["text"]
        return found

    def value(self, entry: Entry, desk: Desk, cleaned: Mapping[str, Any]) -> Any:
        kept = [
            {"from": int(cleaned[f"{entry.name}-{row}-from"]), "text": cleaned[f"{entry.name}-{row}"]}
            for row in range(MOST_ROWS)
            if cleaned.get(f"{entry.name}-{row}") and cleaned.get(f"{entry.name}-{row}-from")
        ]
        return kept or None

    def rows(self, value: Any) -> int:
        return max(2, len(value or []))


class Parts(Asking):
    """Several named parts, kept as one value: ``{"part": text}``."""

    def parts(self, entry: Entry, desk: Desk) -> dict[str, forms.Field]:
        """The fields by the name of their part."""
        raise NotImplementedError

    def fields(self, entry: Entry, desk: Desk, rows: int) -> dict[str, forms.Field]:
        return {f"{entry.name}-{part}": one for part, one in self.parts(entry, desk).items()}

    def raw(self, entry: Entry, value: Any) -> Raw:
        return {f"{entry.name}-{part}": text for part, text in (value or {}).items()}

    def value(self, entry: Entry, desk: Desk, cleaned: Mapping[str, Any]) -> Any:
        given = {part: cleaned.get(f"{entry.name}-{part}") for part in self.parts(entry, desk)}
        kept = {
            part: one.isoformat() if isinstance(one, dt.date) else one
            for part, one in given.items()
            if one not in (None, "")
        }
        return kept or None


class Feedback(Parts):
    """From the one who leads the turn: a strength, then something to develop."""

    def parts(self, entry: Entry, desk: Desk) -> dict[str, forms.Field]:
        return {
            "strength": kinds.words(2, label=_("What worked")),
            "growth": kinds.words(2, label=_("Something to develop")),
        }


class Goal(Parts):
    """A new goal in the programme's own fields; the first one is the goal."""

    def parts(self, entry: Entry, desk: Desk) -> dict[str, forms.Field]:
        found: dict[str, forms.Field] = {}
        example = desk.frame.examples[0] if desk.frame.examples else ""
        for place, (key, label) in enumerate(desk.frame.fields or [("text", _("Goal"))]):
            label = str(entry.capture.label) if key == "text" else label
            help_text = _("For example: %(goal)s") % {"goal": example} if not place and example else ""
            found[key] = kinds.words(2 if not place else 1, label=label, help_text=help_text, max_length=1000)
        found["by_when"] = DayField(label=desk.frame.day_label or _("By when"), required=False)
        return found


class Review(Asking):
    """What happened with each open goal: ``{goal id: {"status", "comment"}}``."""

    def fields(self, entry: Entry, desk: Desk, rows: int) -> dict[str, forms.Field]:
        found: dict[str, forms.Field] = {}
        for line in desk.goals.get(entry.person.pk if entry.person else 0, []):
            name = f"{entry.name}-{line.goal.pk}"
            found[f"{name}-status"] = forms.ChoiceField(
                label=entry.capture.label, choices=desk.frame.outcomes, widget=forms.RadioSelect, required=False
            )
            found[f"{name}-comment"] = kinds.words(1, label=_("What was tried, and what happened?"))
        return found

    def raw(self, entry: Entry, value: Any) -> Raw:
        return {
            f"{entry.name}-{goal}-{part}": text for goal, one in (value or {}).items() for part, text in one.items()
        }

    def value(self, entry: Entry, desk: Desk, cleaned: Mapping[str, Any]) -> Any:
        found = {}
        for line in desk.goals.get(entry.person.pk if entry.person else 0, []):
            name = f"{entry.name}-{line.goal.pk}"
            status, comment = cleaned.get(f"{name}-status") or "", cleaned.get(f"{name}-comment") or ""
            if status or comment:
                found[str(line.goal.pk)] = {"status": status, "comment": comment}
        return found or None


class Recording(Parts):
    """Where the film lies, which clip, moments in it, and the statement of consent. Never the film.

    ``{"location": …, "start": "12:40", …, "moments": [{"at": "12:50", "comment": words}]}``
    """

    def parts(self, entry: Entry, desk: Desk) -> dict[str, forms.Field]:
        return {
            "location": LocationField(
                label=entry.capture.label,
                help_text=_("A reference to your own store. The film itself is never kept here."),
                max_length=LONGEST,
                required=False,
                widget=forms.TextInput(attrs={"class": "w-words"}),
            ),
            "start": ClipField(
                label=_("The clip begins at"), help_text=_("Such as 12:40"), required=False, widget=_point()
            ),
            "end": ClipField(
                label=_("The clip ends at"), help_text=_("Such as 12:40"), required=False, widget=_point()
            ),
            "consent": forms.ChoiceField(
                label=_("Is the consent valid for supervision?"),
                choices=YES_NO,
                widget=forms.RadioSelect,
                required=False,
            ),
            "until": DayField(label=_("Valid until"), required=False),
            "given": _count(_("How many have consented")),
            "asked": _count(_("Of how many")),
            "papers": LineField(label=_("Where the papers are"), required=False),
        }

    def fields(self, entry: Entry, desk: Desk, rows: int) -> dict[str, forms.Field]:
        found = super().fields(entry, desk, rows)
        for row in range(rows):
            number = {"number": row + 1}
            at = ClipField(label=_("Moment %(number)d, minutes and seconds") % number, required=False, widget=_point())
            found[f"{entry.name}-{row}-at"] = at
            found[f"{entry.name}-{row}-moment"] = kinds.words(
                1, label=_("Moment %(number)d, what you see there") % number, max_length=COMMENT_LENGTH
            )
        return found

    def raw(self, entry: Entry, value: Any) -> Raw:
        value = dict(value or {})
        moments = value.pop("moments", [])
        found = super().raw(entry, value)
        for row, one in enumerate(moments):
            found[f"{entry.name}-{row}-at"] = one["at"]
            found[f"{entry.name}-{row}-moment"] = one.get("comment", "")
        return found

    def value(self, entry: Entry, desk: Desk, cleaned: Mapping[str, Any]) -> Any:
        found: dict[str, Any] = super().value(entry, desk, cleaned) or {}
        moments = [
            {"at": at, "comment": cleaned.get(f"{entry.name}-{row}-moment") or ""}
            for row in range(MOST_ROWS)
            if (at := cleaned.get(f"{entry.name}-{row}-at"))
        ]
        if moments:
            found["moments"] = moments
        return found or None

    def rows(self, value: Any) -> int:
        return max(2, len((value or {}).get("moments", [])))


def _point() -> forms.TextInput:
    return forms.TextInput(attrs={"class": "w-time", "inputmode": "decimal", "autocomplete": "off"})


def _count(label: str) -> forms.IntegerField:
    widget = forms.TextInput(attrs={"class": "w-minutes", "inputmode": "numeric"})
    return forms.IntegerField(label=label, min_value=0, max_value=500, widget=widget, required=False)


ASKING: dict[Kind, Asking] = {
    Kind.TEXT: kinds.Text(),
    Kind.LINE: kinds.Line(),
    Kind.NUMBER: kinds.Number(),
    Kind.YES_NO: kinds.YesNo(),
    Kind.RATING: kinds.Rating(),
    Kind.CHOICE: kinds.Choice(),
    Kind.CHOICES: kinds.Choices(),
    Kind.DAY: kinds.Day(),
    Kind.PERSON: kinds.Person(),
    Kind.OPTIONS: Options(),
    Kind.STRENGTHS: Strengths(),
    Kind.FEEDBACK: Feedback(),
    Kind.GOAL: Goal(),
    Kind.REVIEW: Review(),
    Kind.RECORDING: Recording(),
    Kind.CHECKLISTS: kinds.Checklists(),
    Kind.PROMPTS: kinds.Prompts(),
}
