"""Coverage: of those who should be supervised under a rule, how many have met within its days; by organisation."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import (
    BigIntegerField,
    Case,
    Count,
    DateTimeField,
    Exists,
    F,
    Field,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)
from django.utils import timezone

from coaches.models import EarlierSession, Placement
from common.at_once import read_at_once
from common.texts import for_reader
from overview.figures import FEWEST, percent
from overview.readers.branch import MET, in_the_days_of, open_memberships
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
    if not versions:
        return []
    rows = read_at_once(**_counted(hat, versions))
    came, before = ({row[:2]: row[3] for row in rows[name]} for name in ("came", "earlier"))
    under: dict[int, list[tuple[str, int, int]]] = defaultdict(list)
    for version_id, organisation_id, name, people in rows["supervised"]:
        key = (version_id, organisation_id)
        under[version_id].append((name, people, came.get(key, 0) + before.get(key, 0)))
    return [_coverage(version, under[version.pk]) for version in versions if under[version.pk]]


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


def _counted(hat: Hat, versions: Sequence[SupervisionRuleVersion]) -> dict[str, QuerySet[Any, Any]]:
    """(rule's version, organisation, its name, how many people), by name: of those supervised, those who came in time,
    and those who have only met in time before this service was used. A person counts once, where the first role is."""
    supervised = _supervised(hat, versions)
    came = Exists(_came(versions))
    before = EarlierSession.objects.filter(
        person=OuterRef("person"), programme=hat.programme.pk, held_at__gte=OuterRef("since")
    )
    found = {
        "supervised": supervised,
        "came": supervised.filter(came),
        "earlier": supervised.filter(Exists(before)).exclude(came),
    }
    return {name: _by_organisation(rows) for name, rows in found.items()}


def _by_organisation(supervised: QuerySet[Any]) -> QuerySet[Any, Any]:
    groups = supervised.order_by().values("version", "organisation", "organisation__name", "organisation__sort_name")
    counted: QuerySet[Any, Any] = groups.annotate(people=Count("pk")).order_by(
        "organisation__sort_name", "organisation"
    )
    return counted.values_list("version", "organisation", "organisation__name", "people")


def _supervised(hat: Hat, versions: Sequence[SupervisionRuleVersion]) -> QuerySet[Any]:
    """Memberships, once for each rule that supervises their role, with `version`, `rule` and `since`: where the rule's
    days begin."""
    now = timezone.now()
    held = open_memberships(hat).annotate(version=F("role__supervised_under"))
    earlier = held.filter(
        Q(started_on__lt=OuterRef("started_on")) | Q(started_on=OuterRef("started_on"), pk__lt=OuterRef("pk")),
        person=OuterRef("person"),
        version=OuterRef("version"),
    )
    starts = {one.pk: now - dt.timedelta(days=one.coverage_window_days) for one in versions}
    found = held.filter(version__in=[one.pk for one in versions]).annotate(
        rule=_by_version({one.pk: one.rule_id for one in versions}, BigIntegerField()),
        placed_under=_by_version(
            {one.pk: one.placement_rule_id or one.rule_id for one in versions}, BigIntegerField()
        ),
        since=_by_version(starts, DateTimeField()),
    )
    return found.filter(_placed(versions), ~Exists(earlier))


def _by_version(values: Mapping[int, Any], kind: Field[Any, Any]) -> Case:
    """A column with the value that belongs to the row's version."""
    return Case(*(When(version=pk, then=Value(value)) for pk, value in values.items()), output_field=kind)


def _came(versions: Sequence[SupervisionRuleVersion]) -> QuerySet[Attendance]:
    """For rows of `_supervised`: the seats in which they met in time."""
    return Attendance.objects.filter(
        Q(session__rule=OuterRef("rule")) | Q(session__rule_version__placement_rule=OuterRef("rule")),
        Q(present=True) | Q(present__isnull=True),
        person=OuterRef("person"),
        seat=Attendance.Seat.SUPERVISEE,
        session__state__in=MET,
        session__starts_at__gte=OuterRef("since"),
    ).filter(in_the_days_of(versions))


def _placed(versions: Sequence[SupervisionRuleVersion]) -> Q:
    """For rows of `_supervised`: a placement in force under the rule, or under the one it rests on; in a pair on
    either side; none is wanted where people take turns."""
    placed = Placement.objects.in_force(timezone.localdate()).filter(
        covers__isnull=True, rule=OuterRef("placed_under")
    )
    condition = Q(Exists(placed.filter(supervisee=OuterRef("person"))))
    if pairs := [one.pk for one in versions if one.reciprocal]:
        condition |= Q(version__in=pairs) & Q(Exists(placed.filter(coach=OuterRef("person"))))
    if turns := [one.pk for one in versions if one.rests_on == RestsOn.NONE]:
        condition |= Q(version__in=turns)
    return condition
