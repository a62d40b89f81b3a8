"""A person's page: roles over time, placements, the next session, contact; each as far as the reader may see it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from accounts.models import Invitation, User
from certification.policies.acts import WAITING_STEPS
from coaches.four_places import Place
from coaches.models import Absence, Placement, PlacementQuerySet
from coaches.pairs import RuleShape, drawing_of
from coaches.readers import CoachRoom, away_now, room_from, rule_shapes, rules_for
from common.at_once import read_at_once
from people.policies import BY_NAME, PersonSight
from people.readers.listing import SignIn, sign_in_of
from programmes.models import Membership, Programme, ProgrammeRole
from programmes.policies import Hat, may_change_contact, people_in_branch, under
from programmes.relations import About, relations_to
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
    # Live placements, by id, in which one of the two has left the programme: the clock ends them.
    ended: frozenset[int]
    # Those placed with the person, by id, whose own page opens for the reader.
    linked: frozenset[int]


def person_page(person: User, sight: PersonSight, *, viewer: User, hats: Sequence[Hat]) -> PersonPage:
    """The page of `person` as `viewer`, who wears `hats`, sees it."""
    coordinated = sight.programmes_where(Relation.COORDINATOR)
    memberships = sight.memberships[:MOST]
    coached = [one.role_id for one in memberships if one.role.kind == Kind.PEER_COACH and not one.ended_on]
    rows = read_at_once(
        placements=_placements(person),
        ended=_of_both(person).live().of_who_left().values_list("pk", flat=True),
        shapes=rule_shapes(coached),
        away=away_now([person.pk]),
        ahead=_next_session(person, sight),
        invitations=_invitation(person, coordinated),
    )
    every: list[Placement] = rows["placements"]
    known = _known_below(person, every, sight, hats)
    seen = [one for one in every if _may_see(one, sight, viewer, known)]
    live = [one for one in seen if one.state in Placement.LIVE]
    ended = frozenset(rows["ended"])
    standing = [one for one in live if one.pk not in ended]
    room = _room(person, sight, memberships, every, hats, next(iter(rows["away"]), None), ended)
    drawing = drawing_of(person, standing, [RuleShape(*shape) for shape in rows["shapes"]]) if room else None
    latest = next(iter(rows["invitations"]), None)
    sign_in = None
    if coordinated:
        sign_in = sign_in_of(person, latest.state if latest else None, latest.until if latest else None)
    return PersonPage(
        person=person,
        sight=sight,
        memberships=memberships,
        own_coaches=[one for one in live if one.supervisee_id == person.pk],
        supervisees=[one for one in live if one.coach_id == person.pk],
        earlier=[one for one in seen if one.state == Placement.State.ENDED and one.ended_on != one.started_on],
        places=room.places if room and drawing and drawing.four_places else [],
        pairs=drawing.pairs if drawing else [],
        next_session=next(iter(rows["ahead"]), None),
        coordinated=coordinated,
        may_correct=bool(coordinated) and may_change_contact(viewer, person, coordinated[0]),
        may_invite=sign_in is not None and sign_in.state not in ("signs_in", "no_address"),
        lacks_coach=any(rules_for(person, programme) for programme in coordinated[:1]),
        sign_in=sign_in,
        ended=ended,
        linked=_linked(person, standing, coordinated, hats, viewer),
    )


def _linked(
    person: User,
    live: Sequence[Placement],
    coordinated: Sequence[Programme],
    hats: Sequence[Hat],
    viewer: User,
) -> frozenset[int]:
    """Those whose page opens for `viewer`. For a coordinator the own branch: a mentor may serve it from further up."""
    others = {one.coach_id if one.supervisee_id == person.pk else one.supervisee_id for one in live}
    if not others:
        return frozenset()
    if not coordinated:
        return _related(person, live, viewer)
    inside = {
        hat.key: people_in_branch(hat.paths, hat.programme).filter(pk__in=others).values_list("pk", flat=True)
        for hat in hats
        if hat.programme in coordinated and hat.role.kind == Kind.COORDINATOR
    }
    return frozenset(pk for there in read_at_once(**inside).values() for pk in there)


def _related(person: User, live: Sequence[Placement], viewer: User) -> frozenset[int]:
    """Those in a placement in force with `viewer`, and those to whom the viewer is something by name in its programme:
    the mentor of a coach, to whom the coach supervises. One query, where others than the viewer are placed."""
    today = timezone.localdate()
    own = [one for one in live if viewer.pk in (one.coach_id, one.supervisee_id)]
    opens = {pk for one in own if one.is_in_force(today) for pk in (one.coach_id, one.supervisee_id)}
    pairs = [one for one in live if viewer.pk not in (one.coach_id, one.supervisee_id)]
    wanted = [About(one.coach if one.supervisee_id == person.pk else one.supervisee, one.programme) for one in pairs]
    if wanted:
        found = relations_to(viewer, wanted, leaving_out={WAITING_STEPS})
        opens |= {about.person.pk for about, kinds in zip(wanted, found, strict=True) if kinds & BY_NAME}
    return frozenset(opens)


def _of_both(person: User) -> PlacementQuerySet:
    return Placement.objects.filter(Q(coach=person) | Q(supervisee=person))


def _placements(person: User) -> QuerySet[Placement]:
    """All of the person's, of every network: what the reader may see of them is sorted out after."""
    related = _of_both(person).select_related("coach", "supervisee", "rule", "programme", "covers__coach")
    # Open ones first, so that no number of earlier ones pushes them out.
    open_first = F("ended_on").desc(nulls_first=True)
    return related.order_by(open_first, "place", "-started_on", "-pk")[: 2 * MOST]


def _may_see(placement: Placement, sight: PersonSight, viewer: User, known: set[int]) -> bool:
    """All for oneself and for the mentor of a coach in their programme; for a coordinator the person's own coaches,
    and as a coach those of the own branch (`known`); others those with themselves."""
    found = sight.relations.get(placement.programme_id, frozenset())
    return (
        sight.is_self
        or viewer.pk in (placement.coach_id, placement.supervisee_id)
        or Relation.SUPERVISES_LEAD in found
        or (Relation.COORDINATOR in found and (placement.pk in known))
    )


def _known_below(person: User, every: list[Placement], sight: PersonSight, hats: Sequence[Hat]) -> set[int]:
    """Placements (by id) that a coordinator knows by name: the person's coaches, and supervisees who belong, or have
    belonged, to the own branch. One query for a coach, none else."""
    led = [one for one in every if one.coach_id == person.pk]
    known = {one.pk for one in every if one.supervisee_id == person.pk}
    paths = {
        pk: [
            path for hat in hats if hat.programme.pk == pk and hat.role.kind == Kind.COORDINATOR for path in hat.paths
        ]
        for pk, found in sight.relations.items()
        if Relation.COORDINATOR in found
    }
    if not led or not paths:
        return known
    inside = Q(pk__in=[])
    for pk, own in paths.items():
        inside |= Q(role__programme=pk) & under(own)
    rows = Membership.objects.filter(inside, person__in={one.supervisee_id for one in led})
    people = set(rows.values_list("person_id", "role__programme_id"))
    return known | {one.pk for one in led if (one.supervisee_id, one.programme_id) in people}


def _room(
    person: User,
    sight: PersonSight,
    memberships: list[Membership],
    every: list[Placement],
    hats: Sequence[Hat],
    away: Absence | None,
    ended: frozenset[int],
) -> CoachRoom | None:
    """The four places of a peer coach, named for oneself, for the mentor, for the coordinator of the branch."""
    coached = {one.role.programme_id for one in memberships if one.role.kind == Kind.PEER_COACH and not one.ended_on}
    live = [one for one in every if one.coach_id == person.pk and one.state in Placement.LIVE]
    if not coached or not sight.sees(Thing.PLACES):
        return None
    if sight.is_self:
        return room_from(person, live, away, programme=None, ended=ended)
    seen = [programme for pk, programme in sight.programmes.items() if pk in coached]
    for programme in seen:
        if Relation.SUPERVISES_LEAD in sight.relations[programme.pk]:
            return room_from(person, live, away, programme=programme, ended=ended)
    if not seen:
        return None
    paths = [
        path for hat in hats if hat.programme == seen[0] and hat.role.kind == Kind.COORDINATOR for path in hat.paths
    ]
    return room_from(person, live, away, programme=seen[0], paths=paths, ended=ended)


def _next_session(person: User, sight: PersonSight) -> QuerySet[SupervisionSession]:
    """That it is planned, and when: a fact that these relations give. At most one."""
    if not (sight.is_self or sight.sees(Thing.SESSION_FACT, Sight.FULL, Sight.BRANCH, Sight.LAST_AND_NEXT)):
        return SupervisionSession.objects.none()
    planned = SupervisionSession.objects.filter(
        state=SupervisionSession.State.PLANNED,
        starts_at__gte=timezone.now(),
        programme__in=list(sight.programmes),
        attendances__person=person,
    )
    return planned.order_by("starts_at", "pk")[:1]


def _invitation(person: User, coordinated: Sequence[Programme]) -> QuerySet[Invitation]:
    """The latest, of somebody who cannot sign in yet, for a coordinator."""
    if not coordinated or person.has_usable_password():
        return Invitation.objects.none()
    return Invitation.objects.filter(person=person).order_by("-pk")[:1]
