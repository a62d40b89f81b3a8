"""CSV as spreadsheets write it: commas, semicolons or tabs; UTF-8, UTF-16 or Windows-1252, with or without a mark."""

from __future__ import annotations

import codecs
import csv
import io

from django.utils.translation import gettext as _

from common.errors import DomainError
from onboarding.headings import LOOKED_AT, find_header
from onboarding.lines import MOST_COLUMNS, Line, as_text

_SEPARATORS = (",", ";", "\t")
_MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}


def csv_lines(content: bytes) -> list[Line]:
    """The lines of a CSV file. Raises `DomainError` for what is no text, or a quotation mark left open."""
    text = decode(content)
    best: list[Line] = []
    most = -1
    for separator in _SEPARATORS:
        try:
            header = find_header(_split(text, separator, LOOKED_AT))
        except csv.Error:
            continue
        columns = len(header.columns) if header else 0
        if columns > most:
            most, best_separator = columns, separator
    if most < 0:
        best_separator = ","
    try:
        best = _split(text, best_separator)
    except csv.Error as error:
        raise DomainError(
            _(
                "The file cannot be read as CSV: a quotation mark is left open, or a cell is too long. Save it once "
                "more from the spreadsheet, as CSV or XLSX."
            ),
            field="file",
            code="csv",
        ) from error
    return best


def decode(content: bytes) -> str:
    """The text of the file. Raises `DomainError` for bytes that are no text in any encoding we know."""
    for mark, encoding in _MARKS.items():
        if content.startswith(mark):
            return _decoded(content, encoding)
    if b"\x00" in content:
        raise no_text()
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return _decoded(content, "cp1252")


def no_text() -> DomainError:
    """It is neither a spreadsheet nor text."""
    return DomainError(
        _("This is not a spreadsheet that can be read. Save the list as XLSX or CSV and choose that file."),
        field="file",
        code="no_sheet",
    )


def _decoded(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise no_text() from error


def _split(text: str, separator: str, most: int | None = None) -> list[Line]:
    lines = []
    for number, cells in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True), 1):
        if most is not None and number > most:
            break
        if any(cell.strip() for cell in cells):
            lines.append(Line(number, tuple(as_text(cell) for cell in cells[:MOST_COLUMNS])))
    return lines
