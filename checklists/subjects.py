"""What an instrument is about: each `about` of the packs, and what has to be chosen before it is filled in.

One table. A pack's new word needs a line here; until then its checklists are not offered (a test walks the packs).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Target(StrEnum):
    """Which of the three an evaluation is about."""

    PERSON = "person"
    ORGANISATION = "organisation"
    PROGRAMME = "programme"


class Where(StrEnum):
    """Where it was seen. The last two belong to higher apps, which offer them as occasions."""

    NOWHERE = ""
    GROUP = "group"
    MEETING = "meeting"
    RECORDING = "recording"
    SESSION = "session"
    TRAINING_EVENT = "training_event"


@dataclass(frozen=True)
class Subject:
    """The form that a subject takes."""

    target: Target
    where: Where = Where.NOWHERE


SUBJECTS: dict[str, Subject] = {
    "group_meeting": Subject(Target.PERSON, Where.MEETING),
    "group": Subject(Target.PERSON, Where.GROUP),
    "group_leader": Subject(Target.PERSON, Where.GROUP),
    "recording": Subject(Target.PERSON, Where.RECORDING),
    "supervision_session": Subject(Target.PERSON, Where.SESSION),
    "session": Subject(Target.PERSON, Where.SESSION),
    "training_event": Subject(Target.PERSON, Where.TRAINING_EVENT),
    "supervisor": Subject(Target.PERSON),
    "coach": Subject(Target.PERSON, Where.SESSION),
    "person": Subject(Target.PERSON),
    "position": Subject(Target.PERSON),
    "work_situation": Subject(Target.PERSON),
    "unit": Subject(Target.ORGANISATION),
    "organisation": Subject(Target.ORGANISATION),
    "programme": Subject(Target.PROGRAMME),
}

#: Where the thing has to be a row: without it the page says what to note first. Sessions and events are offered where
#: their apps know them; a day of one's own is always possible beside them, since not all of it is planned here.
NEEDS_ROW = frozenset({Where.GROUP, Where.MEETING})


@dataclass(frozen=True)
class Choice:
    """One thing that a checklist can be about, as the page offers it and as the act takes it.

    `day` is the thing's own day; None where the reader gives one. `thing` is the key of a row (`meeting:12`), empty
    where the act makes one of the day.
    """

    target: Target
    target_pk: int
    label: str
    thing: str = ""
    day: dt.date | None = None

    @property
    def value(self) -> str:
        """How the choice is written in a form and in an address: `person:3 meeting:12`."""
        return f"{self.target}:{self.target_pk} {self.thing}".strip()


def is_offered(version: Any) -> bool:
    """Whether one person can fill it in by name. Anonymous rounds are answered by link, in a way of their own."""
    return not version.anonymous and version.about in SUBJECTS
