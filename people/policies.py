"""Whose page somebody may open, and how much of it."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone

from accounts.models import User
from coaches.models import Placement
from programmes.models import Membership, Programme
from programmes.relations import About, relations
from programmes.rights import Relation, Sight, Thing, may_see

# Figures are no sight of a person.
BY_NAME = frozenset(Relation) - {Relation.OBSERVER}


@dataclass(frozen=True)
class PersonSight:
    """What the one who looks is to the person, by programme. `is_coach` when the person is the looker's own coach."""

    programmes: dict[int, Programme]
    relations: dict[int, frozenset[Relation]]
    is_coach: bool
    is_self: bool

    def sees(self, thing: Thing, *enough: Sight) -> bool:
        """Whether `thing` is seen in any programme (by one of the sights named in `enough`)."""
        return any(may_see(thing, found, *enough) for found in self.relations.values())

    def programmes_where(self, *wanted: Relation) -> list[Programme]:
        """The programmes in which one of these relations holds."""
        return [self.programmes[pk] for pk, found in self.relations.items() if found & set(wanted)]

    @property
    def sees_contact(self) -> bool:
        """Phone and address: by the table, and of one's own coach, for one must be able to reach them."""
        return self.is_coach or self.sees(Thing.CONTACT, Sight.FULL)


def sight_of(viewer: User, person: User) -> PersonSight | None:
    """What `viewer` may see of `person`; None when the person is outside the viewer's world."""
    is_self = viewer.pk == person.pk
    programmes = _programmes(person) if is_self else _common_programmes(viewer, person)
    found = {pk: relations(viewer, About(person, one)) & BY_NAME for pk, one in programmes.items()}
    named = {pk: kinds for pk, kinds in found.items() if kinds}
    is_coach = (
        not is_self
        and Placement.objects.in_force(timezone.localdate()).filter(coach=person, supervisee=viewer).exists()
    )
    if not named and not is_coach and not is_self:
        return None
    return PersonSight({pk: programmes[pk] for pk in named}, named, is_coach, is_self)


def _programmes(person: User) -> dict[int, Programme]:
    found = Programme.objects.filter(roles__memberships__person=person).select_related("network").distinct()
    return {programme.pk: programme for programme in found}


def _common_programmes(viewer: User, person: User) -> dict[int, Programme]:
    """Programmes in which both have, or had, a role: nothing else could relate them."""
    mine = Membership.objects.filter(person=viewer).values("role__programme_id")
    theirs = Membership.objects.filter(person=person).values("role__programme_id")
    found = Programme.objects.filter(pk__in=mine).filter(pk__in=theirs).select_related("network").distinct()
    return {programme.pk: programme for programme in found}
