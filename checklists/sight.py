"""When an evaluation about a person may be read: values in, yes or no out. `policies` brings the values."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

SELF, CO_LEADER = "self", "co_leader"


@dataclass(frozen=True)
class Rating:
    """One evaluation that was sent in about the same person and thing: by whom, and in which part."""

    rater_id: int | None
    part: str


def both_in(ratings: Iterable[Rating], *, oneself: bool) -> bool:
    """Whether both are in: the person's own and at least one other's, about the same thing with the same instrument.

    Neither then colours the other. `oneself` says whether the instrument is also filled in about oneself; where it is
    not (a video rating by a mentor), there is nothing to wait for and one that was sent in is enough.
    """
    parts = [rating.part for rating in ratings]
    others = any(part != SELF for part in parts)
    return others and (SELF in parts or not oneself)
