"""Placements end: now, on a day ahead, by the clock, or because they were made by mistake."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from coaches import policies
from coaches.actions.places import again_after_lost_race, lock_people, record
from coaches.models import Placement
from common.dates import short_day
from common.errors import DomainError, NotAllowed
from programmes.models import SupervisionRuleVersion

UNDO_WITHIN = dt.timedelta(hours=1)


def end_placement(*, by: User, placement: Placement, ended_on: dt.date | None = None) -> Placement:
    """End a placement on a day not ahead, with its cover and, in a pair, the other direction; a successor opens.

    One that has not begun is taken back: it then has no days at all. Raises `NotAllowed` outside one's branch,
    `DomainError` when it has ended, or the day is ahead or before the first.
    """
    day = ended_on or timezone.localdate()

    def act() -> Placement:
        current = hold(placement, by=by)
        _check_last_day(current, day)
        for one in ring_of(current):
            close(one, on=day, by=by)
        return current

    return again_after_lost_race(act)


def plan_end(*, by: User, placement: Placement, planned_end_on: dt.date | None) -> Placement:
    """Say on which day the placement will end (the first day without it), or with None that it will not.

    The place stays taken until then. Raises `DomainError` for a day not ahead, or that a successor contradicts.
    """
    with transaction.atomic():
        current = hold(placement, by=by)
        if current.planned_end_on == planned_end_on:  # the same form sent twice
            return current
        if planned_end_on is not None and planned_end_on <= max(timezone.localdate(), current.started_on):
            raise DomainError(
                _("Give a day after today and after the first day. To end it today, end it now."),
                field="planned_end_on",
                code="not_ahead",
            )
        for one in ring_of(current):
            _check_successor(one, planned_end_on)
            old, one.planned_end_on = one.planned_end_on, planned_end_on
            one.save(update_fields=["planned_end_on"])
            record(one, by=by, verb="placement.end_planned", facts={"old": _iso(old), "new": _iso(planned_end_on)})
    placement.planned_end_on = planned_end_on
    return placement


def may_undo(by: User, placement: Placement) -> bool:
    """Whether `by` made this placement within the hour and it still stands."""
    return (
        placement.placed_by_id == by.pk
        and placement.state in Placement.LIVE
        and timezone.now() - placement.placed_at < UNDO_WITHIN
    )


def undo_placement(*, by: User, placement: Placement) -> None:
    """Take back a placement made by mistake: it has had no days, and made nobody an earlier coach.

    Raises `DomainError` after an hour, or when somebody else made it.
    """

    def act() -> None:
        current = hold(placement, by=by)
        if not may_undo(by, current):
            raise DomainError(_("This can no longer be undone. End the placement instead."), code="too_late")
        for one in ring_of(current):
            close(one, on=min(one.started_on, timezone.localdate()), by=by, verb="placement.undone")

    again_after_lost_race(act)


def end_due(*, day: dt.date | None = None) -> int:
    """End what was planned to end by `day` (today) and open the successors: the clock's act.

    Each placement is a transaction of its own, so two clocks may run at once. Returns how many ended.
    """
    today, system, ended = day or timezone.localdate(), User.objects.system(), 0
    due = Placement.objects.open().filter(planned_end_on__lte=today).order_by("planned_end_on", "pk")
    for placement in due.select_related("coach", "supervisee")[:500]:
        with transaction.atomic():
            lock_people(placement.coach, placement.supervisee)
            current = due.select_for_update(of=("self",)).filter(pk=placement.pk).first()
            if current is not None and current.planned_end_on is not None:
                close(current, on=max(current.planned_end_on, current.started_on), by=system)
                ended += 1
    return ended


def end_of_those_who_left(*, day: dt.date | None = None) -> int:
    """End placements of people whose roles in the programme have all ended: the clock's act, for rights end with it.

    Returns how many ended.
    """
    today, system, ended = day or timezone.localdate(), User.objects.system(), 0
    due = Placement.objects.live().of_who_left().order_by("pk")
    for placement in due.select_related("coach", "supervisee")[:500]:
        with transaction.atomic():
            lock_people(placement.coach, placement.supervisee)
            current = due.select_for_update(of=("self",)).filter(pk=placement.pk).first()
            if current is not None:
                close(current, on=today, by=system)
                ended += 1
    return ended


def hold(placement: Placement, *, by: User) -> Placement:
    """The row as it is now, locked with its two people until the transaction ends.

    Raises `NotAllowed` for strangers, `DomainError` when it has ended.
    """
    lock_people(placement.coach, placement.supervisee)
    current = (
        Placement.objects.select_for_update(of=("self",))
        .select_related("coach", "supervisee", "programme__network", "rule")
        .get(pk=placement.pk)
    )
    if not policies.may_end(by, current):
        raise NotAllowed(_("You can change placements only in your own part of the network."), code="branch")
    if current.state == Placement.State.ENDED:
        ended = current.ended_on or timezone.localdate()
        raise DomainError(_("This placement ended on %(day)s already.") % {"day": short_day(ended)}, code="ended")
    return current


def ring_of(placement: Placement) -> list[Placement]:
    """The placement and, under a rule where people supervise each other, those that go with it."""
    version = SupervisionRuleVersion.objects.get(rule=placement.rule, is_current=True)
    found = [placement]
    while version.reciprocal and found[-1].supervisee_id != placement.coach_id:
        following = Placement.objects.live().filter(
            rule=placement.rule, coach_id=found[-1].supervisee_id, covers__isnull=True
        )
        one = following.exclude(pk__in=[known.pk for known in found]).first()
        if one is None:
            break
        found.append(one)
    return found


def close(placement: Placement, *, on: dt.date, by: User, verb: str = "placement.ended") -> None:
    """End the row and its covers and open whoever comes next. Inside the transaction of the act."""
    for cover in Placement.objects.live().filter(covers=placement):
        close(cover, on=on, by=by, verb=verb)
    facts = {"started_on": placement.started_on.isoformat(), "ended_on": on.isoformat(), "place": placement.place}
    # Not begun: it gets no days, from its end to its end.
    placement.started_on = min(placement.started_on, on)
    if placement.planned_end_on is not None:
        placement.planned_end_on = max(placement.planned_end_on, placement.started_on)
    placement.state, placement.ended_on, placement.ended_by = Placement.State.ENDED, on, by
    placement.save(update_fields=["started_on", "planned_end_on", "state", "ended_on", "ended_by"])
    record(placement, by=by, verb=verb, facts=facts)
    open_successors(placement, by=by)


def open_successors(ended: Placement, *, by: User) -> None:
    """Open what was planned for the place or for the supervisee, unless another open placement still stands there."""
    same_place = Q(coach=ended.coach_id, place=ended.place) if ended.place is not None else Q(pk__in=[])
    same_person = Q(supervisee=ended.supervisee_id, rule=ended.rule_id)
    planned = Placement.objects.filter(same_place | same_person, state=Placement.State.PLANNED)
    for successor in planned.order_by("started_on", "pk"):
        in_the_way = Q(supervisee=successor.supervisee_id, rule=successor.rule_id, covers__isnull=True)
        if successor.place is not None:
            in_the_way |= Q(coach=successor.coach_id, place=successor.place)
        if not Placement.objects.open().filter(in_the_way).exists():
            successor.state = Placement.State.OPEN
            successor.save(update_fields=["state"])
            record(successor, by=by, verb="placement.opened", facts={"place": successor.place})


def _check_last_day(placement: Placement, day: dt.date) -> None:
    if day > timezone.localdate():
        raise DomainError(
            _("This day has not come yet. Give it as a planned end instead."), field="ended_on", code="ahead"
        )
    if placement.started_on <= timezone.localdate() and day < placement.started_on:
        raise DomainError(
            _("The last day cannot come before the first, which is %(first)s.")
            % {"first": short_day(placement.started_on)},
            field="ended_on",
            code="before_first",
        )


def _check_successor(placement: Placement, planned_end_on: dt.date | None) -> None:
    """A planned successor begins when the holder ends, not earlier."""
    same_place = Q(coach=placement.coach_id, place=placement.place) if placement.place is not None else Q(pk__in=[])
    same_person = Q(supervisee=placement.supervisee_id, rule=placement.rule_id)
    planned = Placement.objects.filter(same_place | same_person, state=Placement.State.PLANNED)
    first = planned.select_related("supervisee").order_by("started_on").first()
    if first is not None and (planned_end_on is None or planned_end_on > first.started_on):
        raise DomainError(
            _("%(person)s follows on %(day)s. Change that plan first.")
            % {"person": first.supervisee.name, "day": short_day(first.started_on)},
            field="planned_end_on",
            code="successor",
        )


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None
