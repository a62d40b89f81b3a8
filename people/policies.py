"""Whose page somebody may open, and how much of it."""

from __future__ import annotations

from dataclasses import dataclass

from accounts.models import User
from certification.policies.acts import WAITING_STEPS
from coaches.policies import is_coached_by
from programmes.models import Membership, Programme
from programmes.relations import About, relations_to
from programmes.rights import Relation, Sight, Thing, may_see

# Figures are no sight of a person.
BY_NAME = frozenset(Relation) - {Relation.OBSERVER}


@dataclass(frozen=True)
class PersonSight:
    """What the one who looks is to the person, by programme.

    `is_coach`: the person is the looker's own coach, and that alone opens the contact.
    """

    programmes: dict[int, Programme]
    relations: dict[int, frozenset[Relation]]
    # The person's roles in these programmes, newest first.
    memberships: list[Membership]
    is_coach: bool
    is_self: bool

    def sees(self, thing: Thing, *enough: Sight) -> bool:
        """Whether `thing` is seen in any programme (by one of the sights named in `enough`)."""
        return any(may_see(thing, found, *enough) for found in self.relations.values())

    def programmes_where(self, *wanted: Relation) -> list[Programme]:
        """The programmes in which one of these relations holds."""
        return [self.programmes[pk] for pk, found in self.relations.items() if found & set(wanted)]

    @property
    def reads_evaluations_in(self) -> list[Programme]:
        """Programmes with a page of checklists about the person for the looker; one's own stand elsewhere."""
        enough = (Sight.BOTH_IN, Sight.OWN_THEN_BOTH, Sight.OWN_RATINGS, Sight.STEP_NAMES)
        found = [] if self.is_self else list(self.relations.items())
        return [self.programmes[pk] for pk, kinds in found if may_see(Thing.EVALUATION, kinds, *enough)]

    @property
    def sees_contact(self) -> bool:
        """Phone and address: by the table, and of one's own coach, for one must be able to reach them."""
        return self.is_coach or self.sees(Thing.CONTACT, Sight.FULL)


def sight_of(viewer: User, person: User) -> PersonSight | None:
    """What `viewer` may see of `person`; None when the person is outside the viewer's world.

    Nothing relates two people but a programme in which the one looked at has, or had, a role.
    """
    held = Membership.objects.filter(person=person).select_related(
        "role__programme__network", "organisation", "reports_to"
    )
    memberships = list(held.order_by("-started_on", "-pk"))
    programmes = {one.role.programme_id: one.role.programme for one in memberships}
    if viewer.pk == person.pk:
        own = {pk: frozenset({Relation.SELF}) for pk in programmes}
        return PersonSight(programmes, own, memberships, is_coach=False, is_self=True)
    found = _by_name(viewer, [About(person, one) for one in programmes.values()])
    named = {pk: kinds for pk, kinds in found.items() if kinds}
    reached = any(may_see(Thing.CONTACT, kinds, Sight.FULL) for kinds in named.values())
    is_coach = not reached and is_coached_by(viewer, person)
    if not named and not is_coach:
        return None
    seen = [one for one in memberships if one.role.programme_id in named]
    return PersonSight({pk: programmes[pk] for pk in named}, named, seen, is_coach=is_coach, is_self=False)


def _by_name(viewer: User, looked_at: list[About]) -> dict[int, frozenset[Relation]]:
    """By programme, what opens the page by name. Waiting steps are asked last, where nothing else does: they open no
    more of it than its name."""
    near = relations_to(viewer, looked_at, leaving_out={WAITING_STEPS})
    found = {about.programme.pk: kinds & BY_NAME for about, kinds in zip(looked_at, near, strict=True)}
    rest = [about for about in looked_at if not found[about.programme.pk]]
    if rest:
        found |= {
            about.programme.pk: kinds & BY_NAME for about, kinds in zip(rest, relations_to(viewer, rest), strict=True)
        }
    return found
