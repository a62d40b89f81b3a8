"""Roles that people hold: give, end, correct."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actions import audit
from accounts.models import User
from common.dates import short_day
from common.errors import DomainError, NotAllowed
from common.texts import for_reader
from programmes import policies
from programmes.models import Membership, Organisation, ProgrammeRole

EARLIEST = dt.date(1950, 1, 1)
LATEST_AHEAD = dt.timedelta(days=3 * 366)


@dataclass(frozen=True)
class NewRole:
    """Somebody to be given a role in an organisation from a day on."""

    person: User
    role: ProgrammeRole
    organisation: Organisation
    started_on: dt.date
    planned_end_on: dt.date | None = None
    in_training: bool | None = None
    employment: str = ""
    reports_to: User | None = None


def add_membership(
    *,
    by: User,
    person: User,
    role: ProgrammeRole,
    organisation: Organisation,
    started_on: dt.date,
    planned_end_on: dt.date | None = None,
    in_training: bool | None = None,
    employment: str = "",
    reports_to: User | None = None,
) -> Membership:
    """Give somebody a role in an organisation from a day on; in training as the role says unless said otherwise.

    Raises `NotAllowed` outside one's branch (the coordinator role: only below one's own organisation), `DomainError`
    for odd days, another network, or a role the person already holds there.
    """
    wanted = NewRole(person, role, organisation, started_on, planned_end_on, in_training, employment, reports_to)
    return add_memberships(by=by, wanted=[wanted])[0]


def add_memberships(*, by: User, wanted: Sequence[NewRole]) -> list[Membership]:
    """Give several roles in one act, all or none; the queries do not grow. Raises as `add_membership`, for the first
    that cannot be given."""
    branches: dict[int, list[str]] = {}
    for one in wanted:
        programme = one.role.programme
        if programme.pk not in branches:
            branches[programme.pk] = policies.branch_paths(by, programme)
        require_right(by, one.role, one.organisation, branches[programme.pk])
        check_days(one.started_on, one.planned_end_on)
    now = timezone.now()
    built = [_membership(one, by, now) for one in wanted]
    try:
        with transaction.atomic():
            Membership.objects.bulk_create(built, batch_size=audit.AT_ONCE)
            audit.record_all(by=by, entries=[_given(membership) for membership in built])
    except IntegrityError as error:
        raise _already_held(_held_among(built)) from error
    return built


def _membership(one: NewRole, by: User, now: dt.datetime) -> Membership:
    return Membership(
        person=one.person,
        role=one.role,
        organisation=one.organisation,
        started_on=one.started_on,
        planned_end_on=one.planned_end_on,
        in_training=one.role.in_training if one.in_training is None else one.in_training,
        employment=one.employment,
        reports_to=one.reports_to,
        added_at=now,
        added_by=by,
    )


def _given(membership: Membership) -> audit.Entry:
    facts = {
        "role": membership.role.key,
        "organisation": membership.organisation_id,
        "started_on": membership.started_on.isoformat(),
    }
    return _entry(membership, "membership.added", facts)


def _held_among(wanted: Sequence[Membership]) -> Membership:
    """The first of these roles that is held already: the one that the database refused."""
    if len(wanted) == 1:
        return wanted[0]
    people = {one.person_id for one in wanted}
    rows = Membership.objects.open().filter(person__in=people).values_list("person_id", "role_id", "organisation_id")
    held = set(rows)
    return next((one for one in wanted if (one.person_id, one.role_id, one.organisation_id) in held), wanted[0])


def end_membership(*, by: User, membership: Membership, ended_on: dt.date) -> Membership:
    """End a role on a day not ahead. What will end later has a planned end instead (`plan_membership_end`).

    Raises `DomainError` when it has ended already, or the day is ahead or before the first.
    """
    require_right(by, membership.role, membership.organisation)
    _require_open(membership)
    if ended_on > timezone.localdate():
        raise DomainError(_("This day has not come yet. Give it as a planned end instead."), field="ended_on")
    if ended_on < membership.started_on:
        raise _before_first("ended_on", membership.started_on)
    membership.ended_on, membership.ended_by = ended_on, by
    _save(membership, by=by, verb="membership.ended", facts={"ended_on": ended_on.isoformat()})
    return membership


def plan_membership_end(*, by: User, membership: Membership, planned_end_on: dt.date | None) -> Membership:
    """Say when the role will end (the clock then ends it), or with None that it will not."""
    require_right(by, membership.role, membership.organisation)
    _require_open(membership)
    check_days(membership.started_on, planned_end_on)
    facts = {"old": _iso(membership.planned_end_on), "new": _iso(planned_end_on)}
    membership.planned_end_on = planned_end_on
    _save(membership, by=by, verb="membership.end_planned", facts=facts)
    return membership


def correct_membership(
    *, by: User, membership: Membership, organisation: Organisation, started_on: dt.date, ended_on: dt.date | None
) -> Membership:
    """Put right what was entered wrongly; the trail keeps the old values.

    An open membership stays open and an ended one ended: ending is an act of its own. Raises as `add_membership`.
    """
    require_right(by, membership.role, membership.organisation)
    require_right(by, membership.role, organisation)
    check_days(started_on, membership.planned_end_on)
    if (ended_on is None) != (membership.ended_on is None):
        raise DomainError(_("Correcting a day neither ends nor opens a role."), field="ended_on")
    if ended_on is not None and ended_on < started_on:
        raise _before_first("ended_on", started_on)
    if ended_on is not None and ended_on > timezone.localdate():
        raise DomainError(_("This day has not come yet."), field="ended_on")
    new = {"organisation": organisation.name, "started_on": started_on.isoformat(), "ended_on": _iso(ended_on)}
    old = {
        "organisation": membership.organisation.name,
        "started_on": membership.started_on.isoformat(),
        "ended_on": _iso(membership.ended_on),
    }
    changed = [key for key in new if new[key] != old[key]]
    if not changed and organisation.pk == membership.organisation_id:
        return membership
    membership.organisation, membership.started_on, membership.ended_on = organisation, started_on, ended_on
    facts = {"old": {key: old[key] for key in changed}, "new": {key: new[key] for key in changed}}
    _save(membership, by=by, verb="membership.corrected", facts=facts)
    return membership


def end_memberships_due(*, day: dt.date | None = None) -> int:
    """End every membership whose planned end has come; the clock's act, each in its own transaction.

    Returns how many ended.
    """
    today, ended = day or timezone.localdate(), 0
    system = User.objects.system()
    due = Membership.objects.open().filter(planned_end_on__lte=today).order_by("pk")
    for pk in list(due.values_list("pk", flat=True)[:500]):
        with transaction.atomic():
            membership = (
                due.select_for_update(of=("self",)).select_related("role", "organisation").filter(pk=pk).first()
            )
            if membership is None:  # ended or postponed meanwhile
                continue
            membership.ended_on, membership.ended_by = membership.planned_end_on, system
            _save(membership, by=system, verb="membership.ended", facts={"ended_on": _iso(membership.ended_on)})
            ended += 1
    return ended


def _save(membership: Membership, *, by: User, verb: str, facts: dict[str, Any]) -> None:
    """The row and its trail in one transaction; a broken "one open" becomes its sentence."""
    try:
        with transaction.atomic():
            membership.save()
            audit.record_all(by=by, entries=[_entry(membership, verb, facts)])
    except IntegrityError as error:
        raise _already_held(membership) from error


def _entry(membership: Membership, verb: str, facts: dict[str, Any]) -> audit.Entry:
    return audit.Entry(
        verb,
        subject=f"membership:{membership.pk}",
        programme_id=membership.role.programme_id,
        organisation_path=membership.organisation.path,
        people=[membership.person_id],
        facts=facts,
    )


def _already_held(membership: Membership) -> DomainError:
    role = for_reader(membership.role.names, membership.role.programme.language)
    return DomainError(
        _("%(person)s already has the role %(role)s at %(organisation)s. Nothing was changed.")
        % {"person": membership.person.name, "role": role, "organisation": membership.organisation.name},
        field="role",
        code="already_held",
    )


def require_right(
    by: User, role: ProgrammeRole, organisation: Organisation, branches: list[str] | None = None
) -> None:
    """Raise `NotAllowed` unless `by` may give this role there, `DomainError` for another network.

    `branches` are the paths that `by` coordinates in the programme, where they are known already.
    """
    if not organisation.path.startswith(role.programme.network.path):
        raise DomainError(
            _("%(organisation)s is not part of the network of this programme. Choose an organisation inside it.")
            % {"organisation": organisation.name},
            field="organisation",
            code="other_network",
        )
    if policies.may_give_role(by, role, organisation, branches):
        return
    if role.kind == ProgrammeRole.Kind.COORDINATOR:
        raise NotAllowed(
            _("You can make somebody a coordinator only below your own organisation. Ask the coordinator above you."),
            field="organisation",
            code="coordinator_below",
        )
    raise NotAllowed(
        _("You can give roles only in your own part of the network. %(organisation)s lies outside it.")
        % {"organisation": organisation.name},
        field="organisation",
        code="branch",
    )


def _require_open(membership: Membership) -> None:
    if membership.ended_on is not None:
        raise DomainError(
            _("This role ended on %(day)s already.") % {"day": short_day(membership.ended_on)}, code="ended"
        )


def check_days(started_on: dt.date, planned_end_on: dt.date | None) -> None:
    """Raise `DomainError` for a first day that can hardly be right, or a last one before it."""
    if not EARLIEST <= started_on <= timezone.localdate() + LATEST_AHEAD:
        raise DomainError(
            _("%(day)s can hardly be right as the first day. Check the year.") % {"day": short_day(started_on)},
            field="started_on",
            code="odd_day",
        )
    if planned_end_on is not None and planned_end_on < started_on:
        raise _before_first("planned_end_on", started_on)


def _before_first(field: str, first: dt.date) -> DomainError:
    return DomainError(
        _("The last day cannot come before the first, which is %(first)s.") % {"first": short_day(first)},
        field=field,
        code="before_first",
    )


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None
