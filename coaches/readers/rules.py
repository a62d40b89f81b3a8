"""Who needs a coach, under which rule, and with whom somebody could change places."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from accounts.models import User
from coaches.models import Placement
from programmes.models import Membership, Programme, ProgrammeRole, SupervisionRuleVersion
from programmes.policies import under


def own_rules(programme: Programme) -> QuerySet[SupervisionRuleVersion]:
    """The programme's rules with places of their own, as they are now."""
    return SupervisionRuleVersion.objects.filter(
        rule__programme=programme, is_current=True, rests_on=SupervisionRuleVersion.RestsOn.OWN
    )


def needs_a_coach() -> Q:
    """A condition on memberships: some rule with places of its own supervises the role, and the person is placed
    under no such rule of the programme. The one definition, for every list and number.

    Peer coaches are group leaders too: with a mentor they are placed. Whoever coaches in a pair of equals is placed as
    well. Mentors look after their own supervision, but in training.
    """
    own = Q(is_current=True, rests_on=SupervisionRuleVersion.RestsOn.OWN)
    rules = SupervisionRuleVersion.objects.filter(own, supervisee_roles=OuterRef("role"))
    live = Placement.objects.live().filter(programme=OuterRef("role__programme"), covers__isnull=True)
    placed = live.filter(supervisee=OuterRef("person"))
    pairs = SupervisionRuleVersion.objects.filter(is_current=True, reciprocal=True)
    in_a_pair = Q(Exists(live.filter(coach=OuterRef("person"), rule__in=pairs.values("rule"))))
    # First whether the programme knows pairs at all, which is asked of the database once and not for each person.
    coaches_in_a_pair = Q(role__programme__in=pairs.values("rule__programme")) & in_a_pair
    kinds = ProgrammeRole.Kind
    first_line = Q(role__kind__in=(kinds.GROUP_LEADER, kinds.PEER_COACH)) | Q(role__in_training=True)
    return first_line & Q(Exists(rules)) & ~Q(Exists(placed)) & ~coaches_in_a_pair


def without_coach(programme: Programme, paths: Sequence[str]) -> Q:
    """A condition on people: in these branches, in a role that asks for a coach, and without one."""
    asking = Membership.objects.active(timezone.localdate()).filter(
        under(tuple(paths)), needs_a_coach(), role__programme=programme
    )
    return Q(pk__in=asking.values("person_id"))


def unplaced_people(programme: Programme, paths: Sequence[str], *, most: int = 100) -> list[User]:
    """Who has no coach, by name."""
    found = User.objects.known().filter(without_coach(programme, paths))
    return list(found.order_by("sort_name", "pk")[:most])


def rules_for(supervisee: User, programme: Programme) -> list[SupervisionRuleVersion]:
    """The rules under which somebody still lacks a coach, in the pack's order. Two queries and one for roles."""
    return list(_rules_of(supervisee, programme).exclude(rule_id__in=_placed(supervisee)).order_by("rule__order"))


def rules_to_place_again(supervisee: User, programme: Programme, rule: str) -> list[SupervisionRuleVersion]:
    """The rule of that id if somebody has a coach under it: what a form that is sent twice was about. One query."""
    return list(_rules_of(supervisee, programme).filter(rule_id__in=_placed(supervisee), rule_id=int(rule[:18])))


def _rules_of(supervisee: User, programme: Programme) -> QuerySet[SupervisionRuleVersion]:
    """The rules with places of their own that supervise a role of the person's."""
    held = Membership.objects.open().filter(person=supervisee, role__programme=programme)
    versions = own_rules(programme).filter(supervisee_roles__in=held.values("role_id")).distinct()
    return versions.select_related("rule__programme__network", "supervisor_role", "placement_rule")


def _placed(supervisee: User) -> QuerySet[Placement, int]:
    """The rules under which somebody has a coach."""
    return (
        Placement.objects.open().filter(supervisee=supervisee, covers__isnull=True).values_list("rule_id", flat=True)
    )


def open_under(rule_id: int, programme: Programme, paths: Sequence[str]) -> list[Placement]:
    """Open placements of one rule whose supervisee is in these branches: with whom somebody can change places."""
    inside = Membership.objects.open().filter(under(tuple(paths)), role__programme=programme).values("person_id")
    found = Placement.objects.open().filter(rule_id=rule_id, covers__isnull=True, supervisee_id__in=inside)
    return list(found.select_related("coach", "supervisee").order_by("supervisee__sort_name", "pk")[:500])
