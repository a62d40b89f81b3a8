"""A person's page: roles over time, placements, the next session, contact; each as far as the reader may see it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import F, Q
from django.utils import timezone

from accounts.models import Invitation, User
from coaches.four_places import Place
from coaches.models import Placement
from coaches.pairs import drawing_of
from coaches.readers import CoachRoom, led_rules, room_from, rules_for
from people.policies import PersonSight
from people.readers.listing import SignIn, sign_in_of
from programmes.models import Membership, Programme, ProgrammeRole
from programmes.policies import Hat, may_change_contact
from programmes.rights import Relation, Sight, Thing
from supervision.models import SupervisionSession

Kind = ProgrammeRole.Kind
MOST = 60


@dataclass(frozen=True)
class PersonPage:
    """All that the page draws. `coordinated` are the programmes in which the reader coordinates the person."""

    person: User
    sight: PersonSight
    memberships: list[Membership]
    own_coaches: list[Placement]
    supervisees: list[Placement]
    earlier: list[Placement]
    places: list[Place]
    pairs: list[list[User]]
    next_session: SupervisionSession | None
    coordinated: list[Programme]
    may_correct: bool
    may_invite: bool
    lacks_coach: bool
    sign_in: SignIn | None


def person_page(person: User, sight: PersonSight, *, viewer: User, hats: Sequence[Hat]) -> PersonPage:
    """The page of `person` as `viewer`, who wears `hats`, sees it."""
    coordinated = sight.programmes_where(Relation.COORDINATOR)
    memberships = sight.memberships[:MOST]
    every = _placements(person)
    seen = [one for one in every if _may_see(one, sight, viewer)]
    live = [one for one in seen if one.state in Placement.LIVE]
    room = _room(person, sight, memberships, every, hats)
    coached = [one.role_id for one in memberships if one.role.kind == Kind.PEER_COACH and not one.ended_on]
    drawing = drawing_of(person, live, led_rules(coached)) if room else None
    sign_in = _sign_in(person) if coordinated else None
    return PersonPage(
        person=person,
        sight=sight,
        memberships=memberships,
        own_coaches=[one for one in live if one.supervisee_id == person.pk],
        supervisees=[one for one in live if one.coach_id == person.pk],
        earlier=[one for one in seen if one.state == Placement.State.ENDED and one.ended_on != one.started_on],
        places=room.places if room and drawing and drawing.four_places else [],
        pairs=drawing.pairs if drawing else [],
        next_session=_next_session(person, sight),
        coordinated=coordinated,
        may_correct=bool(coordinated) and may_change_contact(viewer, person, coordinated[0]),
        may_invite=sign_in is not None and sign_in.state not in ("signs_in", "no_address"),
        lacks_coach=any(rules_for(person, programme) for programme in coordinated[:1]),
        sign_in=sign_in,
    )


def _placements(person: User) -> list[Placement]:
    """All of the person's, of every network: what the reader may see of them is sorted out after."""
    found = Placement.objects.filter(Q(coach=person) | Q(supervisee=person))
    related = found.select_related("coach", "supervisee", "rule", "programme", "covers__coach")
    # Open ones first, so that no number of earlier ones pushes them out.
    open_first = F("ended_on").desc(nulls_first=True)
    return list(related.order_by(open_first, "place", "-started_on", "-pk")[: 2 * MOST])


def _may_see(placement: Placement, sight: PersonSight, viewer: User) -> bool:
    """All for oneself; a coordinator and the mentor of a coach in their programme; others those with themselves."""
    wide = {Relation.SELF, Relation.COORDINATOR, Relation.SUPERVISES_LEAD}
    return (
        sight.is_self
        or bool(sight.relations.get(placement.programme_id, frozenset()) & wide)
        or viewer.pk in (placement.coach_id, placement.supervisee_id)
    )


def _room(
    person: User, sight: PersonSight, memberships: list[Membership], every: list[Placement], hats: Sequence[Hat]
) -> CoachRoom | None:
    """The four places of a peer coach, named for oneself, for the mentor, for the coordinator of the branch."""
    coached = {one.role.programme_id for one in memberships if one.role.kind == Kind.PEER_COACH and not one.ended_on}
    live = [one for one in every if one.coach_id == person.pk and one.state in Placement.LIVE]
    if not coached or not sight.sees(Thing.PLACES):
        return None
    if sight.is_self:
        return room_from(person, live, programme=None)
    seen = [programme for pk, programme in sight.programmes.items() if pk in coached]
    for programme in seen:
        if Relation.SUPERVISES_LEAD in sight.relations[programme.pk]:
            return room_from(person, live, programme=programme)
    if not seen:
        return None
    paths = [
        path for hat in hats if hat.programme == seen[0] and hat.role.kind == Kind.COORDINATOR for path in hat.paths
    ]
    return room_from(person, live, programme=seen[0], paths=paths)


def _next_session(person: User, sight: PersonSight) -> SupervisionSession | None:
    """That it is planned, and when: a fact that these relations give."""
    if not (sight.is_self or sight.sees(Thing.SESSION_FACT, Sight.FULL, Sight.BRANCH, Sight.LAST_AND_NEXT)):
        return None
    planned = SupervisionSession.objects.filter(
        state=SupervisionSession.State.PLANNED,
        starts_at__gte=timezone.now(),
        programme__in=list(sight.programmes),
        attendances__person=person,
    )
    return planned.order_by("starts_at", "pk").first()


def _sign_in(person: User) -> SignIn:
    latest = None if person.has_usable_password() else Invitation.objects.filter(person=person).order_by("-pk").first()
    return sign_in_of(person, latest.state if latest else None, latest.until if latest else None)
