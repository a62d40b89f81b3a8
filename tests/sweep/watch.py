"""Sees every statement that changes rows, whatever table and way: made, changed or gone, kept or rolled back."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

READS = re.compile(r"(SELECT|SAVEPOINT|RELEASE SAVEPOINT|ROLLBACK TO SAVEPOINT)\b")
SESSION = re.compile(r"(INSERT INTO|UPDATE|DELETE FROM) .django_session.")  # when somebody was last here


@contextmanager
def watch() -> Iterator[list[str]]:
    """A list of the statements that write; anything that is not known to read counts as writing."""
    written: list[str] = []

    def note(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        if not READS.match(sql) and not SESSION.match(sql):
            written.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield written
