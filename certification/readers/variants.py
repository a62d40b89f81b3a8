"""Delivery models of a pack: what a candidacy's variant may be, and what it is called."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from common.texts import in_language
from programmes.models import Programme, StoredPack


def variants_of(programme: Programme) -> dict[str, dict[str, str]]:
    """The names of the programme's delivery models by key, empty where it has none. One query, for that part alone."""
    return variants_by_programme([programme]).get(programme.pk, {})


def variants_by_programme(programmes: Iterable[Programme]) -> dict[int, dict[str, dict[str, str]]]:
    """The same for many programmes, by programme id."""
    rows = StoredPack.objects.filter(programme__in=list(programmes)).values_list(
        "programme_id", "content__delivery_models"
    )
    return {programme_id: _names(models) for programme_id, models in rows}


def _names(models: Any) -> dict[str, dict[str, str]]:
    return {one["key"]: one["names"] for one in (models or {}).get("items", [])}


def variant_name(programme: Programme, variant: str, language: str) -> str:
    """What a variant is called; empty for none."""
    return in_language(variants_of(programme).get(variant), language) if variant else ""
