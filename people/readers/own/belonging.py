"""Where somebody belongs and belonged: roles, placements, the groups they led."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from coaches.models import Placement
from common.dates import date_words
from common.texts import for_reader
from people.readers.own.part import Entry, Part, entry
from practice.models import GroupLeader
from programmes.leaving import shut_to
from programmes.models import Membership


def _roles(person: User) -> QuerySet[Membership]:
    held = Membership.objects.filter(person=person)
    return held.select_related("role__programme", "organisation", "reports_to").order_by("-started_on", "-pk")


def _role_entries(person: User, rows: Sequence[Membership]) -> list[Entry]:
    return [
        entry(
            for_reader(one.role.names, one.role.programme.language),
            (_("Programme"), for_reader(one.role.programme.names, one.role.programme.language)),
            (_("Organisation"), one.organisation.name),
            (_("From"), date_words(one.started_on, year=True)),
            (_("Until"), one.ended_on and date_words(one.ended_on, year=True)),
            (_("Employment"), one.employment and one.get_employment_display()),
            (_("Line manager"), one.reports_to and one.reports_to.name),
        )
        for one in rows
    ]


def _coaches(person: User) -> QuerySet[Placement]:
    own = Placement.objects.filter(supervisee=person).exclude(programme__in=shut_to(person))
    return own.select_related("coach", "rule", "programme").order_by("-started_on", "-pk")


def _coach_entries(person: User, rows: Sequence[Placement]) -> list[Entry]:
    return [
        entry(
            _("Supervised by %(name)s") % {"name": one.coach.name},
            (_("Programme"), for_reader(one.programme.names, one.programme.language)),
            (_("From"), date_words(one.started_on, year=True)),
            (_("Until"), one.ended_on and date_words(one.ended_on, year=True)),
        )
        for one in rows
    ]


def _groups(person: User) -> QuerySet[GroupLeader]:
    led = GroupLeader.objects.filter(person=person).exclude(group__programme__in=shut_to(person))
    return led.select_related("group__organisation", "group__programme").order_by("-started_on", "-pk")


def _group_entries(person: User, rows: Sequence[GroupLeader]) -> list[Entry]:
    return [
        entry(
            one.group.name,
            (_("Programme"), for_reader(one.group.programme.names, one.group.programme.language)),
            (_("Organisation"), one.group.organisation.name),
            (_("You led it from"), date_words(one.started_on, year=True)),
            (_("Until"), one.ended_on and date_words(one.ended_on, year=True)),
        )
        for one in rows
    ]


PARTS = (
    Part(
        "roles",
        gettext_lazy("Your roles"),
        gettext_lazy("Which roles you have and had, where, and from when to when."),
        _roles,
        _role_entries,
    ),
    Part(
        "coaches",
        gettext_lazy("Your coaches"),
        gettext_lazy("Who has supervised you, and when."),
        _coaches,
        _coach_entries,
    ),
    Part(
        "groups",
        gettext_lazy("Groups that you led"),
        gettext_lazy("Their names and days. Never who took part."),
        _groups,
        _group_entries,
    ),
)
