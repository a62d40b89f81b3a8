"""Who sits where: seats for each turn, and the sentences that say when a rule does not allow them.

Values in, values out; that people have a place or a role is checked by the action.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from common.errors import DomainError
from programmes.models import SupervisionRuleVersion
from supervision.models import Attendance

Seat = Attendance.Seat
Format = SupervisionRuleVersion.Format


@dataclass(frozen=True)
class Place:
    """One seat in one turn, to be planned."""

    person: User
    seat: str
    turn: int = 1
    is_guest: bool = False


def seat_once(
    lead: User, supervisees: Sequence[User], *, co_lead: User | None = None, observer: User | None = None
) -> list[Place]:
    """The seats of a session in which nobody switches roles."""
    places = [Place(lead, Seat.LEAD)]
    places += [Place(co_lead, Seat.CO_LEAD)] if co_lead else []
    places += [Place(person, Seat.SUPERVISEE) for person in supervisees]
    places += [Place(observer, Seat.OBSERVER)] if observer else []
    return places


def seat_in_turns(people: Sequence[User]) -> list[Place]:
    """Two or three people who switch roles: each leads once, is supervised once and (of three) observes once."""
    seats = (Seat.LEAD, Seat.SUPERVISEE, Seat.OBSERVER)[: len(people)]
    return [
        Place(people[(turn + place) % len(people)], seat, turn + 1)
        for turn in range(len(people))
        for place, seat in enumerate(seats)
    ]


def can_switch_roles(version: SupervisionRuleVersion) -> bool:
    """Whether the rule lets people switch roles within a session: pairs and threes that are reciprocal or rotate."""
    return (version.reciprocal or version.rotates_roles) and version.format in (Format.PAIR, Format.TRIAD)


def check_places(version: SupervisionRuleVersion, places: Sequence[Place]) -> None:
    """Raise `DomainError` when somebody sits twice in a turn, nobody leads, or too few or too many are supervised."""
    for turn in sorted({place.turn for place in places}):
        seated = [place for place in places if place.turn == turn]
        names = [place.person.pk for place in seated]
        twice = next((place.person for place in seated if names.count(place.person.pk) > 1), None)
        if twice:
            raise DomainError(
                _("%(name)s can have one seat only. Choose another person for one of them.") % {"name": twice.name},
                field="supervisees",
                code="seated_twice",
            )
        if sum(place.seat == Seat.LEAD for place in seated) != 1:
            raise DomainError(_("One person leads. Choose who."), field="lead", code="one_lead")
        _check_number(version, sum(place.seat == Seat.SUPERVISEE for place in seated))


def _check_number(version: SupervisionRuleVersion, number: int) -> None:
    if number < version.min_supervisees:
        raise DomainError(
            ngettext(
                "This rule asks for at least %(limit)d person who is supervised. Choose one.",
                "This rule asks for at least %(limit)d people who are supervised. Choose more.",
                version.min_supervisees,
            )
            % {"limit": version.min_supervisees},
            field="supervisees",
            code="too_few",
        )
    if number > version.max_supervisees:
        raise DomainError(
            ngettext(
                "This rule has room for %(limit)d person who is supervised. Leave out the others, or plan another "
                "session for them.",
                "This rule has room for %(limit)d people who are supervised. Leave out the others, or plan another "
                "session for them.",
                version.max_supervisees,
            )
            % {"limit": version.max_supervisees},
            field="supervisees",
            code="too_many",
        )
