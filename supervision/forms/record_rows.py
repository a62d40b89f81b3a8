"""A record as it was posted, and its rows that can be more or fewer: ways to go, strengths, moments."""

from __future__ import annotations

import re
from typing import Any

from django.http import QueryDict

from supervision.forms.record_kinds import MOST_ROWS

Fields = dict[str, list[str]]


def as_fields(data: QueryDict) -> Fields:
    """A posted form as a draft keeps it."""
    return {name: list(values) for name, values in data.lists() if name not in ("csrfmiddlewaretoken", "do")}


def as_query(fields: dict[str, Any]) -> QueryDict:
    """A draft as a posted form."""
    data = QueryDict(mutable=True)
    for name, values in fields.items():
        data.setlist(name, values if isinstance(values, list) else [values])
    return data


def number(text: str) -> int:
    """A whole number from a hidden field; 0 for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _rows(fields: Fields, name: str) -> int:
    return number((fields.get(f"{name}-rows") or [""])[0])


def one_more(fields: Fields, name: str) -> tuple[Fields, str]:
    """The fields with one row more in the entry `name`, and its anchor."""
    if f"{name}-rows" in fields:
        fields = fields | {f"{name}-rows": [str(min(MOST_ROWS, _rows(fields, name) + 1))]}
    return fields, name


def one_less(fields: Fields, target: str) -> tuple[Fields, str]:
    """The fields without one row, and the entry's anchor; `target` is ``entry:row``. Later rows move up."""
    name, _colon, row_text = target.rpartition(":")
    row, rows = number(row_text), _rows(fields, name)
    if f"{name}-rows" not in fields or row >= rows:
        return fields, name
    row_field = re.compile(rf"{re.escape(name)}-([0-9]{{1,2}})(-[a-z]+)?")
    kept = dict(fields)
    for field in fields:
        if (found := row_field.fullmatch(field)) and row <= int(found[1]) < rows:
            # The last row stays, empty: a name that is missing would count as "not changed here".
            kept[field] = fields.get(f"{name}-{int(found[1]) + 1}{found[2] or ''}", [""])
    return kept | {f"{name}-rows": [str(rows - 1)]}, name
