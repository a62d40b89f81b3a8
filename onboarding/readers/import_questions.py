"""The questions that the rows of a preview ask, each once, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from onboarding.findings import ASK, Finding, read_finding, sentence
from onboarding.models import ImportRow, ImportRun

# A page asks no more at once; the next come when these are answered.
MOST = 60


@dataclass(frozen=True)
class Question:
    """One question: whom or what it is about, the sentence, and the answers to choose from."""

    asks: str
    key: str
    label: str
    text: str
    choices: list[tuple[str, str]]

    @property
    def field(self) -> str:
        """The name of its form field."""
        return f"{self.asks}-{self.key.replace(' ', '_')}"


def questions_of(run: ImportRun) -> list[Question]:
    """Organisations first, for their answers settle many rows. Rows that only wait for another answer ask nothing."""
    rows = run.rows.filter(state=ImportRow.State.QUESTION).order_by("number")
    refused = set(run.rows.filter(state=ImportRow.State.REFUSED).values_list("number", flat=True))
    found: dict[tuple[str, str], tuple[Finding, list[ImportRow]]] = {}
    for row in rows:
        for kept in row.findings:
            finding = read_finding(kept)
            if finding.level == ASK and not _settles_itself(finding, refused):
                found.setdefault((finding.asks, finding.key), (finding, []))[1].append(row)
    order = {"organisation": 0, "person": 1, "supervisor": 2}
    ranked = sorted(
        found.values(), key=lambda one: (order[one[0].asks], one[0].code == "supervisor_waits", one[1][0].number)
    )
    return [_question(finding, asking) for finding, asking in ranked[:MOST]]


def _settles_itself(finding: Finding, refused: set[int]) -> bool:
    """Whether the row only waits for another one that asks: the answer there is enough."""
    return finding.code == "supervisor_waits" and finding.params["row"] not in refused


def _question(finding: Finding, rows: list[ImportRow]) -> Question:
    return Question(
        asks=finding.asks,
        key=finding.key,
        label=_label(finding, rows),
        text=f"{finding.cell}: {sentence(finding)}",
        choices=[(choice.value, sentence(choice)) for choice in finding.choices],
    )


def _label(finding: Finding, rows: list[ImportRow]) -> str:
    if finding.asks == "organisation":
        return ngettext("“%(name)s”, in %(count)d row", "“%(name)s”, in %(count)d rows", len(rows)) % {
            "name": finding.params.get("text", ""),
            "count": len(rows),
        }
    name = rows[0].plan.get("name") or _("Row %(row)d") % {"row": rows[0].number}
    if finding.asks == "person":
        return _("Who is %(name)s in row %(row)d?") % {"name": name, "row": rows[0].number}
    return _("Supervisor of %(name)s, row %(row)d") % {"name": name, "row": rows[0].number}


@dataclass(frozen=True)
class ShownRow:
    """A row as the table shows it: cells as they are written, and what is said of them."""

    row: ImportRow
    name: str
    stops: list[str]
    notes: list[str]
    status: str


_STATUS = {
    "ready": "none",
    "same": "done",
    "question": "yours",
    "refused": "late",
    "joined": "wait",
    "done": "done",
    "failed": "late",
    "unplaced": "wait",
    "taken_back": "none",
    "kept": "yours",
}


def shown_rows(rows: Iterable[ImportRow]) -> list[ShownRow]:
    """The rows of one page in words."""
    shown = []
    for row in rows:
        findings = [read_finding(kept) for kept in row.findings]
        said = [(finding.level, f"{finding.cell}: {sentence(finding)}") for finding in findings]
        shown.append(
            ShownRow(
                row=row,
                name=_name(row),
                stops=[text for level, text in said if level != "note"],
                notes=[text for level, text in said if level == "note"],
                status=_STATUS[row.state],
            )
        )
    return shown


def _name(row: ImportRow) -> str:
    """The name as far as a table has room for it; a name of 300 letters is one that was refused."""
    written = row.plan.get("name") or " ".join(row.cells.get("name", "").split())
    return Truncator(written or (row.person.name if row.person else "–")).chars(32)
