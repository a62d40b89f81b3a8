"""The coordinator's workbench: who needs a coach and who could be it, people with their coaches, coaches with room."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from django.db.models import DateTimeField, Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from coaches.models import Placement
from coaches.readers import needs_a_coach
from common.list_query import Filter, Option, Order
from common.search import words_in
from overview.readers.branch import (
    MET,
    coaches_in,
    in_force,
    in_force_under,
    met_in_time,
    not_met_for_too_long,
    open_memberships,
)
from overview.readers.counting import capped
from overview.readers.rooms import earliest_start, last_of, latest_start, meetings
from programmes.models import Membership, Organisation, SupervisionRuleVersion
from programmes.policies import Hat, under
from supervision.models import Attendance, SupervisionSession

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

NEVER = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
DETAILS = ("last_at", "next_at", "on_time", "organisation")
LEADING = (Attendance.Seat.LEAD, Attendance.Seat.CO_LEAD)


@dataclass(frozen=True)
class View:
    """A saved view: its label, and whether its rows are coaches or people who are supervised."""

    label: str | StrPromise
    of_coaches: bool = False


def orders_of(view: str) -> Mapping[str, Order]:
    """The orders that a view offers, its own first."""
    if VIEWS[view].of_coaches:
        return COACH_ORDERS
    return LATE_ORDERS if view == "late" else PEOPLE_ORDERS


VIEWS: Mapping[str, View] = {
    "placed": View(_("Supervised")),
    "late": View(_("Not met for too long")),
    "coaches": View(_("Coaches"), of_coaches=True),
    "room": View(_("Has room"), of_coaches=True),
    "away": View(_("Away or covering"), of_coaches=True),
}
PEOPLE_ORDERS = {
    "name": Order(_("Name"), ("supervisee__sort_name", "id")),
    "coach": Order(_("Coach"), ("coach__sort_name", "supervisee__sort_name", "id")),
    "last": Order(_("Longest since last session"), ("last_key", "id")),
}
LATE_ORDERS = {key: PEOPLE_ORDERS[key] for key in ("last", "name", "coach")}
COACH_ORDERS = {
    "name": Order(_("Name"), ("sort_name", "id")),
    "last": Order(_("Longest since last session"), ("last_key", "id")),
    "room": Order(_("Most room first"), ("-room", "sort_name", "id")),
}


def organisation_filter(hat: Hat, of_coaches: bool) -> dict[str, Filter]:
    """Organisations of the branch as a filter of people or of coaches. One query."""
    found = Organisation.objects.filter(under(hat.paths, "path")).order_by("sort_name", "pk")
    key = "pk__in" if of_coaches else "supervisee_id__in"
    options: dict[str, Option] = {"": Option(_("All organisations"))}
    for organisation in found[:500]:
        options[str(organisation.pk)] = Option(organisation.name, partial(_there, hat, organisation.path, key))
    return {"organisation": Filter(_("Organisation"), options)}


def _there(hat: Hat, path: str, key: str) -> Q:
    there = open_memberships(hat).filter(organisation__path__startswith=path)
    return Q(**{key: there.values("person_id")})


def people_rows(
    hat: Hat, versions: Sequence[SupervisionRuleVersion], view: str, typed: str, *, by_last: bool = False
) -> QuerySet[Placement]:
    """Placements in force of the branch; `by_last` adds `last_key`, which is worked out for everybody and so only
    where they are ordered by it. What a line tells is read by `with_details`, for the few on the page."""
    found = in_force(hat, versions)
    if view == "late":
        found = found.filter(not_met_for_too_long(versions))
    if typed:
        found = found.filter(words_in(typed, "supervisee__search_name") | words_in(typed, "coach__search_name"))
    found = found.select_related("coach", "supervisee")
    if not by_last:
        return found
    last = last_of(OuterRef("supervisee_id"), OuterRef("programme_id"), OuterRef("rule_id"))
    return found.annotate(last_key=Coalesce(last, Value(NEVER), output_field=DateTimeField()))


def with_details(
    rows: QuerySet[Placement], hat: Hat, versions: Sequence[SupervisionRuleVersion]
) -> QuerySet[Placement]:
    """Rows of `people_rows` with `last_at`, `next_at`, `on_time` and `organisation`."""
    organisation = open_memberships(hat).filter(person=OuterRef("supervisee")).order_by("started_on", "pk")
    found: QuerySet[Placement] = rows.annotate(
        **meetings(),
        on_time=met_in_time(versions),
        organisation=Subquery(organisation.values("organisation__name")[:1]),
    )
    return found


def detailed(page: Sequence[Placement], hat: Hat, versions: Sequence[SupervisionRuleVersion]) -> Sequence[Placement]:
    """The lines of one page with their details. One query, about these lines alone: that they belong in the list is
    known."""
    those = in_force_under(versions).filter(pk__in=[one.pk for one in page])
    rows = with_details(those, hat, versions).values_list("pk", *DETAILS)
    found: dict[int, tuple[Any, ...]] = {pk: details for pk, *details in rows}
    shown = [one for one in page if one.pk in found]
    for one in shown:
        for name, value in zip(DETAILS, found[one.pk], strict=True):
            setattr(one, name, value)
    return shown


def coach_rows(hat: Hat, view: str, typed: str) -> QuerySet[Any]:
    """Peer coaches of the branch, with `capacity`, `taken`, `room`, `last_at`, `next_at`, `away`, `away_until`,
    `covering`, `organisation` and `last_key`."""
    today = timezone.localdate()
    covering = Placement.objects.in_force(today).filter(coach=OuterRef("pk"), covers__isnull=False)
    led = Attendance.objects.filter(person=OuterRef("pk"), seat__in=LEADING)
    ours = Q(session__programme=hat.programme)
    found = coaches_in(hat).annotate(
        room=F("capacity") - F("taken"),
        covering=Exists(covering),
        last_at=latest_start(led, ours & Q(session__state__in=MET)),
        next_at=earliest_start(led, ours & Q(session__state=SupervisionSession.State.PLANNED)),
    )
    found = found.annotate(last_key=Coalesce(F("last_at"), Value(NEVER), output_field=DateTimeField()))
    if view == "room":
        found = found.filter(room__gt=0)
    if view == "away":
        found = found.filter(Q(away=True) | Q(covering=True))
    if typed:
        theirs = Placement.objects.open().filter(
            words_in(typed, "supervisee__search_name"),
            programme=hat.programme,
            supervisee__in=open_memberships(hat).values("person_id"),
        )
        found = found.filter(words_in(typed, "search_name") | Q(pk__in=theirs.values("coach_id")))
    rows: QuerySet[Any] = found
    return rows


def selected_people(hat: Hat, ids: list[int]) -> list[User]:
    """Those of `ids` who have a role in the branch; the rest is not there for this reader. One query."""
    there = open_memberships(hat).filter(person_id__in=ids)
    return list(User.objects.known().filter(pk__in=there.values("person_id")).order_by("sort_name", "pk"))


def memberships_waiting(hat: Hat) -> QuerySet[Membership]:
    """Roles that ask for a coach, longest waiting first."""
    waiting = open_memberships(hat).filter(needs_a_coach(), person__erased_at__isnull=True)
    return waiting.select_related("person", "organisation", "role__programme").order_by("started_on", "pk")


def shown_count(number: int | None) -> str | None:
    """A view's count as it is shown; None where nobody counted."""
    return None if number is None else capped(number)
