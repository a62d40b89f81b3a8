"""What a branch needs, in numbers: who has no coach, which coach has room, who has not met for too long."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
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
from coaches.models import Absence, CoachProfile, EarlierSession, Placement
from programmes.models import Membership, Programme, ProgrammeRole, SupervisionRuleVersion
from programmes.policies import Hat, under
from supervision.models import Attendance, SupervisionSession

Kind = ProgrammeRole.Kind
MET = (SupervisionSession.State.HELD, SupervisionSession.State.FINISHED)
OFFERED = 4  # places, where a coach has said nothing


def current_versions(*programmes: Programme) -> list[SupervisionRuleVersion]:
    """The rules of the programmes as they hold now, in the pack's order. One query."""
    found = SupervisionRuleVersion.objects.filter(rule__programme__in=programmes, is_current=True)
    return list(found.select_related("rule__programme", "supervisor_role").order_by("rule__order"))


def open_memberships(hat: Hat) -> QuerySet[Membership]:
    """Active roles in the hat's branch and programme."""
    return Membership.objects.active(timezone.localdate()).filter(under(hat.paths), role__programme=hat.programme)


def coaches_in(hat: Hat) -> QuerySet[Any]:
    """Peer coaches of the branch, with `capacity`, `taken` (places held, in all programmes together), `away`,
    `away_until`, and where they belong: `organisation`, `path`."""
    today = timezone.localdate()
    held = open_memberships(hat).filter(role__kind=Kind.PEER_COACH, role__in_training=False)
    away = Absence.objects.filter(person=OuterRef("pk"), starts_on__lte=today).exclude(ends_on__lte=today)
    home = held.filter(person=OuterRef("pk")).order_by("started_on", "pk")
    people = User.objects.known().filter(pk__in=held.values("person_id"))
    found: QuerySet[Any] = with_places(people, "pk").annotate(
        away=Exists(away),
        away_until=Subquery(away.order_by("-starts_on").values("ends_on")[:1]),
        organisation=Subquery(home.values("organisation__name")[:1]),
        path=Subquery(home.values("organisation__path")[:1]),
    )
    return found


def with_places(rows: QuerySet[Any], person: str) -> QuerySet[Any]:
    """Rows with `capacity` and `taken` (places held, in all programmes together) of the coach in their field."""
    profile = CoachProfile.objects.filter(person=OuterRef(person)).values("capacity")[:1]
    taken = Placement.objects.live().filter(coach=OuterRef(person), place__isnull=False).order_by()
    # A planned successor sits where its holder still sits: places are counted, not placements.
    number = taken.values("coach").annotate(number=Count("place", distinct=True)).values("number")
    found: QuerySet[Any] = rows.annotate(
        capacity=Coalesce(Subquery(profile), Value(OFFERED), output_field=IntegerField()),
        taken=Coalesce(Subquery(number), Value(0), output_field=IntegerField()),
    )
    return found


def in_force(hat: Hat, versions: Sequence[SupervisionRuleVersion]) -> QuerySet[Placement]:
    """Placements in force of people in the branch, as of `in_force_under`."""
    rules = [version for version in versions if version.rule.programme_id == hat.programme.pk]
    people = open_memberships(hat).values("person_id")
    return in_force_under(rules).filter(programme=hat.programme, supervisee__in=people)


def in_force_under(versions: Sequence[SupervisionRuleVersion]) -> QuerySet[Placement]:
    """Placements in force, covers left out, with `since` and `since_day`: where the rule's days of coverage begin."""
    now = timezone.now()
    starts = {version.rule_id: now - dt.timedelta(days=version.coverage_window_days) for version in versions}
    found = Placement.objects.in_force(timezone.localdate()).filter(covers__isnull=True)
    times = [When(rule_id=rule_id, then=Value(start)) for rule_id, start in starts.items()]
    days = [When(rule_id=rule_id, then=Value(timezone.localdate(start))) for rule_id, start in starts.items()]
    return found.annotate(
        since=Case(*times, default=Value(now), output_field=DateTimeField()),
        since_day=Case(*days, default=Value(timezone.localdate()), output_field=DateField()),
    )


def met_in_time(versions: Sequence[SupervisionRuleVersion]) -> Q:
    """For placements of `in_force`: the supervisee came to a session under the rule within its days of coverage, or
    to one before this service was used."""
    return Q(Exists(came_in_time(versions))) | Q(Exists(earlier_in_time()))


def came_in_time(versions: Sequence[SupervisionRuleVersion]) -> QuerySet[Attendance]:
    """For placements of `in_force`: the seats in which the supervisee met in time; with `versions` only those of
    sessions in the days of these rules, which are all that can count, and by which the database finds them faster."""
    there = Attendance.objects.filter(
        Q(session__rule=OuterRef("rule")) | Q(session__rule_version__placement_rule=OuterRef("rule")),
        Q(present=True) | Q(present__isnull=True),
        person=OuterRef("supervisee"),
        seat=Attendance.Seat.SUPERVISEE,
        session__state__in=MET,
        session__starts_at__gte=OuterRef("since"),
    )
    return there.filter(in_the_days_of(versions)) if versions else there


def in_the_days_of(versions: Sequence[SupervisionRuleVersion]) -> Q:
    """For seats: the session counts for one of these rules and lies in its days. Said with values, so the database
    knows how few these are before it looks at each placement's own."""
    now, found = timezone.now(), Q(pk__in=[])
    for version in versions:
        rule = Q(session__rule=version.rule_id) | Q(session__rule_version__placement_rule=version.rule_id)
        found |= rule & Q(session__starts_at__gte=now - dt.timedelta(days=version.coverage_window_days))
    return found


def earlier_in_time() -> QuerySet[EarlierSession]:
    """For placements of `in_force`: sessions in time from before this service was used."""
    return EarlierSession.objects.filter(
        person=OuterRef("supervisee"), programme=OuterRef("programme"), held_at__gte=OuterRef("since")
    )


def not_met_for_too_long(versions: Sequence[SupervisionRuleVersion]) -> Q:
    """For placements of `in_force`: older than the rule's days of coverage, without a session in them."""
    return Q(started_on__lte=F("since_day")) & ~Q(Exists(came_in_time(versions))) & ~Q(Exists(earlier_in_time()))
