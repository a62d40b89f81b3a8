"""Groups for the pages: my groups, one group with its meetings, and the figures that a coordinator sees."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from django.db.models import Count, Exists, F, Max, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from coaches.models import Placement
from common.list_query import Filter, ListQuery, Option, Order
from common.lists import KeysetPage
from common.texts import for_reader
from practice.charts import BarChart, attendance
from practice.delivery import Course, course, variants_in
from practice.models import DeliveryGroup, GroupLeader, GroupMeeting, Recording
from practice.readers.recordings import of_group, to_delete
from programmes.models import StoredPack
from programmes.policies import under

ORDERS = {"started": Order(_("Latest start first"), ("-started_on", "-id")), "name": Order(_("Name"), ("name", "id"))}
#: More groups or meetings than anybody has.
MOST = 100
FILTERS = {
    "state": Filter(
        _("Which"),
        {
            "running": Option(_("running"), Q(ended_on__isnull=True)),
            "ended": Option(_("ended"), Q(ended_on__isnull=False)),
            "all": Option(_("all")),
        },
    )
}


@dataclass(frozen=True)
class GroupFigures:
    """What a coordinator sees of the groups in the own branch: that they exist. Numbers of groups and meetings."""

    running: int
    ended: int
    meetings: int


@dataclass(frozen=True)
class GroupRow:
    """A group in a list: who leads it (led it, when it has ended), its latest meeting, how far it is, and how many
    recordings of it are to be deleted now."""

    group: DeliveryGroup
    led_by: list[GroupLeader]
    last_met_on: dt.date | None
    to_delete: int
    variant_word: str
    course: Course


def my_groups(user: User, query: ListQuery, *, supervised: bool = False) -> KeysetPage[GroupRow]:
    """The groups that the person leads or has led, or those led by the people `supervised`; a page at a time.

    Three queries.
    """
    led = GroupLeader.objects.filter(person=user)
    if supervised:
        led = GroupLeader.objects.filter(_is_supervised_by(user), ended_on__isnull=True)
    groups = _with_leaders(DeliveryGroup.objects.filter(pk__in=led.values("group_id")))
    if query.q:
        groups = groups.filter(name__icontains=query.q)
    page = query.page(groups)
    return KeysetPage(_rows(page.rows), page.next, page.previous)


def running_groups(user: User) -> list[GroupRow]:
    """The groups that the person leads now, for the home page. Three queries, one for none."""
    led = GroupLeader.objects.filter(person=user, ended_on__isnull=True).values("group_id")
    return _rows(list(_with_leaders(DeliveryGroup.objects.filter(pk__in=led, ended_on__isnull=True))[:MOST]))


def _is_supervised_by(user: User) -> Exists:
    """A condition on leaders: somebody supervises them now, in the programme of the group."""
    placed = (
        Placement.objects.in_force(timezone.localdate())
        .standing()
        .filter(coach=user, supervisee=OuterRef("person"), programme=OuterRef("group__programme"))
    )
    return Exists(placed)


def _with_leaders(groups: QuerySet[DeliveryGroup]) -> QuerySet[Any]:
    """The groups with `led_by` (now, or when it ended), `held`, `last_met_on` and `to_delete`."""
    leading = GroupLeader.objects.select_related("person").filter(
        Q(ended_on__isnull=True) | Q(ended_on__gte=F("group__ended_on"))
    )
    overdue = Recording.objects.filter(to_delete(timezone.localdate()), meeting__group=OuterRef("pk"))
    counted = overdue.order_by().values("meeting__group").annotate(number=Count("pk")).values("number")
    return (
        groups.select_related("programme", "organisation")
        .annotate(held=Count("meetings"), last_met_on=Max("meetings__held_on"), to_delete=Subquery(counted))
        .prefetch_related(Prefetch("leaders", leading, to_attr="led_by"))
    )


def _rows(groups: list[Any]) -> list[GroupRow]:
    """The groups of `_with_leaders`, each with its course and its model in words. One query, none for none."""
    if not groups:
        return []
    packs = StoredPack.objects.in_bulk({group.programme_id for group in groups}, field_name="programme_id")
    found = []
    for group in groups:
        pack = packs[group.programme_id].content if group.programme_id in packs else {}
        found.append(
            GroupRow(
                group=group,
                led_by=group.led_by,
                last_met_on=group.last_met_on,
                to_delete=group.to_delete or 0,
                variant_word=for_reader(dict(variants_in(pack)).get(group.variant), group.programme.language),
                course=course(pack, group.variant, range(1, group.held + 1)),
            )
        )
    return found


@dataclass(frozen=True)
class GroupPage:
    """One group: who has led it, meetings (latest first) with their recordings, how far it is, and how many came."""

    leaders: list[GroupLeader]
    meetings: list[GroupMeeting]
    recordings: dict[int, list[Recording]]
    course: Course
    wide: BarChart | None = None
    narrow: BarChart | None = None
    average: Fraction | None = None
    leading: list[GroupLeader] = field(default_factory=list)

    @property
    def next_number(self) -> int:
        """The number to propose for the next meeting."""
        return max((meeting.number for meeting in self.meetings), default=0) + 1

    def led_on(self, user: User, meeting: GroupMeeting) -> bool:
        """Whether the person led the group on the day of the meeting."""
        return user.pk in {person.pk for person in self.filmed_in(meeting)}

    def filmed_in(self, meeting: GroupMeeting) -> list[User]:
        """Who led the group on the day of the meeting: as the policy of that name, from what is read already."""
        return [
            row.person
            for row in self.leaders
            if row.started_on <= meeting.held_on and (row.ended_on is None or row.ended_on >= meeting.held_on)
        ]


def group_page(group: DeliveryGroup) -> GroupPage:
    """Everything on a group's page. Three queries; the programme's pack is at hand with the group."""
    found = list(meetings(group)[:MOST])
    leaders = group_leaders(group)
    pack = group.programme.pack if hasattr(group.programme, "stored_pack") else {}
    counted = [(meeting.number, meeting.attended) for meeting in reversed(found)]
    came = [number for _place, number in counted if number is not None]
    return GroupPage(
        leaders=leaders,
        meetings=found,
        recordings=of_group(group.pk),
        course=course(pack, group.variant, [meeting.number for meeting in found]),
        wide=attendance(counted) if len(came) > 1 else None,
        narrow=attendance(counted, narrow=True) if len(came) > 1 else None,
        average=Fraction(sum(came), len(came)) if came else None,
        leading=[row for row in leaders if row.ended_on is None or row.ended_on == group.ended_on],
    )


def group_leaders(group: DeliveryGroup) -> list[GroupLeader]:
    """Who leads or has led the group, in the order in which they came."""
    return list(group.leaders.select_related("person"))


def meetings(group: DeliveryGroup) -> QuerySet[GroupMeeting]:
    """The meetings, latest first."""
    return GroupMeeting.objects.filter(group=group).order_by("-number", "-id")


def next_number(group: DeliveryGroup) -> int:
    """The number to propose for the next meeting."""
    return (group.meetings.aggregate(last=Max("number"))["last"] or 0) + 1


def figures(branches: Mapping[int, Iterable[str]]) -> dict[int, GroupFigures]:
    """For each programme (by id) how many groups run and have ended in these branches, and how many meetings they
    noted. Two queries, however many programmes.
    """
    inside = Q(pk__in=[])
    for programme_id, paths in branches.items():
        inside |= Q(programme_id=programme_id) & under(tuple(paths))
    groups = DeliveryGroup.objects.filter(inside)
    counted = groups.values("programme_id").annotate(
        running=Count("pk", filter=Q(ended_on__isnull=True)), ended=Count("pk", filter=Q(ended_on__isnull=False))
    )
    held = GroupMeeting.objects.filter(group__in=groups).values("group__programme_id").annotate(number=Count("pk"))
    meetings_of = {row["group__programme_id"]: row["number"] for row in held.order_by()}
    found = {row["programme_id"]: row for row in counted.order_by()}
    return {
        pk: GroupFigures(
            running=found[pk]["running"] if pk in found else 0,
            ended=found[pk]["ended"] if pk in found else 0,
            meetings=meetings_of.get(pk, 0),
        )
        for pk in branches
    }
