"""Groups: start one, end one. A group keeps its history; what was entered wrongly about a meeting can be put right."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actions import audit
from accounts.models import User
from common.dates import short_day
from common.errors import DomainError, NotAllowed
from common.text import clean_line
from practice import policies
from practice.delivery import variants
from practice.models import DeliveryGroup, GroupLeader, GroupMeeting
from programmes.models import Organisation, Programme

EARLIEST = dt.date(1990, 1, 1)
LATEST_AHEAD = dt.timedelta(days=366)
MOST = 999


@transaction.atomic
def start_group(
    *,
    by: User,
    programme: Programme,
    organisation: Organisation,
    name: str,
    started_on: dt.date,
    variant: str = "",
    co_leader: User | None = None,
) -> DeliveryGroup:
    """Start a group that `by` leads, with a co-leader or alone, at an organisation of one's own.

    Raises `NotAllowed` without a role in which one leads groups there; `DomainError` for an odd day, a delivery model
    that the programme does not have, or a co-leader from elsewhere.
    """
    if not policies.leading_memberships(by, programme).filter(organisation=organisation).exists():
        raise NotAllowed(_("You start a group where you work yourself. Choose one of your own organisations."))
    name = cleaned_name(name)
    check_first_day(started_on)
    check_variant(programme, variant)
    leaders = [by]
    if co_leader is not None:
        if not policies.possible_co_leaders(by, programme).filter(pk=co_leader.pk).exists():
            raise DomainError(
                _("Choose a co-leader who has a role in the programme near you."), field="co_leader", code="co_leader"
            )
        leaders.append(co_leader)
    group = DeliveryGroup.objects.create(
        programme=programme,
        organisation=organisation,
        name=name,
        variant=variant,
        started_on=started_on,
        started_at=timezone.now(),
        started_by=by,
    )
    GroupLeader.objects.bulk_create(GroupLeader(group=group, person=one, started_on=started_on) for one in leaders)
    record(group, by=by, verb="group.started", people=leaders, facts={"variant": variant})
    return group


def cleaned_name(name: str) -> str:
    """The name of a group on one line. Raises `DomainError` for none."""
    name = clean_line(name, max_length=120, field="name")
    if not name:
        raise DomainError(_("Give the group a name that you and your colleagues recognise."), field="name")
    return name


def check_first_day(day: dt.date) -> None:
    """Raise `DomainError` for a first day long ago or more than a year ahead."""
    if not EARLIEST <= day <= timezone.localdate() + LATEST_AHEAD:
        raise DomainError(_("Give the first day; it can lie at most a year ahead."), field="started_on", code="day")


def check_variant(programme: Programme, variant: str, *, kept: str = "") -> None:
    """Raise `DomainError` unless it is one of the programme's delivery models; the one that a group has may stay."""
    known = {key for key, _names in variants(programme)} | ({kept} if kept else set())
    if (known and variant not in known) or (variant and not known):
        raise DomainError(_("Choose one of the programme’s delivery models."), field="variant", code="variant")


@transaction.atomic
def end_group(*, by: User, group: DeliveryGroup, ended_on: dt.date) -> DeliveryGroup:
    """End a group on a day not ahead, and with it the leading of it. Meetings and checklists stay.

    Raises `NotAllowed` for others than its leaders; `DomainError` when it has ended, or the day is ahead, before the
    first day or before a meeting that was noted.
    """
    group = DeliveryGroup.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=group.pk)
    require_leader(by, group)
    require_running(group)
    _check_last_day(group, ended_on)
    group.ended_on, group.ended_by = ended_on, by
    group.save(update_fields=["ended_on", "ended_by"])
    leaders = list(group.leaders.filter(ended_on__isnull=True).select_related("person"))
    for row in leaders:
        row.ended_on = max(ended_on, row.started_on)
        row.save(update_fields=["ended_on"])
    people = [row.person for row in leaders]
    record(group, by=by, verb="group.ended", people=people, facts={"ended_on": ended_on.isoformat()})
    return group


def _check_last_day(group: DeliveryGroup, ended_on: dt.date) -> None:
    if ended_on > timezone.localdate():
        raise DomainError(_("This day has not come yet. End the group when it has."), field="ended_on", code="ahead")
    if ended_on < group.started_on:
        raise DomainError(
            _("The group began on %(day)s; it cannot end before.") % {"day": short_day(group.started_on)},
            field="ended_on",
            code="before_first",
        )
    last = group.meetings.order_by("-held_on").first()
    if last is not None and last.held_on > ended_on:
        raise DomainError(
            _("There was a meeting on %(day)s. The last day cannot come before it.")
            % {"day": short_day(last.held_on)},
            field="ended_on",
            code="before_meeting",
        )


def note_meeting(
    *, by: User, group: DeliveryGroup, number: int, held_on: dt.date, attended: int | None = None
) -> GroupMeeting:
    """Note a meeting that was held: its number, its day, how many came.

    Raises `NotAllowed` for others than the leaders; `DomainError` for a number that is taken, a day ahead or outside
    the group's time, or a group that has ended.
    """
    require_leader(by, group)
    require_running(group)
    _check_meeting(group, number, held_on, attended)
    meeting = GroupMeeting(
        group=group, number=number, held_on=held_on, attended=attended, noted_at=timezone.now(), noted_by=by
    )
    _save_meeting(meeting, by=by, verb="meeting.noted", facts=_facts(meeting))
    return meeting


def correct_meeting(
    *, by: User, meeting: GroupMeeting, number: int, held_on: dt.date, attended: int | None
) -> GroupMeeting:
    """Put right what was entered wrongly; the trail keeps the old values. Raises as `note_meeting`.

    A meeting of a group that has ended can still be put right.
    """
    group = meeting.group
    require_leader(by, group)
    _check_meeting(group, number, held_on, attended)
    old = _facts(meeting)
    meeting.number, meeting.held_on, meeting.attended = number, held_on, attended
    new = _facts(meeting)
    changed = [key for key in new if new[key] != old[key]]
    if changed:
        facts = {"old": {key: old[key] for key in changed}, "new": {key: new[key] for key in changed}}
        _save_meeting(meeting, by=by, verb="meeting.corrected", facts=facts)
    return meeting


def _facts(meeting: GroupMeeting) -> dict[str, Any]:
    return {"number": meeting.number, "held_on": meeting.held_on.isoformat(), "attended": meeting.attended}


def _check_meeting(group: DeliveryGroup, number: int, held_on: dt.date, attended: int | None) -> None:
    if not 1 <= number <= MOST:
        raise DomainError(_("Number the meetings from 1 to %(most)d.") % {"most": MOST}, field="number", code="number")
    if attended is not None and not 0 <= attended <= MOST:
        raise DomainError(
            _("Give how many came, from 0 to %(most)d.") % {"most": MOST}, field="attended", code="attended"
        )
    if held_on > timezone.localdate():
        raise DomainError(_("This day has not come yet. Note the meeting when it is held."), field="held_on")
    if held_on < group.started_on or (group.ended_on is not None and held_on > group.ended_on):
        last = short_day(group.ended_on) if group.ended_on else _("today")
        raise DomainError(
            _("The group runs from %(first)s to %(last)s. Give a day within that time.")
            % {"first": short_day(group.started_on), "last": last},
            field="held_on",
            code="outside",
        )


def _save_meeting(meeting: GroupMeeting, *, by: User, verb: str, facts: dict[str, Any]) -> None:
    group = meeting.group
    try:
        with transaction.atomic():
            meeting.save()
            people = [row.person for row in group.leaders.select_related("person")]
            record(group, by=by, verb=verb, people=people, facts=facts, subject=f"meeting:{meeting.pk}")
    except IntegrityError:
        if group.meetings.exclude(pk=meeting.pk).filter(number=meeting.number).exists():
            raise DomainError(
                _("Meeting %(number)d is noted already. Correct that one, or give this one another number.")
                % {"number": meeting.number},
                field="number",
                code="taken",
            ) from None
        raise


def require_leader(by: User, group: DeliveryGroup) -> None:
    """Raise `NotAllowed` unless `by` leads the group."""
    if not policies.leads_group(by, group):
        raise NotAllowed(_("Only those who lead the group can change it."), code="leader")


def require_running(group: DeliveryGroup) -> None:
    """Raise `DomainError` when the group has ended."""
    if group.ended_on is not None:
        raise DomainError(
            _("This group ended on %(day)s. Start a new one for what comes now.") % {"day": short_day(group.ended_on)},
            code="ended",
        )


def record(
    group: DeliveryGroup, *, by: User, verb: str, people: list[User], facts: dict[str, Any], subject: str = ""
) -> None:
    """The trail of a group and its meetings, filed where the group is held."""
    audit.record(
        by=by,
        verb=verb,
        subject=subject or f"group:{group.pk}",
        programme_id=group.programme_id,
        organisation_path=group.organisation.path,
        people=people,
        facts=facts,
    )
