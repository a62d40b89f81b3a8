"""Recordings for the pages: mine, those of a group that a viewer may see, and that they exist in a branch."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Literal

from django.db.models import F, Prefetch, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from common.list_query import Filter, Option, Order
from practice.models import GroupLeader, Moment, Recording
from programmes.policies import under

ORDERS = {
    "latest": Order(_("Latest meeting first"), ("-meeting__held_on", "-id")),
    "delete": Order(_("To be deleted first"), ("delete_by", "id")),
}
RELATED = ("meeting__group__organisation", "meeting__group__programme", "programme__stored_pack")
_DELETED = Q(deletion_confirmed_at__isnull=False)


def to_delete(today: dt.date) -> Q:
    """Which recordings are to be deleted now: their day has come, or consent was withdrawn."""
    return (Q(delete_by__lte=today) | Q(withdrawn_at__isnull=False)) & ~_DELETED


def filters(today: dt.date) -> dict[str, Filter]:
    """The filter by what there is to do."""
    options = {
        "there": Option(_("not deleted"), ~_DELETED),
        "now": Option(_("to be deleted now"), to_delete(today)),
        "deleted": Option(_("deleted"), _DELETED),
        "all": Option(_("all recordings")),
    }
    return {"state": Filter(_("Which"), options)}


def recordings_of(person: User) -> QuerySet[Recording]:
    """Recordings of meetings that the person led, or leads the group of now. Rows as `RELATED`."""
    led = GroupLeader.objects.filter(person=person)
    on_the_day = Q(meeting__group__leaders__in=led) & Q(
        Q(meeting__group__leaders__ended_on__isnull=True)
        | Q(meeting__group__leaders__ended_on__gte=F("meeting__held_on")),
        meeting__group__leaders__started_on__lte=F("meeting__held_on"),
    )
    ids = Recording.objects.filter(on_the_day).values("pk")
    return Recording.objects.filter(pk__in=ids).select_related(*RELATED)


def recordings_in(branches: Mapping[int, Iterable[str]]) -> QuerySet[Recording]:
    """Recordings of groups in these branches, by programme id: for the list that says no more than that they exist.

    Each row has `meeting.group.led_by`.
    """
    inside = Q(pk__in=[])
    for programme_id, paths in branches.items():
        inside |= Q(programme_id=programme_id) & under(tuple(paths), "meeting__group__organisation__path")
    leaders = Prefetch("meeting__group__leaders", GroupLeader.objects.select_related("person"), to_attr="led_by")
    return Recording.objects.filter(inside).select_related(*RELATED).prefetch_related(leaders)


def searched(found: QuerySet[Recording], q: str, where: Literal["group", "organisation"]) -> QuerySet[Recording]:
    """Those whose group or organisation is called so; all for no words."""
    field = {"group": "meeting__group__name", "organisation": "meeting__group__organisation__name"}[where]
    return found.filter(**{f"{field}__icontains": q}) if q else found


def moments_of(recording: Recording) -> list[Moment]:
    """Comments in the order of the film. One query."""
    return list(recording.moments.select_related("noted_by"))


def of_group(group_id: int) -> dict[int, list[Recording]]:
    """The recordings of each meeting of a group, by the meeting's id. One query."""
    found: dict[int, list[Recording]] = {}
    for recording in Recording.objects.filter(meeting__group=group_id).select_related(*RELATED).order_by("pk"):
        found.setdefault(recording.meeting_id or 0, []).append(recording)
    return found
