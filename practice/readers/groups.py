"""Groups for the pages: my groups, one group with its meetings, and the figures that a coordinator sees."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Max, Prefetch, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from common.list_query import Filter, ListQuery, Option, Order
from common.lists import KeysetPage
from common.texts import for_reader
from practice.delivery import variants_in
from practice.models import DeliveryGroup, GroupLeader, GroupMeeting
from programmes.models import StoredPack
from programmes.policies import under

ORDERS = {"started": Order(_("Latest start first"), ("-started_on", "-id")), "name": Order(_("Name"), ("name", "id"))}
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


def my_groups(user: User, query: ListQuery) -> KeysetPage[DeliveryGroup]:
    """The groups that the person leads or has led, a page at a time. Three queries.

    Each row has `led_by`, `meetings_held`, `last_met_on` and `variant_word`.
    """
    leaders = Prefetch("leaders", GroupLeader.objects.select_related("person"), to_attr="led_by")
    groups = (
        DeliveryGroup.objects.filter(pk__in=GroupLeader.objects.filter(person=user).values("group_id"))
        .select_related("programme", "organisation")
        .annotate(meetings_held=Count("meetings"), last_met_on=Max("meetings__held_on"))
        .prefetch_related(leaders)
    )
    if query.q:
        groups = groups.filter(name__icontains=query.q)
    page: KeysetPage[Any] = query.page(groups)
    packs = StoredPack.objects.in_bulk({group.programme_id for group in page}, field_name="programme_id")
    words = {pk: dict(variants_in(stored.content)) for pk, stored in packs.items()}
    for group in page:
        names = words.get(group.programme_id, {}).get(group.variant)
        group.variant_word = for_reader(names, group.programme.language)  # type: ignore[attr-defined]
    return page


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
