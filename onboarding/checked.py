"""A row of the sheet on its way through the checks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from onboarding.findings import ASK, NOTE, STOP, Choice, Finding
from onboarding.sheet import PeopleSheet, Row

# What a question may be answered with besides a person or an organisation.
NONE, NEW = "none", "new"
Answers = Mapping[str, Mapping[str, str]]


@dataclass
class Checked:
    """What the checks have made of a row so far. Days are ISO text, ids are of rows that exist."""

    row: Row
    sheet: PeopleSheet
    findings: list[Finding] = field(default_factory=list)
    name: str = ""
    folded: str = ""
    email: str = ""
    phone: str = ""
    since: str = ""
    programme: int | None = None
    role: int | None = None
    organisation: int | None = None
    # Folded name of an organisation that is to be made; its name as first written.
    new_organisation: str = ""
    new_organisation_name: str = ""
    person: int | None = None
    is_request: bool = False
    # An earlier row about the same person.
    same_person_as: int | None = None
    repeats: int | None = None
    has_role: bool = False
    # The person is known without an address, and the row has one.
    gives_address: bool = False
    # "person:5" or "row:7", and the rule.
    supervisor: str = ""
    rule: int | None = None
    # Where three supervise each other: whom the row's person supervises.
    third: str = ""
    # The row that gives the supervisor the role, where it is not held already.
    depends_on: int | None = None
    is_placed: bool = False
    history: dict[str, str] = field(default_factory=dict)
    history_known: bool = True

    @property
    def number(self) -> int:
        """The line in the sheet."""
        return self.row.number

    @property
    def key(self) -> str:
        """Whom the row is about: known by id, else by address, else by the row itself."""
        if self.person is not None:
            return f"person:{self.person}"
        return f"row:{self.same_person_as or self.number}"

    @property
    def stopped(self) -> bool:
        """Whether something in it must be put right in the sheet."""
        return any(finding.level == STOP for finding in self.findings)

    @property
    def asks(self) -> bool:
        """Whether it waits for an answer."""
        return any(finding.level == ASK for finding in self.findings)

    @property
    def state(self) -> str:
        """refused, same, question or ready, as `ImportRow` keeps it."""
        if self.stopped:
            return "refused"
        if self.repeats is not None:
            return "same"
        if self.asks:
            return "question"
        nothing_new = (
            self.has_role and self.history_known and not self.gives_address and (not self.supervisor or self.is_placed)
        )
        return "same" if nothing_new else "ready"

    def text(self, name: str) -> str:
        """A cell without the spaces round it."""
        return self.row.cells.get(name, "").strip()

    def stop(self, code: str, name: str, /, **params: Any) -> None:
        """Something that must be put right."""
        self.findings.append(Finding(STOP, code, self.sheet.cell(self.number, name), params))

    def note(self, code: str, name: str, /, **params: Any) -> None:
        """Something to know."""
        self.findings.append(Finding(NOTE, code, self.sheet.cell(self.number, name), params))

    def ask(self, code: str, name: str, asks: str, key: str, choices: list[Choice], /, **params: Any) -> None:
        """A question with its answers."""
        cell = self.sheet.cell(self.number, name)
        self.findings.append(Finding(ASK, code, cell, params, asks, key, tuple(choices)))

    def plan(self) -> dict[str, Any]:
        """What the row comes to, in the shape that `ImportRow.plan` keeps."""
        return {
            "name": self.name,
            "email": self.email,
            "phone": self.phone,
            "since": self.since,
            "role": self.role,
            "organisation": self.organisation,
            "new_organisation": self.new_organisation,
            "new_organisation_name": self.new_organisation_name,
            "person": self.person,
            "same_person_as": self.same_person_as,
            "supervisor": self.supervisor,
            "rule": self.rule,
            "third": self.third,
            "history": self.history,
        }
