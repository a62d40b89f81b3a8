"""A list was taken out of the house, and the trail says so: who, which list, asked for how, and how long it was."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from accounts.actions.audit import record
from accounts.models import User
from common.list_query import ListQuery
from programmes.policies import Hat


def note_export(*, by: User, hat: Hat, what: str, rows: int, filters: Mapping[str, Any] | None = None) -> None:
    """Write into the trail that `by` took out the list `what` (a stable key) under the hat.

    `filters` are keys of what was chosen (`filters_of`), never what was typed; `rows` is how many lines the list has.
    """
    with transaction.atomic():
        record(
            by=by,
            verb="export.made",
            subject=f"export:{what}",
            programme_id=hat.programme.pk,
            organisation_path=hat.paths[0],
            facts={"list": what, "hat": hat.key, "filters": dict(filters or {}), "rows": rows},
        )


def filters_of(query: ListQuery) -> dict[str, Any]:
    """What a list was narrowed by, as keys; of a search only that there was one, for it may hold a name."""
    chosen: dict[str, Any] = {name: value for name, value in query.chosen.items() if value}
    return chosen | {"searched": True} if query.q else chosen
