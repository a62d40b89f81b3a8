"""Who may see and change groups: those who lead them; their coach may read along, a coordinator sees figures."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db.models import Exists, Q, QuerySet
from django.utils import timezone

from accounts.models import User
from practice.consent import CERTIFICATION, SUPERVISION, consent_valid
from practice.models import DeliveryGroup, GroupLeader, GroupMeeting, Recording
from programmes.models import Membership, Organisation, Programme, ProgrammeRole
from programmes.relations import About, relations_among, relations_of_each
from programmes.rights import Relation, Sight, Thing, sights

LEADING_KINDS = (ProgrammeRole.Kind.GROUP_LEADER, ProgrammeRole.Kind.PEER_COACH, ProgrammeRole.Kind.MENTOR)

SUPERVISING_KINDS = (ProgrammeRole.Kind.PEER_COACH, ProgrammeRole.Kind.MENTOR)


def leads_group(user: User, group: DeliveryGroup) -> bool:
    """Whether the person leads the group today, or led it when it ended, and still has a role in the programme."""
    today = timezone.localdate()
    here = Membership.objects.active(today).filter(person=user, role__programme=group.programme_id)
    rows = GroupLeader.objects.filter(Exists(here), group=group, person=user)
    if group.ended_on is not None:
        return rows.filter(Q(ended_on__isnull=True) | Q(ended_on__gte=group.ended_on)).exists()
    return rows.filter(Q(ended_on__isnull=True) | Q(ended_on__gt=today)).exists()


def may_read_group(user: User, group: DeliveryGroup) -> bool:
    """Whether the person may open the group's page: who leads or has led it, and the coach of somebody who does.

    It holds numbers and days, never names of participants.
    """
    leaders = [row.person for row in group.leaders.select_related("person")]
    if any(person.pk == user.pk for person in leaders):
        return True
    near = {Relation.PLACEMENT, Relation.STAND_IN}
    return bool(relations_among(user, [About(person, group.programme) for person in leaders], near))


def filmed_in(meeting: GroupMeeting) -> QuerySet[User]:
    """Who led the group on the day of the meeting: the camera points at them."""
    led = GroupLeader.objects.filter(group=meeting.group_id, started_on__lte=meeting.held_on)
    led = led.filter(Q(ended_on__isnull=True) | Q(ended_on__gte=meeting.held_on))
    return User.objects.filter(pk__in=led.values("person_id")).order_by("sort_name", "pk")


def is_filmed(user: User, meeting: GroupMeeting) -> bool:
    """Whether the person led the meeting: its recordings are theirs to note, change and delete."""
    return filmed_in(meeting).filter(pk=user.pk).exists()


def may_see_recording(user: User, recording: Recording) -> bool:
    """Whether the person may read where a meeting's film lies, and the comments to it: the row "recording".

    Who is filmed always; who supervises one of them while consent to supervision holds; who decides a waiting step of
    one of them while consent to certification holds. A coordinator learns that it exists, in a list.
    """
    if recording.meeting is None:
        return False
    return bool(recordings_in_sight(user, recording.programme, [(recording, list(filmed_in(recording.meeting)))]))


def recordings_in_sight(
    user: User, programme: Programme, found: Sequence[tuple[Recording, Sequence[User]]]
) -> list[Recording]:
    """Those of the recordings, each with whom it shows, that the person may see. One query at the most."""
    today = timezone.localdate()
    own = {recording.pk for recording, filmed in found if any(person.pk == user.pk for person in filmed)}
    holding = {recording.pk: _holding(recording, today) for recording, _filmed in found if recording.pk not in own}
    people = {person.pk: person for recording, filmed in found if holding.get(recording.pk) for person in filmed}
    abouts = [About(person, programme) for person in people.values()]
    wanted = {relation for relations in holding.values() for relation in relations}
    near = dict(zip(people, relations_of_each(user, abouts, wanted), strict=True))
    seen = []
    for recording, filmed in found:
        holds = holding.get(recording.pk, set())
        among = {relation for person in filmed for relation in near.get(person.pk, ()) if relation in holds}
        if recording.pk in own or Sight.WHILE_CONSENT in sights(Thing.RECORDING, among):
            seen.append(recording)
    return seen


def _holding(recording: Recording, day: dt.date) -> set[Relation]:
    """The relations for which somebody has consented, and the consent holds."""
    purposes = {Relation.PLACEMENT: SUPERVISION, Relation.DECIDES_STEP: CERTIFICATION}
    return {relation for relation, purpose in purposes.items() if consent_valid(recording, day, purpose)}


def home_path(user: User, programme: Programme) -> str:
    """The organisation path under which the person's own acts in the programme are filed; empty for outsiders."""
    path = (
        Membership.objects.open()
        .filter(person=user, role__programme=programme)
        .order_by("pk")
        .values_list("organisation__path", flat=True)
        .first()
    )
    return path or ""


def leading_memberships(user: User, programme: Programme | None = None) -> QuerySet[Membership]:
    """The active memberships by which the person may lead groups."""
    held = Membership.objects.active(timezone.localdate()).filter(person=user, role__kind__in=LEADING_KINDS)
    return held.filter(role__programme=programme) if programme else held


def neighbourhood(organisation: Organisation) -> str:
    """The path within which colleagues are named: the unit's municipality, or the organisation itself near the top."""
    if organisation.depth < 2:
        return organisation.path
    return organisation.path.rstrip("/").rpartition("/")[0] + "/"


def possible_co_leaders(user: User, programme: Programme) -> QuerySet[User]:
    """Colleagues nearby who may lead groups in the programme, by name."""
    near = Q(pk__in=[])
    for own in leading_memberships(user, programme).select_related("organisation"):
        near |= Q(organisation__path__startswith=neighbourhood(own.organisation))
    held = Membership.objects.active(timezone.localdate()).filter(
        near, role__programme=programme, role__kind__in=LEADING_KINDS
    )
    return User.objects.known().filter(pk__in=held.values("person_id")).exclude(pk=user.pk).order_by("sort_name", "pk")
