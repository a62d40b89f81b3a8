"""Delivery models of a pack: what a candidacy's variant may be, and what it is called."""

from __future__ import annotations

from collections.abc import Iterable

from certification.readers.pack_parts import pack_parts
from common.texts import in_language
from programmes.models import Programme


def variants_of(programme: Programme) -> dict[str, dict[str, str]]:
    """The names of the programme's delivery models by key, empty where it has none. One query, for that part alone."""
    return variants_by_programme([programme]).get(programme.pk, {})


def variants_by_programme(programmes: Iterable[Programme]) -> dict[int, dict[str, dict[str, str]]]:
    """The same for many programmes, by programme id."""
    return {programme_id: dict(parts.variants) for programme_id, parts in pack_parts(programmes).items()}


def variant_name(programme: Programme, variant: str, language: str) -> str:
    """What a variant is called; empty for none."""
    return in_language(variants_of(programme).get(variant), language) if variant else ""
