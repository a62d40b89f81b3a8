"""What a branch needs, in numbers: who has no coach, which coach has room, who has not met for too long."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import (
    Case,
    Count,
    DateField,
    DateTimeField,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.utils import timezone

from accounts.models import User
from coaches.models import Absence, CoachProfile, Placement
from coaches.readers import without_coach
from overview.readers.counting import counted
from programmes.models import Membership, Programme, ProgrammeRole, SupervisionRuleVersion
from programmes.policies import Hat, under
from supervision.models import Attendance, SupervisionSession

Kind = ProgrammeRole.Kind
MET = (SupervisionSession.State.HELD, SupervisionSession.State.FINISHED)
OFFERED = 4  # places, where a coach has said nothing


@dataclass(frozen=True)
class Needs:
    """Numbers for one hat, each counted to a hundred; and how many of those supervised have met in time."""

    unplaced: int = 0
    with_room: int = 0
    not_met: int = 0
    supervised: int = 0
    met: int = 0
    coaches: int = 0


def needs_of(hats: Sequence[Hat]) -> list[Needs]:
    """The numbers of each hat, in their order. Two queries, however many hats and people."""
    return needs_from(hats, current_versions(*(hat.programme for hat in hats))) if hats else []


def needs_from(hats: Sequence[Hat], versions: Sequence[SupervisionRuleVersion]) -> list[Needs]:
    """The numbers of each hat where the rules are read already. One query."""
    asked: dict[str, Any] = {}
    for place, hat in enumerate(hats):
        placed = in_force(hat, versions)
        asked |= {
            f"unplaced_{place}": counted(unplaced_people(hat)),
            f"with_room_{place}": counted(coaches_with_room(hat)),
            f"not_met_{place}": counted(placed.filter(not_met_for_too_long())),
            f"supervised_{place}": counted(placed, most=ALL),
            f"met_{place}": counted(placed.filter(met_in_time()), most=ALL),
            f"coaches_{place}": counted(coaches_in(hat)),
        }
    row = Programme.objects.filter(pk=hats[0].programme.pk).annotate(**asked).values_list(*asked).get()
    return [Needs(*row[start : start + 6]) for start in range(0, len(row), 6)]


ALL = 100_000
"""Placements of one branch are read to the end: there are no more of them than people."""


def current_versions(*programmes: Programme) -> list[SupervisionRuleVersion]:
    """The rules of the programmes as they hold now, in the pack's order. One query."""
    found = SupervisionRuleVersion.objects.filter(rule__programme__in=programmes, is_current=True)
    return list(found.select_related("rule__programme", "supervisor_role").order_by("rule__order"))


def open_memberships(hat: Hat) -> QuerySet[Membership]:
    """Active roles in the hat's branch and programme."""
    return Membership.objects.active(timezone.localdate()).filter(under(hat.paths), role__programme=hat.programme)


def unplaced_people(hat: Hat) -> QuerySet[User]:
    """People of the branch without a coach under a rule that gives them one."""
    return User.objects.known().filter(without_coach(hat.programme, hat.paths))


def coaches_in(hat: Hat) -> QuerySet[Any]:
    """Peer coaches of the branch, with `capacity`, `taken` (places held, in all programmes together), `away`,
    `away_until`, and where they belong: `organisation`, `path`."""
    today = timezone.localdate()
    held = open_memberships(hat).filter(role__kind=Kind.PEER_COACH, role__in_training=False)
    profile = CoachProfile.objects.filter(person=OuterRef("pk")).values("capacity")[:1]
    taken = Placement.objects.live().filter(coach=OuterRef("pk"), place__isnull=False).order_by()
    # A planned successor sits where its holder still sits: places are counted, not placements.
    number = taken.values("coach").annotate(number=Count("place", distinct=True)).values("number")
    away = Absence.objects.filter(person=OuterRef("pk"), starts_on__lte=today).exclude(ends_on__lte=today)
    home = held.filter(person=OuterRef("pk")).order_by("started_on", "pk")
    return (
        User.objects.known()
        .filter(pk__in=held.values("person_id"))
        .annotate(
            capacity=Coalesce(Subquery(profile), Value(OFFERED), output_field=IntegerField()),
            taken=Coalesce(Subquery(number), Value(0), output_field=IntegerField()),
            away=Exists(away),
            away_until=Subquery(away.order_by("-starts_on").values("ends_on")[:1]),
            organisation=Subquery(home.values("organisation__name")[:1]),
            path=Subquery(home.values("organisation__path")[:1]),
        )
    )


def coaches_with_room(hat: Hat) -> QuerySet[User]:
    """Peer coaches of the branch with a free place."""
    return coaches_in(hat).filter(taken__lt=F("capacity"))


def in_force(hat: Hat, versions: Sequence[SupervisionRuleVersion]) -> QuerySet[Placement]:
    """Placements in force of people in the branch, covers left out, with `since` and `since_day`: where the rule's
    days of coverage begin."""
    now = timezone.now()
    starts = {
        version.rule_id: now - dt.timedelta(days=version.coverage_window_days)
        for version in versions
        if version.rule.programme_id == hat.programme.pk
    }
    found = Placement.objects.in_force(timezone.localdate()).filter(
        programme=hat.programme, covers__isnull=True, supervisee__in=open_memberships(hat).values("person_id")
    )
    times = [When(rule_id=rule_id, then=Value(start)) for rule_id, start in starts.items()]
    days = [When(rule_id=rule_id, then=Value(timezone.localdate(start))) for rule_id, start in starts.items()]
    return found.annotate(
        since=Case(*times, default=Value(now), output_field=DateTimeField()),
        since_day=Case(*days, default=Value(timezone.localdate()), output_field=DateField()),
    )


def met_in_time() -> Exists:
    """For placements of `in_force`: the supervisee came to a session under the rule within its days of coverage."""
    there = Attendance.objects.filter(
        Q(session__rule=OuterRef("rule")) | Q(session__rule_version__placement_rule=OuterRef("rule")),
        person=OuterRef("supervisee"),
        seat=Attendance.Seat.SUPERVISEE,
        session__state__in=MET,
        session__starts_at__gte=OuterRef("since"),
    )
    return Exists(there.exclude(present=False))


def not_met_for_too_long() -> Q:
    """For placements of `in_force`: older than the rule's days of coverage, without a session in them."""
    return Q(started_on__lte=F("since_day")) & ~Q(met_in_time())
