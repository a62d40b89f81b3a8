"""Tags that draw the four places of a coach."""

from collections.abc import Sequence
from typing import Any

from django import template
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts.models import User
from coaches.four_places import Place
from common.dates import date_words

register = template.Library()


@register.inclusion_tag("components/places.html")
def four_places(places: Sequence[Place], level: int = 3) -> dict[str, Any]:
    """``{% four_places room.places %}``: large, with names where they may be known."""
    return {"places": [_drawn(place) for place in places], "level": level}


@register.inclusion_tag("components/pair.html")
def people_pair(table: Sequence[User], reader: User, level: int = 3) -> dict[str, Any]:
    """``{% people_pair table user %}``: people who supervise each other, at one table edge."""
    return {"pair": [_pair_seat(one, reader) for one in table], "level": level}


def _pair_seat(person: User, reader: User) -> dict[str, str]:
    note = pgettext("pair", "You") if person == reader else ""
    return {"name": person.name, "url": reverse("people:person", args=[person.pk]), "note": note}


@register.inclusion_tag("components/places_mini.html")
def mini_places(places: Sequence[Place]) -> dict[str, Any]:
    """``{% mini_places room.places %}``: a row of small ones, with "3 of 4" beside it."""
    offered = sum(1 for place in places if place.state != "closed")
    taken = sum(1 for place in places if place.seat is not None)
    words = _("%(taken)d of %(offered)d") % {"taken": taken, "offered": offered}
    return {
        "places": [{"number": place.number, "state": place.state} for place in places],
        "label": label(places),
        "words": words,
    }


def label(places: Sequence[Place]) -> str:
    """All four in words, for those who do not see them: "Places: 1 filled, 2 cover, 3 free, 4 not offered"."""
    said = ", ".join(f"{place.number} {_state(place.state)}" for place in places)
    return _("Places: %(places)s") % {"places": said}


def _state(state: str) -> str:
    return {
        "filled": pgettext("place", "filled"),
        "cover": pgettext("place", "cover"),
        "away": pgettext("place", "coach away"),
        "empty": pgettext("place", "free"),
        "closed": pgettext("place", "not offered"),
    }[state]


def _drawn(place: Place) -> dict[str, Any]:
    seat = place.seat
    if seat is None:
        return {"number": place.number, "state": place.state, "name": ""}
    if seat.ended:
        name, why = pgettext("place", "Ended"), _("One of you has left the programme.")
        return {"number": place.number, "state": place.state, "name": name, "since": why}
    if seat.elsewhere:
        return {"number": place.number, "state": place.state, "name": _("Taken (other organisation)")}
    return {
        "number": place.number,
        "state": place.state,
        "name": seat.name,
        "url": reverse("people:person", args=[seat.supervisee_id]),
        "since": _since(place),
        "note": _until(place),
    }


def _since(place: Place) -> str:
    seat = place.seat
    if seat is None or seat.started_on is None:
        return ""
    if seat.covers_for:
        return _("Cover for %(coach)s") % {"coach": seat.covers_for}
    return _("Since %(day)s") % {"day": date_words(seat.started_on)}


def _until(place: Place) -> str:
    seat = place.seat
    if seat is None or seat.until is None:
        return ""
    return _("Until %(day)s") % {"day": date_words(seat.until)}
