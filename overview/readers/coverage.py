"""Coverage: of those who should be supervised under a rule, how many have met within its days; by organisation."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from coaches.models import EarlierSession, Placement
from common.at_once import read_at_once
from common.texts import for_reader
from overview.figures import FEWEST, percent
from overview.readers.branch import MET, open_memberships
from programmes.models import SupervisionRuleVersion
from programmes.policies import Hat
from supervision.models import Attendance

RestsOn = SupervisionRuleVersion.RestsOn


@dataclass(frozen=True)
class Figure:
    """How many are supervised and how many have met in time; both None where fewer than five people stand behind."""

    label: str
    people: int | None
    met: int | None

    @property
    def percent(self) -> int | None:
        """The share in whole per cent."""
        return None if self.people is None or self.met is None else percent(self.met, self.people)


@dataclass(frozen=True)
class RuleCoverage:
    """One rule: its days, the whole branch, and the organisations in it."""

    key: str
    name: str
    days: int
    whole: Figure
    organisations: list[Figure]
    masked: int


def coverage_of(hat: Hat, versions: Sequence[SupervisionRuleVersion]) -> list[RuleCoverage]:
    """The rules of `versions` under which anybody is supervised. One query for all."""
    rows = read_at_once(**{str(version.pk): _counted(hat, version) for version in versions})
    return [_coverage(version, rows[str(version.pk)]) for version in versions if rows[str(version.pk)]]


def _coverage(version: SupervisionRuleVersion, rows: Sequence[tuple[str, int, int]]) -> RuleCoverage:
    people, met = sum(row[1] for row in rows), sum(row[2] for row in rows)
    shown = _masked(rows)
    return RuleCoverage(
        key=version.rule.key,
        name=for_reader(version.names, version.rule.programme.language),
        days=version.coverage_window_days,
        whole=_figure("", people, met),
        organisations=[_figure(name, number, of_them) for name, number, of_them in shown],
        masked=len(rows) - len(shown),
    )


def _masked(rows: Sequence[tuple[str, int, int]]) -> list[tuple[str, int, int]]:
    """The organisations that may be shown.

    Those with fewer than five are left out; when only one is, the smallest of the others goes with it, for else it
    could be found by taking the others from the whole.
    """
    large = [row for row in rows if row[1] >= FEWEST]
    hidden = [row for row in rows if row[1] < FEWEST]
    if len(hidden) == 1 and large or hidden and sum(row[1] for row in hidden) < FEWEST and large:
        smallest = min(large, key=lambda row: row[1])
        large = [row for row in large if row is not smallest]
    return large


def _figure(label: str, people: int, met: int) -> Figure:
    return Figure(label, people, met) if people >= FEWEST else Figure(label, None, None)


def _counted(hat: Hat, version: SupervisionRuleVersion) -> QuerySet[Any, Any]:
    """(organisation, people, of them met in time), by name. A person counts once, where the first role is."""
    since = timezone.now() - dt.timedelta(days=version.coverage_window_days)
    rules = Q(session__rule=version.rule_id) | Q(session__rule_version__placement_rule=version.rule_id)
    sat = Attendance.objects.filter(
        rules,
        person=OuterRef("person"),
        seat=Attendance.Seat.SUPERVISEE,
        session__state__in=MET,
        session__starts_at__gte=since,
    ).exclude(present=False)
    before = EarlierSession.objects.filter(
        person=OuterRef("person"), programme=version.rule.programme_id, held_at__gte=since
    )
    earlier = (
        open_memberships(hat)
        .filter(person=OuterRef("person"), role__supervised_under=version)
        .filter(Q(started_on__lt=OuterRef("started_on")) | Q(started_on=OuterRef("started_on"), pk__lt=OuterRef("pk")))
    )
    supervised = open_memberships(hat).filter(~Exists(earlier), role__supervised_under=version)
    if version.rests_on != RestsOn.NONE:
        supervised = supervised.filter(_placed(version))
    counted = (
        supervised.annotate(met=Q(Exists(sat)) | Q(Exists(before)))
        .order_by()
        .values("organisation", "organisation__name", "organisation__sort_name")
        .annotate(people=Count("pk"), in_time=Count("pk", filter=Q(met=True)))
        .order_by("organisation__sort_name", "organisation")
    )
    return counted.values_list("organisation__name", "people", "in_time")


def _placed(version: SupervisionRuleVersion) -> Exists:
    """For memberships: a placement in force under the rule, or under the one it rests on; in a pair on either side."""
    placed = Placement.objects.in_force(timezone.localdate()).filter(
        rule=version.placement_rule_id or version.rule_id, covers__isnull=True
    )
    either = Q(supervisee=OuterRef("person"))
    if version.reciprocal:
        either |= Q(coach=OuterRef("person"))
    return Exists(placed.filter(either))
