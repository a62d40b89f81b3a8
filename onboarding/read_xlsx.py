"""XLSX, read so that a hostile file costs little: size and entity limits first, formulas as text, nothing followed."""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Iterator
from typing import Any

import openpyxl
from defusedxml.common import DefusedXmlException
from django.utils.translation import gettext as _

from common.errors import DomainError
from onboarding.lines import MOST_COLUMNS, MOST_LINES, Line, as_text
from onboarding.read_csv import no_text

# Unpacked: what a list of 5000 people needs many times over.
MOST_UNPACKED = 24 * 1024 * 1024
MOST_PARTS = 500
# Declarations stand at the very beginning.
DECLARATION = 4096
MOST_SHEETS = 20


def xlsx_sheets(content: bytes) -> Iterator[tuple[str, list[Line]]]:
    """Each visible sheet's name and lines. Raises `DomainError` for what cannot, or should not, be unpacked."""
    if not openpyxl.DEFUSEDXML:
        raise RuntimeError("defusedxml is missing: spreadsheets must not be read without it")
    _check_parts(content)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of parts that we do not read: styles, validation, drawings
            yield from _sheets(content)
    except DomainError:
        raise
    except DefusedXmlException as error:
        raise entities() from error
    except Exception as error:  # the reader raises whatever a broken file makes it stumble over
        raise broken() from error


def entities() -> DomainError:
    """What unfolds to gigabytes, or reads our files, begins like that."""
    return DomainError(
        _("The file defines entities of its own, which no spreadsheet program does. It was not opened."),
        field="file",
        code="entities",
    )


def broken() -> DomainError:
    """The file ends or breaks off somewhere inside."""
    return DomainError(
        _("The file is damaged and cannot be opened. Open it in the spreadsheet program and save it as XLSX again."),
        field="file",
        code="broken",
    )


def _sheets(content: bytes) -> Iterator[tuple[str, list[Line]]]:
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
    try:
        for sheet in book.worksheets[:MOST_SHEETS]:
            if sheet.sheet_state == "visible":
                yield str(sheet.title), list(_lines(sheet))
    finally:
        book.close()


def _lines(sheet: Any) -> Iterator[Line]:
    found = 0
    for number, values in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True), 1):
        if not any(value is not None for value in values):
            continue
        found += 1
        if found > MOST_LINES + 100:
            raise too_many_lines()
        yield Line(number, tuple(as_text(value) for value in values))


def too_many_lines() -> DomainError:
    """More than we take at once."""
    return DomainError(
        _("The sheet has more than %(limit)d rows. Split it, and import the parts one after the other.")
        % {"limit": MOST_LINES},
        field="file",
        code="rows",
    )


def _check_parts(content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()[: MOST_PARTS + 1]
            starts = [
                archive.open(part).read(DECLARATION) for part in parts if part.filename.endswith((".xml", ".rels"))
            ]
    except Exception as error:  # the archive's reader, too, raises whatever it stumbles over
        raise broken() from error
    if any(b"<!DOCTYPE" in start or b"<!ENTITY" in start for start in starts):
        raise entities()
    if not any(part.filename.startswith("xl/") for part in parts):
        raise no_text()
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise DomainError(
            _("The file unpacks to more than any list of people needs. It was not opened. Save only the list itself."),
            field="file",
            code="unpacked",
        )
