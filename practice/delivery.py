"""The forms in which a programme is delivered: the pack's delivery models, which become the variant of a group."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
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
    return [(item["key"], item["names"]) for item in _models(pack)]


def variant_word(programme: Programme, key: str) -> str:
    """The delivery model in the reader's language; empty for none, the key for one that the pack no longer has."""
    if not key:
        return ""
    names = dict(variants(programme)).get(key)
    return for_reader(names, programme.language) if names else key


@dataclass(frozen=True)
class Course:
    """How far a group is: `held` meetings are noted; the model asks for at `least` so many and usually at `most`.

    `least` is None where the programme does not say. `missing` are numbers below the highest that are not noted.
    """

    held: int
    least: int | None = None
    most: int | None = None
    missing: tuple[int, ...] = ()

    @property
    def left(self) -> int:
        """How many more are needed; 0 when it is enough, or the programme does not say."""
        return max(0, (self.least or 0) - self.held)

    @property
    def is_enough(self) -> bool:
        """Whether the least is reached."""
        return self.least is not None and self.held >= self.least

    @property
    def meter(self) -> int:
        """The count for a progress bar that ends at `least`."""
        return min(self.held, self.least or 0)


def course(pack: dict[str, Any], variant: str, numbers: Collection[int]) -> Course:
    """How far a group of this delivery model is, which has noted meetings with these numbers."""
    model = next((item for item in _models(pack) if item["key"] == variant), {})
    asked: dict[str, Any] = model.get("meetings") or {}
    missing = tuple(sorted(set(range(1, max(numbers, default=0))) - set(numbers)))
    return Course(len(numbers), asked.get("min"), asked.get("max"), missing)


def _models(pack: dict[str, Any]) -> list[dict[str, Any]]:
    models: dict[str, Any] = pack.get("delivery_models") or {}
    found: list[dict[str, Any]] = models.get("items", [])
    return found
