"""The forms in which a programme is delivered: the pack's delivery models, which become the variant of a group."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from common.texts import for_reader

if TYPE_CHECKING:
    from programmes.models import Programme


def variants(programme: Programme) -> list[tuple[str, dict[str, str]]]:
    """The pack's delivery models as (key, names), in its order; empty where the pack has none."""
    if not hasattr(programme, "stored_pack"):
        return []
    return variants_in(programme.pack)


def variants_in(pack: dict[str, Any]) -> list[tuple[str, dict[str, str]]]:
    """The delivery models of a pack that is at hand already."""
    models: dict[str, Any] = pack.get("delivery_models") or {}
    return [(item["key"], item["names"]) for item in models.get("items", [])]


def variant_word(programme: Programme, key: str) -> str:
    """The delivery model in the reader's language; empty for none, the key for one that the pack no longer has."""
    if not key:
        return ""
    names = dict(variants(programme)).get(key)
    return for_reader(names, programme.language) if names else key
