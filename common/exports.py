"""Tables for spreadsheets, of which no cell can start a formula. Dates are ISO, which every spreadsheet reads."""

import csv
import datetime
import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any

from django.http import StreamingHttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import get_language

BYTE_ORDER_MARK = "\ufeff"

# What a formula, a macro of older sheets or a DDE call begins with; full-width forms count as these in East Asia.
_STARTS_FORMULA = re.compile(r"[\s\u200b-\u200f\ufeff\"'`]*[=+\-@|%＝＋－＠｜％\t\r\n]")
_LEADING_CONTROL = re.compile(r"[\t\r\n\v\f]")
# A sheet told of another separator ends a cell where we did not: what comes next must not start a formula either.
_AFTER_SEPARATOR = re.compile(r"([;,\t\r\n][\"']*)(?=[=+\-@|%])")
# No sheet may hold these; openpyxl refuses the whole file for one.
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def safe_cell(value: Any) -> str | int | float | Decimal | datetime.date | datetime.datetime | None:
    """``value`` fit for a cell of CSV or XLSX.

    Numbers and dates stay what they are (aware times become local ones, as sheets know no zones); text that could
    start a formula gets ``'`` in front and loses its control characters.
    """
    if value is None or isinstance(value, bool):
        return {None: None, True: 1, False: 0}[value]
    if isinstance(value, datetime.datetime):
        return timezone.make_naive(value) if timezone.is_aware(value) else value
    if isinstance(value, int | float | Decimal | datetime.date):
        return value
    text = _FORBIDDEN.sub("", str(value))
    starts = _STARTS_FORMULA.match(text) or _LEADING_CONTROL.match(text)
    text = _AFTER_SEPARATOR.sub(r"\1'", text)
    return f"'{text}" if starts else text


def csv_response(filename: str, header: Sequence[Any], rows: Iterable[Sequence[Any]]) -> StreamingHttpResponse:
    """A CSV file to download, row by row, so that a long list takes no memory.

    Semicolons and decimal commas in Norwegian and Danish, as their spreadsheets expect; every cell quoted, a byte
    order mark in front. ``filename`` may hold any letters (RFC 6266). Read ``rows`` with ``iterator()``.
    """
    response = StreamingHttpResponse(csv_lines(header, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = attachment(filename)
    response["X-Content-Type-Options"] = "nosniff"
    return response


def attachment(filename: str) -> str:
    """The Content-Disposition that saves under ``filename``, without path separators or control characters."""
    name = re.sub(r"[\x00-\x1f\x7f/\\:*?\"<>|]+", "-", filename).strip(". ")
    return content_disposition_header(as_attachment=True, filename=name or "export") or "attachment"


def csv_lines(header: Sequence[Any], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    """The lines of the file, the byte order mark before the first."""
    # Now, not when the first line is read: by then the reader's language may no longer be active.
    separator, decimal = (";", ",") if (get_language() or "").split("-")[0] in ("nb", "da") else (",", ".")
    titles = [_written(title, decimal) for title in header]
    return _lines(titles, rows, separator=separator, decimal=decimal)


def _lines(header: Sequence[str], rows: Iterable[Sequence[Any]], *, separator: str, decimal: str) -> Iterator[str]:
    writer = csv.writer(_Echo(), delimiter=separator, quoting=csv.QUOTE_ALL)
    yield BYTE_ORDER_MARK + writer.writerow(header)
    for row in rows:
        yield writer.writerow([_written(cell, decimal) for cell in row])


def _written(value: Any, decimal: str) -> str:
    cell = safe_cell(value)
    match cell:
        case None:
            return ""
        case datetime.datetime():
            return cell.isoformat(sep=" ", timespec="minutes")
        case float() | Decimal():
            return str(cell).replace(".", decimal)
    return str(cell)


class _Echo:
    """A file that hands back what is written to it, as csv.writer wants one."""

    def write(self, text: str) -> str:
        """Return ``text``."""
        return text
