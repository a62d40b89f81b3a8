"""Which rows one act writes together: what stands in a savepoint that nothing else encloses is kept or lost as one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from tests.sweep.watch import READS, SESSION

TRAIL = re.compile(r"INSERT INTO .accounts_auditevent.")
# Counts how often somebody asked, beside every act.
CACHE = re.compile(r"(INSERT INTO|UPDATE|DELETE FROM) .cache_entries.")


@dataclass
class Traces:
    """Statements that wrote something and were kept: by transaction, and those outside of any."""

    transactions: list[list[str]] = field(default_factory=list)
    loose: list[str] = field(default_factory=list)
    _open: list[list[str]] = field(default_factory=list)

    def note(self, sql: str) -> None:
        """One statement more."""
        if sql.startswith("SAVEPOINT"):
            self._open.append([])
        elif sql.startswith("ROLLBACK TO SAVEPOINT"):
            self._open[-1].clear()
        elif sql.startswith("RELEASE SAVEPOINT"):
            kept = self._open.pop()
            if self._open:
                self._open[-1] += kept
            elif kept:
                self.transactions.append(kept)
        elif not READS.match(sql) and not SESSION.match(sql) and not CACHE.match(sql):
            (self._open[-1] if self._open else self.loose).append(sql)

    @property
    def without_row(self) -> list[str]:
        """The first statement of each transaction that leaves no row in the trail, and what stands in none."""
        return self.loose + [kept[0] for kept in self.transactions if not any(TRAIL.match(sql) for sql in kept)]


@contextmanager
def traces() -> Iterator[Traces]:
    """What is written in this block."""
    found = Traces()

    def note(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        found.note(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield found
