"""Changes that touch several placements: move, swap, plan who comes next, cover."""

from __future__ import annotations

import datetime as dt
from functools import partial

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from coaches.actions import checks
from coaches.actions.checks import Wish
from coaches.actions.endings import close, hold
from coaches.actions.places import add_placement, again_after_lost_race, lock_people, require_branch
from coaches.four_places import NUMBERS, lowest_free
from coaches.models import Placement
from common.dates import short_day
from common.errors import DomainError


def move_supervisee(*, by: User, placement: Placement, coach: User) -> Placement:
    """Give a supervisee another coach from today: one ending and one opening, or neither.

    Raises as `place_supervisee`; in a pair nobody is moved alone.
    """
    version = checks.current_version(placement.rule)
    if version.reciprocal:
        raise DomainError(_("A pair is not moved: end it, and place both anew."), code="pair")

    def act() -> Placement:
        lock_people(coach, placement.coach, placement.supervisee)
        current = hold(placement, by=by)
        wish = Wish(by, coach, current.supervisee, version)
        require_branch(wish)
        if coach.pk == current.coach_id:
            raise DomainError(
                _("%(supervisee)s is with %(coach)s already.")
                % {"supervisee": current.supervisee.name, "coach": coach.name},
                field="coach",
                code="same_coach",
            )
        checks.check_people(wish)
        close(current, on=timezone.localdate(), by=by)
        place = checks.free_place(wish)
        return add_placement(wish, place=place, started_on=timezone.localdate(), verb="placement.moved")

    return again_after_lost_race(act)


def change_places(*, by: User, first: Placement, second: Placement) -> tuple[Placement, Placement]:
    """Two supervisees under one rule change places: two endings and two openings in one transaction.

    Returns the new placements of the first and the second supervisee. Raises `DomainError` for covers, pairs and
    placements of different rules.
    """
    version = checks.current_version(first.rule)
    if first.rule_id != second.rule_id or version.reciprocal or first.covers_id or second.covers_id:
        raise DomainError(_("Only two placements of one kind can change places, not covers or pairs."), code="unlike")

    def act() -> tuple[Placement, Placement]:
        lock_people(first.coach, first.supervisee, second.coach, second.supervisee)
        one, other = hold(first, by=by), hold(second, by=by)
        if one.pk == other.pk or {one.state, other.state} != {Placement.State.OPEN}:
            raise DomainError(_("Choose two placements that are open now."), code="unlike")
        today = timezone.localdate()
        new = []
        for seat in (one, other):
            checks.check_people(Wish(by, seat.coach, (other if seat is one else one).supervisee, version))
            _make_way(seat, on=today, by=by)
        for mine, theirs in ((one, other), (other, one)):
            wish = Wish(by, theirs.coach, mine.supervisee, version)
            new.append(add_placement(wish, place=theirs.place, started_on=today, verb="placement.changed_places"))
        return new[0], new[1]

    return again_after_lost_race(act)


def plan_successor(
    *,
    by: User,
    holder: Placement,
    started_on: dt.date,
    supervisee: User | None = None,
    coach: User | None = None,
) -> Placement:
    """Say now who follows when `holder` ends: somebody else in the place, or another coach for the supervisee.

    Exactly one of `supervisee` and `coach` is given. The clock opens the successor when it ends the holder.
    Raises `DomainError` when the holder has no planned end, or the day comes before it.
    """
    if (supervisee is None) == (coach is None):
        raise ValueError("either another supervisee or another coach follows")
    version = checks.current_version(holder.rule)

    def act() -> Placement:
        lock_people(holder.coach, holder.supervisee, coach or holder.coach, supervisee or holder.supervisee)
        current = hold(holder, by=by)
        _check_follows(current, started_on)
        wish = Wish(by, coach or current.coach, supervisee or current.supervisee, version)
        require_branch(wish)
        checks.check_people(wish)
        _check_free_by(wish, started_on)
        place = current.place if coach is None else _place_free_by(wish, started_on)
        return add_placement(
            wish, place=place, started_on=started_on, state=Placement.State.PLANNED, verb="placement.planned"
        )

    return again_after_lost_race(act)


def cover_placement(
    *, by: User, placement: Placement, stand_in: User, until: dt.date, agreed_above_capacity: bool = False
) -> Placement:
    """Somebody stands in while the coach is away; takes one of the stand-in's four places, from today until `until`.

    `agreed_above_capacity` when the stand-in has said yes to more than they usually offer (never more than four).
    """
    version = checks.current_version(placement.rule)

    def act() -> Placement:
        lock_people(stand_in, placement.coach, placement.supervisee)
        current = hold(placement, by=by)
        wish = Wish(by, stand_in, current.supervisee, version)
        require_branch(wish)
        checks.check_people(wish)
        checks.check_days(timezone.localdate(), until)
        _check_cover(current, stand_in)
        place = None if current.place is None else _cover_place(wish, agreed_above_capacity)
        return add_placement(
            wish,
            place=place,
            started_on=timezone.localdate(),
            planned_end_on=until,
            covers=current,
            verb="placement.covered",
        )

    return again_after_lost_race(act)


def _make_way(placement: Placement, *, on: dt.date, by: User) -> None:
    """End without opening a successor: the place is taken again in the same act. A cover ends, it covered another."""
    for cover in Placement.objects.live().filter(covers=placement):
        close(cover, on=on, by=by)
    placement.state, placement.ended_on, placement.ended_by = Placement.State.ENDED, on, by
    placement.started_on = min(placement.started_on, on)
    placement.save(update_fields=["state", "ended_on", "ended_by", "started_on"])


def _check_follows(holder: Placement, started_on: dt.date) -> None:
    if holder.planned_end_on is None:
        raise DomainError(
            _("Say first when %(supervisee)s ends with %(coach)s.")
            % {"supervisee": holder.supervisee.name, "coach": holder.coach.name},
            field="planned_end_on",
            code="no_end",
        )
    if started_on < holder.planned_end_on:
        raise DomainError(
            _("The place is taken until %(day)s. Begin on that day or later.")
            % {"day": short_day(holder.planned_end_on)},
            field="started_on",
            code="too_early",
        )


def _stands_on(day: dt.date) -> Q:
    """Planned, or open with no end before that day."""
    return Q(state=Placement.State.PLANNED) | Q(planned_end_on__isnull=True) | Q(planned_end_on__gt=day)


def _check_free_by(wish: Wish, day: dt.date) -> None:
    """The supervisee has no other coach under the rule by then, and nobody planned for them yet."""
    live = Placement.objects.live().filter(supervisee=wish.supervisee, rule=wish.rule, covers__isnull=True)
    standing = live.filter(
        Q(state=Placement.State.PLANNED) | Q(planned_end_on__isnull=True) | Q(planned_end_on__gt=day)
    )
    other = standing.select_related("coach").first()
    if other is not None:
        raise DomainError(
            _("%(supervisee)s has or gets %(coach)s then. Change that first.")
            % {"supervisee": wish.supervisee.name, "coach": other.coach.name},
            field="supervisee",
            code="already_placed",
        )


def _place_free_by(wish: Wish, day: dt.date) -> int | None:
    """The lowest place of the coach that is free by then, nobody planned in it."""
    live = Placement.objects.live().filter(coach=wish.coach)
    standing = live.filter(
        Q(state=Placement.State.PLANNED) | Q(planned_end_on__isnull=True) | Q(planned_end_on__gt=day)
    )
    under_rule = standing.filter(rule=wish.rule, covers__isnull=True).count()
    if under_rule >= (wish.version.caseload_max or 0):
        raise checks.Full(partial(checks.full_caseload, wish, under_rule))
    if wish.version.supervisor_role.kind != "peer_coach":
        return None
    offered = checks.offered_places(wish.coach)
    taken = {place for place in standing.values_list("place", flat=True) if place}
    place = lowest_free(taken, offered)
    if place is None:
        raise checks.Full(partial(checks.full_places, wish, offered, 0))
    return place


def _check_cover(placement: Placement, stand_in: User) -> None:
    if placement.covers_id is not None or stand_in.pk == placement.coach_id:
        raise DomainError(_("Choose another coach as stand-in."), field="coach", code="oneself")
    there = Placement.objects.live().filter(covers=placement).select_related("coach").first()
    if there is not None:
        raise DomainError(
            _("%(coach)s covers this placement already.") % {"coach": there.coach.name}, field="coach", code="covered"
        )


def _cover_place(wish: Wish, agreed: bool) -> int:
    live = Placement.objects.live().filter(coach=wish.coach, place__isnull=False)
    offered = len(NUMBERS) if agreed else checks.offered_places(wish.coach)
    place = lowest_free({number for number in live.values_list("place", flat=True) if number}, offered)
    if place is None:
        raise checks.Full(partial(checks.full_places, wish, offered, 0))
    return place
