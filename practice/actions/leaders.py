"""Who leads a group: one more joins, one leaves; and what was entered wrongly about the group is put right."""

from __future__ import annotations

import datetime as dt

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from common.dates import short_day
from common.errors import DomainError
from practice import policies
from practice.actions.groups import (
    check_first_day,
    check_variant,
    cleaned_name,
    record,
    require_leader,
    require_running,
)
from practice.models import DeliveryGroup, GroupLeader

#: More lead no group; the packs say two.
MOST = 6


@transaction.atomic
def add_leader(*, by: User, group: DeliveryGroup, person: User, started_on: dt.date) -> GroupLeader:
    """Somebody leads the group from a day on, not ahead and not before the group began.

    Raises `NotAllowed` for others than its leaders; `DomainError` for a group that has ended, somebody from elsewhere,
    somebody who leads it already, or an odd day.
    """
    group = locked(by, group)
    require_running(group)
    if not policies.possible_co_leaders(by, group.programme).filter(pk=person.pk).exists():
        raise DomainError(
            _("Choose a co-leader who has a role in the programme near you."), field="co_leader", code="co_leader"
        )
    if group.leaders.filter(ended_on__isnull=True).count() >= MOST:
        raise DomainError(_("The group has %(most)d leaders already.") % {"most": MOST}, field="co_leader")
    _check_day(group, started_on, "started_on")
    try:
        with transaction.atomic():
            row = GroupLeader.objects.create(group=group, person=person, started_on=started_on)
    except IntegrityError:
        raise DomainError(
            _("%(name)s leads this group already.") % {"name": person.name}, field="co_leader", code="already"
        ) from None
    facts = {"started_on": started_on.isoformat()}
    record(group, by=by, verb="group.leader_joined", people=[person], facts=facts)
    return row


@transaction.atomic
def end_leading(*, by: User, leader: GroupLeader, ended_on: dt.date) -> GroupLeader:
    """Somebody no longer leads the group, from a day on that is not ahead. What they led stays theirs to read.

    Raises `NotAllowed` for others than its leaders; `DomainError` for the last one, who ends the group instead, for
    one who has left, or an odd day.
    """
    group = locked(by, leader.group)
    row = GroupLeader.objects.select_related("person").get(pk=leader.pk)
    if row.ended_on is not None:
        raise DomainError(_("%(name)s has left this group already.") % {"name": row.person.name}, code="left")
    if group.leaders.filter(ended_on__isnull=True).count() == 1:
        raise DomainError(
            _("Somebody has to lead the group. Add the new leader first, or end the group."), code="last"
        )
    _check_day(group, ended_on, "ended_on")
    if ended_on < row.started_on:
        raise DomainError(
            _("%(name)s began on %(day)s; the last day cannot come before.")
            % {"name": row.person.name, "day": short_day(row.started_on)},
            field="ended_on",
            code="before",
        )
    row.ended_on = ended_on
    row.save(update_fields=["ended_on"])
    record(group, by=by, verb="group.leader_left", people=[row.person], facts={"ended_on": ended_on.isoformat()})
    return row


@transaction.atomic
def correct_group(
    *, by: User, group: DeliveryGroup, name: str, started_on: dt.date, variant: str = ""
) -> DeliveryGroup:
    """Put right the name, the first day or the delivery model; the trail keeps the old values.

    Raises `NotAllowed` for others than its leaders; `DomainError` for an empty name, an unknown model, or a first day
    after a meeting that was noted, or after the last day.
    """
    group = locked(by, group)
    name = cleaned_name(name)
    check_first_day(started_on)
    check_variant(group.programme, variant, kept=group.variant)
    first = group.meetings.order_by("held_on").first()
    if first is not None and first.held_on < started_on:
        raise DomainError(
            _("There was a meeting on %(day)s. The first day cannot come after it.")
            % {"day": short_day(first.held_on)},
            field="started_on",
            code="after_meeting",
        )
    if group.ended_on is not None and group.ended_on < started_on:
        raise DomainError(_("The last day cannot come before the first."), field="started_on", code="after_end")
    old = {"started_on": group.started_on.isoformat(), "variant": group.variant}
    if (name, started_on, variant) == (group.name, group.started_on, group.variant):
        return group
    _move_first_day(group, started_on)
    group.name, group.started_on, group.variant = name, started_on, variant
    group.save(update_fields=["name", "started_on", "variant"])
    new = {"started_on": started_on.isoformat(), "variant": variant}
    record(group, by=by, verb="group.corrected", people=[by], facts={"old": old, "new": new})
    return group


def _move_first_day(group: DeliveryGroup, started_on: dt.date) -> None:
    """Who led it from its first day leads it from the corrected one; whoever came later came no earlier than that."""
    for row in group.leaders.all():
        if row.started_on == group.started_on or row.started_on < started_on:
            row.started_on = started_on
            if row.ended_on is not None:
                row.ended_on = max(row.ended_on, started_on)
            row.save(update_fields=["started_on", "ended_on"])


def locked(by: User, group: DeliveryGroup) -> DeliveryGroup:
    """The group under a lock, for one of its leaders; `NotAllowed` for others."""
    related = DeliveryGroup.objects.select_for_update(of=("self",)).select_related(
        "organisation", "programme__stored_pack"
    )
    found = related.get(pk=group.pk)
    require_leader(by, found)
    return found


def _check_day(group: DeliveryGroup, day: dt.date, field: str) -> None:
    if not group.started_on <= day <= max(timezone.localdate(), group.started_on):
        raise DomainError(
            _("Give a day from %(first)s until today.") % {"first": short_day(group.started_on)},
            field=field,
            code="day",
        )
