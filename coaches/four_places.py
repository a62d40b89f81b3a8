"""The four places of a coach, as values: which is free, and how each is drawn. No rows here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass

NUMBERS = (1, 2, 3, 4)


@dataclass(frozen=True)
class Seat:
    """What is known of one taken place. Of one that the reader may not know (`elsewhere`) only that it is taken; of
    one whose holder or coach has left the programme (`ended`) only that, until the clock frees the place."""

    number: int
    supervisee_id: int = 0
    name: str = ""
    started_on: dt.date | None = None
    until: dt.date | None = None
    covers_for: str = ""
    elsewhere: bool = False
    ended: bool = False


@dataclass(frozen=True)
class Place:
    """One of the four as it is drawn: filled, empty, away, cover or closed (above what the coach offers)."""

    number: int
    state: str
    seat: Seat | None = None


def lowest_free(taken: Collection[int], offered: int) -> int | None:
    """The lowest of the places offered that nobody holds or is to take over; None when there is none."""
    return next((number for number in NUMBERS[:offered] if number not in taken), None)


def draw(seats: Iterable[Seat], *, offered: int, away: bool) -> list[Place]:
    """All four places in their order. While the coach is away, those who keep their place are drawn half."""
    held = {seat.number: seat for seat in seats}
    places = []
    for number in NUMBERS:
        seat = held.get(number)
        if seat is None:
            state = "empty" if number <= offered else "closed"
        elif seat.covers_for:
            state = "cover"
        else:
            state = "away" if away else "filled"
        places.append(Place(number, state, seat))
    return places


def has_room(places: Iterable[Place]) -> bool:
    """Whether one of the places is free and offered."""
    return any(place.state == "empty" for place in places)
