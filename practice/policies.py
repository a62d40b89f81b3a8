"""Who may see and change groups: those who lead them; their coach may read along, a coordinator sees figures."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.models import User
from practice.models import DeliveryGroup, GroupLeader
from programmes.models import Membership, Organisation, Programme, ProgrammeRole
from programmes.relations import About, relations
from programmes.rights import Relation

LEADING_KINDS = (ProgrammeRole.Kind.GROUP_LEADER, ProgrammeRole.Kind.PEER_COACH, ProgrammeRole.Kind.MENTOR)


def leads_group(user: User, group: DeliveryGroup) -> bool:
    """Whether the person leads the group today, or led it when it ended."""
    today = timezone.localdate()
    rows = GroupLeader.objects.filter(group=group, person=user)
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
    return any(near & relations(user, About(person, group.programme)) for person in leaders)


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
