"""A person's page: roles over time, placements, the next session, contact; each as far as the reader may see it."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone

from accounts.models import Invitation, User
from coaches.four_places import Place
from coaches.models import Placement
from coaches.readers import rooms_of, rules_for
from people.policies import PersonSight
from people.readers.listing import SignIn, sign_in_of
from programmes.models import Membership, Programme, ProgrammeRole
from programmes.policies import branch_paths, may_change_contact
from programmes.rights import Relation, Thing
from supervision.models import SupervisionSession

MOST = 60


@dataclass(frozen=True)
class PersonPage:
    """All that the page draws. `coordinated` are the programmes in which the reader coordinates the person."""

    person: User
    sight: PersonSight
    memberships: list[Membership]
    own_coaches: list[Placement]
    supervisees: list[Placement]
    places: list[Place]
    places_away: bool
    earlier: list[Placement]
    next_session: SupervisionSession | None
    coordinated: list[Programme]
    may_correct: bool
    may_invite: bool
    needs_coach: bool
    sign_in: SignIn | None


def person_page(person: User, sight: PersonSight, *, viewer: User) -> PersonPage:
    """The page of `person` as `viewer` sees it."""
    seen = list(sight.programmes.values())
    coordinated = sight.programmes_where(Relation.COORDINATOR)
    placements = _placements(person, sight, viewer)
    live = [placement for placement in placements if placement.state in Placement.LIVE]
    places, away = _places(person, sight, viewer) if sight.sees(Thing.PLACES) else ([], False)
    sign_in = _sign_in(person) if coordinated else None
    return PersonPage(
        person=person,
        sight=sight,
        memberships=_memberships(person, seen),
        own_coaches=[one for one in live if one.supervisee_id == person.pk],
        supervisees=[one for one in live if one.coach_id == person.pk],
        places=places,
        places_away=away,
        earlier=[one for one in placements if one.state == Placement.State.ENDED and one.ended_on != one.started_on],
        next_session=_next_session(person, sight, seen),
        coordinated=coordinated,
        may_correct=bool(coordinated) and may_change_contact(viewer, person, coordinated[0]),
        may_invite=sign_in is not None and sign_in.state not in ("signs_in", "no_address"),
        needs_coach=any(rules_for(person, programme) for programme in coordinated[:1]),
        sign_in=sign_in,
    )


def _memberships(person: User, programmes: list[Programme]) -> list[Membership]:
    found = Membership.objects.filter(person=person, role__programme__in=programmes)
    return list(found.select_related("role__programme", "organisation").order_by("-started_on", "-pk")[:MOST])


def _placements(person: User, sight: PersonSight, viewer: User) -> list[Placement]:
    """All for oneself, the coordinator and the mentor of a coach; for others those with themselves."""
    wide = sight.programmes_where(Relation.SELF, Relation.COORDINATOR, Relation.SUPERVISES_LEAD)
    either = Q(coach=person) | Q(supervisee=person)
    between = Q(coach=viewer, supervisee=person) | Q(coach=person, supervisee=viewer)
    found = Placement.objects.filter(either & (Q(programme__in=wide) | between))
    related = found.select_related("coach", "supervisee", "rule__programme", "covers__coach", "programme")
    return list(related.order_by("-started_on", "-pk")[:MOST])


def _places(person: User, sight: PersonSight, viewer: User) -> tuple[list[Place], bool]:
    """The four places of a peer coach, named for oneself, for the mentor, for the coordinator of the branch."""
    held = Membership.objects.open().filter(person=person, role__kind=ProgrammeRole.Kind.PEER_COACH)
    coached = [membership.role.programme for membership in held.select_related("role__programme__network")]
    if not coached:
        return [], False
    if sight.is_self:
        room = rooms_of([person.pk], programme=None)[person.pk]
        return room.places, room.away
    for programme in coached:
        if Relation.SUPERVISES_LEAD in sight.relations.get(programme.pk, ()):
            room = rooms_of([person.pk], programme=programme)[person.pk]
            return room.places, room.away
    seen = [programme for programme in coached if programme.pk in sight.programmes]
    if not seen:
        return [], False
    room = rooms_of([person.pk], programme=seen[0], paths=branch_paths(viewer, seen[0]))[person.pk]
    return room.places, room.away


def _next_session(person: User, sight: PersonSight, seen: list[Programme]) -> SupervisionSession | None:
    """That it is planned, and when: a fact that these relations give."""
    if not (sight.is_self or sight.sees(Thing.SESSION_FACT)):
        return None
    planned = SupervisionSession.objects.filter(
        state=SupervisionSession.State.PLANNED,
        starts_at__gte=timezone.now(),
        programme__in=seen,
        attendances__person=person,
    )
    return planned.select_related("programme").order_by("starts_at", "pk").first()


def _sign_in(person: User) -> SignIn:
    latest = Invitation.objects.filter(person=person).order_by("-pk").first()
    return sign_in_of(person, latest.state if latest else None, latest.until if latest else None)
