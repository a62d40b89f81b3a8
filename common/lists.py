"""Long lists, a page at a time by key: as quick at row one million as at row one, and no COUNT.

What a reader may choose about a list (search, order, filters) is in :mod:`common.list_query`.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter, itemgetter
from typing import Any, Generic, TypeVar

from django.db.models import Model, Q, QuerySet

from common.cursors import Cursor, read_cursor, write_cursor

M = TypeVar("M", bound=Model)
T = TypeVar("T")

PAGE_SIZE = 25


@dataclass(frozen=True)
class KeysetPage(Generic[T]):
    """One page of rows, and the cursors of its neighbours (empty where there is none)."""

    rows: list[T]
    next: str = ""
    previous: str = ""

    def __iter__(self) -> Iterator[T]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)


def keyset_page(
    queryset: QuerySet[M, T], *, keys: Sequence[str], cursor: str | None = None, size: int = PAGE_SIZE
) -> KeysetPage[T]:
    """``size`` rows of ``queryset`` in the order of ``keys``, after (or before) ``cursor``; one query, no COUNT.

    ``keys`` are names as for ``order_by``, the last one unique (``id``), none ever empty: annotate with Coalesce
    first. A key over a relation (``person__sort_name``) wants ``select_related``. With few equal values in the
    first key an index on all keys serves both directions. A cursor that is forged, stale or of another order
    gives the first page, and so does a place from which all rows have gone.
    """
    if keys[-1].lstrip("-") not in ("id", "pk") and not keys[-1].endswith("_id"):
        raise ValueError("the last key of a list must be unique, else rows are lost between pages")
    place = read_cursor(cursor, keys)
    backwards = place is not None and place.backwards
    order = [_turned(key) for key in keys] if backwards else list(keys)
    wanted = queryset.order_by(*order)
    rows = list((wanted.filter(_beyond(order, place.values)) if place else wanted)[: size + 1])
    if place and not rows:
        return keyset_page(queryset, keys=keys, size=size)
    more, rows = len(rows) > size, rows[:size]
    if backwards:
        rows.reverse()
    return KeysetPage(
        rows=rows,
        next=_cursor_at(rows[-1], keys) if rows and (more or backwards) else "",
        previous=_cursor_at(rows[0], keys, backwards=True) if place and (more or not backwards) else "",
    )


def _turned(key: str) -> str:
    return key[1:] if key.startswith("-") else f"-{key}"


def _beyond(order: Sequence[str], values: Sequence[Any]) -> Q:
    """The rows that come after ``values`` in ``order``: (a, b) > (x, y), spelled out, since directions may differ.

    The bound on the first key alone is redundant, and lets both databases start in the index.
    """
    condition = Q()
    for place in range(len(order)):
        equal = {key.lstrip("-"): value for key, value in zip(order[:place], values, strict=False)}
        condition |= Q(**equal, **_compared(order[place], values[place]))
    return Q(**_compared(order[0], values[0], or_equal="e")) & condition


def _compared(key: str, value: Any, or_equal: str = "") -> dict[str, Any]:
    comparison = "lt" if key.startswith("-") else "gt"
    return {f"{key.lstrip('-')}__{comparison}{or_equal}": value}


def _cursor_at(row: Any, keys: Sequence[str], *, backwards: bool = False) -> str:
    names = [key.lstrip("-") for key in keys]
    values = tuple(_reader(row, name)(row) for name in names)
    return write_cursor(Cursor(values, backwards), keys)


def _reader(row: Any, name: str) -> Callable[[Any], Any]:
    return itemgetter(name) if isinstance(row, Mapping) else attrgetter(name.replace("__", "."))
