"""Several reads in one statement: what a page needs of many tables, for one round trip to the database.

A page that asks twelve short questions waits twelve times for the network. `read_at_once` sends them as one: each
queryset becomes a common table expression, its rows come back as one JSON value, and are made into what the queryset
would have given. All of it is seen at one moment.
"""

from __future__ import annotations

import datetime as dt
import json
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import chain
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import Field, Model, QuerySet
from django.db.models.query import (
    FlatValuesListIterable,
    ModelIterable,
    ValuesListIterable,
    get_related_populators,
)
from django.db.models.sql.compiler import SQLCompiler
from django.utils.dateparse import parse_datetime

Cell = Callable[[Any], Any]
MOST_ARGUMENTS = 60
"""Columns of one JSON array: a function takes a hundred arguments, so that a row is an array of a few."""


def read_at_once(**reads: QuerySet[Any, Any]) -> dict[str, list[Any]]:
    """By name, the rows of each queryset in their order: instances, tuples or single values. One query, or none where
    nothing can fit any of them.

    Instances carry what `select_related` names and their annotations. Left out, and refused with TypeError: prefetched
    rows, `values()`, and columns that JSON does not keep exactly (floats, durations, bytes).
    """
    prepared = {name: _Read.of(read) for name, read in reads.items()}
    asked = {name: read for name, read in prepared.items() if read.sql}
    found = _fetched(asked, next(iter(reads.values())).db) if asked else {}
    return {name: read.made(found.get(name, [])) for name, read in prepared.items()}


def _fetched(reads: Mapping[str, _Read], using: str) -> dict[str, list[list[list[Any]]]]:
    connection = connections[using]
    on_postgres = connection.vendor == "postgresql"
    row, rows = ("json_build_array", "json_agg") if on_postgres else ("json_array", "json_group_array")
    chosen: list[str] = []
    params: list[Any] = []
    for read in reads.values():
        names = [f"c{place}" for place in range(len(read.cells))]
        parts = [f"{row}({', '.join(names[at : at + MOST_ARGUMENTS])})" for at in range(0, len(names), MOST_ARGUMENTS)]
        table = f"r({', '.join(names)}) AS ({read.sql})"
        chosen.append(f"(WITH {table} SELECT {rows}({row}({', '.join(parts)})) FROM r)")
        params += read.params
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(chosen)}", params)
        values = cursor.fetchone()
    return {
        name: (json.loads(value) if isinstance(value, str) else value) or []
        for name, value in zip(reads, values, strict=True)
    }


@dataclass
class _Read:
    """One queryset as SQL (empty where nothing can fit), and how its rows become what it stands for."""

    make: Callable[[list[Any]], Any]
    sql: str = ""
    params: tuple[Any, ...] = ()
    cells: list[Cell] = field(default_factory=list)

    @classmethod
    def of(cls, queryset: Any) -> _Read:
        kind = queryset._iterable_class
        if queryset._prefetch_related_lookups or kind not in (
            ModelIterable,
            ValuesListIterable,
            FlatValuesListIterable,
        ):
            raise TypeError("read_at_once takes instances and values_list, without prefetch_related")
        compiler = queryset.query.get_compiler(using=queryset.db)
        read = cls(tuple if kind is ValuesListIterable else lambda cells: cells[0])
        try:
            read.sql, read.params = compiler.as_sql()
        except EmptyResultSet:
            return read
        if kind is ModelIterable:
            read.make = _maker(compiler, queryset.db)
        vendor = connections[queryset.db].vendor
        read.cells = [_cell(expression.output_field, vendor) for expression, _sql, _alias in compiler.select]
        return read

    def made(self, rows: list[list[list[Any]]]) -> list[Any]:
        """Each row comes as an array of a few, see MOST_ARGUMENTS."""
        return [
            self.make([None if one is None else cell(one) for cell, one in zip(self.cells, chain(*row), strict=True)])
            for row in rows
        ]


def _maker(compiler: SQLCompiler, using: str) -> Callable[[list[Any]], Model]:
    """How the cells of a row become an instance with what hangs on it: as `ModelIterable` does it."""
    assert compiler.klass_info is not None
    assert compiler.select is not None
    model: type[Model] = compiler.klass_info["model"]
    fields = compiler.klass_info["select_fields"]
    first, last = fields[0], fields[-1] + 1
    names = [expression.target.attname for expression, _sql, _alias in compiler.select[first:last]]
    # The stubs know a newer Django, which takes one argument more.
    related = get_related_populators(compiler.klass_info, compiler.select, using)  # type: ignore[call-arg]
    annotations = list((compiler.annotation_col_map or {}).items())

    def make(cells: list[Any]) -> Model:
        made = model.from_db(using, names, cells[first:last])
        for one in related:
            one.populate(cells, made)
        for name, place in annotations:
            setattr(made, name, cells[place])
        return made

    return make


def _cell(column: Field[Any, Any], vendor: str) -> Cell:
    """How a cell of this column is read back from JSON, by the type of the column."""
    kind = column.get_internal_type()
    if kind in _AS_IT_IS or (kind == "JSONField" and vendor == "postgresql"):
        return lambda value: value
    if kind not in _CELLS:
        raise TypeError(f"read_at_once does not read {kind}")
    return _CELLS[kind]


def _document(value: Any) -> Any:
    """SQLite keeps JSON as text, and hands out a part of it as what it is."""
    try:
        return json.loads(value) if isinstance(value, str) else value
    except json.JSONDecodeError:
        return value


def _instant(value: str) -> dt.datetime:
    """SQLite keeps UTC without saying so."""
    found = parse_datetime(value)
    assert found is not None
    return found if found.tzinfo else found.replace(tzinfo=dt.UTC)


_CELLS: dict[str, Cell] = {
    "DateField": dt.date.fromisoformat,
    "DateTimeField": _instant,
    "BooleanField": bool,
    "DecimalField": lambda value: Decimal(str(value)),
    "JSONField": _document,
    "UUIDField": uuid.UUID,
}
_AS_IT_IS = {
    "AutoField",
    "BigAutoField",
    "BigIntegerField",
    "CharField",
    "EmailField",
    "ForeignKey",
    "IntegerField",
    "OneToOneField",
    "PositiveIntegerField",
    "PositiveSmallIntegerField",
    "SlugField",
    "SmallIntegerField",
    "TextField",
    "URLField",
}
