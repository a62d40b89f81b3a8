"""Counting a little at a time: up to a limit, as part of another query. No COUNT over a long table."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, IntegerField, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

MOST = 99


def counted(rows: QuerySet[Any] | None, most: int = MOST) -> Coalesce | Value:
    """How many rows there are, at most `most` + 1, as an expression for `annotate`; None counts as none.

    The database stops reading at the limit, so that a page costs the same with a million rows.
    """
    if rows is None:
        return Value(0, output_field=IntegerField())
    few = rows.order_by().values("pk")[: most + 1]
    number = rows.model._base_manager.filter(pk__in=few).order_by().annotate(one=Value(1)).values("one")
    return Coalesce(Subquery(number.annotate(number=Count("pk")).values("number")), 0)


def capped(number: int, most: int = MOST) -> str:
    """The number as it is shown: “99+” where counting stopped."""
    return f"{most}+" if number > most else str(number)
