"""A stale window: what can be put together, and the texts between which somebody chooses."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.http import QueryDict

from accounts.models import User
from common.fields import choices_of
from supervision.forms.record import RecordForm
from supervision.merge import Value, mark, merge, plain
from supervision.readers.record import Desk

Words = list[tuple[str, bool]]


@dataclass(frozen=True)
class TwoVersions:
    """One field that both windows changed; words come with whether only this version has them."""

    name: str
    step: str
    number: int
    label: str
    mine: Words
    saved: Words
    both: str
    is_text: bool


@dataclass(frozen=True)
class Stale:
    """What the record would hold, and the fields to choose for."""

    values: dict[str, Value]
    saved: Mapping[str, Value]
    conflicts: list[TwoVersions] = field(default_factory=list)

    def as_lists(self) -> dict[str, list[str]]:
        """The values as a posted form has them."""
        return {name: value if isinstance(value, list) else [value] for name, value in self.values.items()}

    def chosen(self, data: QueryDict) -> dict[str, list[str]] | None:
        """The values after the choices in `data` (keep-…: mine, saved or both); None when one is missing."""
        found = self.as_lists()
        for one in self.conflicts:
            keep = data.get(f"keep-{one.name}")
            if keep == "saved":
                value = self.saved.get(one.name, "")
                found[one.name] = value if isinstance(value, list) else [value]
            elif keep == "both" and one.is_text:
                found[one.name] = [data.get(f"both-{one.name}", "")]
            elif keep != "mine":
                return None
        return found


def stale_fields(desk: Desk, user: User, data: QueryDict) -> Stale:
    """Compare what a window sent with what is saved now, by the marks that its page was drawn with."""
    form = RecordForm(desk, user, data)
    saved = {**empty_fields(form), **form.saved()}
    mine = form.sent_fields()
    merged = merge(form.drawn_marks(), mine, {name: value for name, value in saved.items() if name in mine})
    for name in mine:  # rows that only one window has are shown by both
        if name.endswith("-rows"):
            merged.values[name] = mine[name]
    conflicts = [name for name in merged.conflicts if not name.endswith("-rows")]
    return Stale(merged.values, saved, [_versions(form, name, mine[name], saved[name]) for name in conflicts])


def unsaved_fields(desk: Desk, user: User, data: QueryDict) -> list[str]:
    """The fields that a window has typed into since its page was drawn, and that are not saved like that.

    Who a strength comes from is proposed beside an empty line: without words it is none.
    """
    form = RecordForm(desk, user, data)
    saved, drawn, sent = form.saved(), form.drawn_marks(), form.sent_fields()
    proposed = {name for name in sent if name.endswith("-from") and not plain(sent.get(name.removesuffix("-from")))}
    return [
        name
        for name, value in sent.items()
        if not name.endswith("-rows")
        and name not in proposed
        and mark(value) not in (drawn.get(name, ""), mark(saved.get(name, "")))
    ]


def empty_fields(form: RecordForm) -> dict[str, Value]:
    """What the fields hold when nothing is kept."""
    return {name: [] if isinstance(one, forms.MultipleChoiceField) else "" for name, one in form.fields.items()}


def _versions(form: RecordForm, name: str, mine: Value, saved: Value) -> TwoVersions:
    one = form.fields[name]
    here, there = _words(one, mine), _words(one, saved)
    slot = next((slot for slot in form.desk.sheet.slots if name.startswith(f"{slot.step.key}-")), None)
    own = next((slot for slot in form.desk.sheet.slots if _is_of(slot.key, slot.step.key, name)), slot)
    is_text = isinstance(one, forms.CharField)
    return TwoVersions(
        name=name,
        step=form.step_name(own) if own else "",
        number=own.number if own else 0,
        label=str(one.label),
        mine=only_in(here, there),
        saved=only_in(there, here),
        both=f"{here}\n{there}".strip() if isinstance(one.widget, forms.Textarea) else here,
        is_text=is_text,
    )


def _is_of(slot_key: str, step_key: str, name: str) -> bool:
    """Whether a field of the step belongs to this slot: its turn and person stand after the capture."""
    turn_and_person = slot_key.removeprefix(f"{step_key}-")
    return name.startswith(f"{step_key}-") and f"-{turn_and_person}" in name


def _words(one: forms.Field, value: Value) -> str:
    """A value as a person reads it."""
    if isinstance(one, forms.ChoiceField):
        labels = dict(_flat(choices_of(one)))
        chosen = value if isinstance(value, list) else [value]
        return ", ".join(labels.get(key, key) for key in chosen if key)
    return plain(value)


def _flat(choices: Iterable[tuple[Any, Any]]) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for key, label in choices:
        if isinstance(label, list | tuple):
            found += [(str(inner), str(words)) for inner, words in label]
        else:
            found.append((str(key), str(label)))
    return found


def only_in(text: str, other: str) -> Words:
    """`text` in pieces, each with whether `other` lacks it."""
    here, there = text.split(" "), other.split(" ")
    found: Words = []
    for tag, start, end, _from, _to in difflib.SequenceMatcher(None, here, there, autojunk=False).get_opcodes():
        piece = " ".join(here[start:end])
        if piece:
            found.append((piece, tag != "equal"))
    return found
