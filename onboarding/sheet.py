"""A file of people as rows by field: whatever the format, whatever stands above the headings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from common.errors import DomainError
from onboarding.headings import Header, find_header
from onboarding.lines import MOST_BYTES, MOST_LINES, Line
from onboarding.read_csv import csv_lines, no_text
from onboarding.read_xlsx import too_many_lines, xlsx_sheets

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_OTHERS = (b"%PDF", b"\x89PNG", b"GIF8", b"\xff\xd8\xff", b"\x7fELF", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")


@dataclass(frozen=True)
class Row:
    """One person's line: its number in the sheet, and what it says by field ('' where there is nothing)."""

    number: int
    cells: dict[str, str]


@dataclass(frozen=True)
class PeopleSheet:
    """The rows under the headings. `columns` gives each field's letter; `unread` the headings nobody reads."""

    rows: list[Row]
    columns: dict[str, str]
    unread: list[tuple[str, str]] = field(default_factory=list)
    title: str = ""

    def cell(self, row: int, name: str) -> str:
        """The address of a cell, "B14"; "14" for a field that has no column."""
        return f"{self.columns.get(name, '')}{row}"


def read_people(content: bytes) -> PeopleSheet:
    """The first sheet that has headings. Raises `DomainError` (field "file") that says what to do instead."""
    if not content:
        raise DomainError(_("The file is empty. Choose the file with your list."), field="file", code="empty")
    if len(content) > MOST_BYTES:
        raise too_big()
    if content.startswith(_OLE):
        raise DomainError(
            _(
                "This is an old Excel file (.xls), or one that is locked with a password. Open it, remove the "
                "password and save it as XLSX."
            ),
            field="file",
            code="xls",
        )
    if content.startswith(_OTHERS):
        raise no_text()
    for title, lines in _sheets(content):
        header = find_header(lines)
        if header is not None:
            return _people(title, lines, header)
    raise DomainError(
        _(
            "No row with headings was found. The sheet needs a row with at least Name and Role above the people. "
            "Take the template as a pattern."
        ),
        field="file",
        code="no_header",
    )


def too_big() -> DomainError:
    """More bytes than we take."""
    return DomainError(
        _("The file is larger than %(limit)d MB. Save only the list itself, without pictures and other sheets.")
        % {"limit": MOST_BYTES // (1024 * 1024)},
        field="file",
        code="too_big",
    )


def _sheets(content: bytes) -> Iterator[tuple[str, list[Line]]]:
    if content.startswith(_ZIP):
        yield from xlsx_sheets(content)
    else:
        yield "", csv_lines(content)


def _people(title: str, lines: list[Line], header: Header) -> PeopleSheet:
    rows = []
    headings = next(line for line in lines if line.number == header.number).cells
    for line in lines:
        if line.number <= header.number or line.cells == headings:
            continue
        cells = {name: line.cells[place] if place < len(line.cells) else "" for name, place in header.columns.items()}
        if any(text.strip() for text in cells.values()):
            rows.append(Row(line.number, cells))
    if len(rows) > MOST_LINES:
        raise too_many_lines()
    if not rows:
        raise DomainError(
            _("There are headings in row %(row)d, but nobody below them.") % {"row": header.number},
            field="file",
            code="nobody",
        )
    return PeopleSheet(rows, header.letters(), header.unread, title)
