"""Place, end and move. The limit is held by constraints; everything here only says it in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actions import audit
from accounts.models import User
from coaches import policies
from coaches.actions import checks
from coaches.actions.checks import Wish
from coaches.models import Placement
from coaches.readers import Known
from common.errors import Conflict, DomainError, NotAllowed
from programmes.models import Membership, SupervisionRule, SupervisionRuleVersion

T = TypeVar("T")

# After a lost race the checks run again in a new transaction and find the sentence; four places can be lost in turn.
ATTEMPTS = 6


def place_supervisee(
    *,
    by: User,
    coach: User,
    supervisee: User,
    rule: SupervisionRule,
    started_on: dt.date | None = None,
    planned_end_on: dt.date | None = None,
) -> Placement:
    """Give a supervisee the lowest free place of a coach; a pair that supervises each other gets both directions.

    A first day ahead is fine: the place is held from now on. Returns the placement of `supervisee` with `coach`; for
    the same form sent twice, the one that is there.
    Raises `DomainError` (code "full" names the limit and who nearby has room), `NotAllowed` outside one's branch.
    """
    version = checks.current_version(rule)
    day = started_on or timezone.localdate()
    checks.check_rule(version)
    checks.check_days(day, planned_end_on)
    if version.reciprocal:
        return place_together(by=by, people=[coach, supervisee], rule=rule, started_on=day)[0]
    wish = Wish(by, coach, supervisee, version, day, planned_end_on)
    return again_after_lost_race(lambda: _place_once([wish]))[0]


@dataclass(frozen=True)
class NewPlace:
    """Who is to be placed with whom under which rule, from a day on."""

    coach: User
    supervisee: User
    rule: SupervisionRule
    started_on: dt.date | None = None


def place_people(*, by: User, wanted: Sequence[NewPlace]) -> list[Placement]:
    """Give many people their places in one act, in this order, all or none; the queries do not grow.

    Raises as `place_supervisee`, for the first who cannot be placed; so for rules under which people supervise each
    other, who are placed by `place_supervisee` and `place_together`.
    """
    versions: dict[int, SupervisionRuleVersion] = {}
    wishes = []
    for one in wanted:
        if one.rule.pk not in versions:
            versions[one.rule.pk] = checks.current_version(one.rule)
        version, day = versions[one.rule.pk], one.started_on or timezone.localdate()
        checks.check_rule(version)
        checks.check_days(day, None)
        if version.reciprocal:
            raise DomainError(_("People who supervise each other are placed together."), code="reciprocal")
        wishes.append(Wish(by, one.coach, one.supervisee, version, day))
    return again_after_lost_race(lambda: _place(wishes))


def place_together(
    *, by: User, people: list[User], rule: SupervisionRule, started_on: dt.date | None = None
) -> list[Placement]:
    """Place people who supervise each other: two as a pair, three in a ring, each with one coach. One act.

    Returns the placements in the order of `people`, each as coach of the next. Raises as `place_supervisee`.
    """
    version = checks.current_version(rule)
    day = started_on or timezone.localdate()
    checks.check_rule(version)
    checks.check_days(day, None)
    wanted = 3 if version.format == SupervisionRuleVersion.Format.TRIAD else 2
    if not version.reciprocal or len({person.pk for person in people}) != wanted:
        raise DomainError(
            _("Three different people are placed together here. Choose the third one too.")
            if wanted == 3
            else _("Two different people are placed together here."),
            field="third" if wanted == 3 else "coach",
            code="how_many",
        )
    following = [*people[1:], people[0]]
    wishes = [Wish(by, coach, supervisee, version, day) for coach, supervisee in zip(people, following, strict=True)]
    return again_after_lost_race(lambda: _place_once(wishes))


def again_after_lost_race(act: Callable[[], T]) -> T:
    """Run an act whose constraints may object because somebody was quicker, then look again from the start.

    A full caseload is put in words here, after the transaction: others need not wait while we look who has room.
    """
    for _attempt in range(ATTEMPTS):
        try:
            with transaction.atomic():
                return act()
        except IntegrityError:
            continue
        except checks.Full as full:
            raise full.in_words() from None
    raise Conflict(_("Others are placing people at this very moment. Nothing was changed; try again."), code="race")


def lock_people(*people: User) -> None:
    """Hold the rows of these people until the transaction ends, in one order for all, so that acts wait in line.

    SQLite needs no lock: its transactions are IMMEDIATE, one writer at a time.
    """
    ids = sorted({person.pk for person in people})
    list(User.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk").values_list("pk", flat=True))


def add_placement(
    wish: Wish,
    *,
    place: int | None,
    started_on: dt.date,
    planned_end_on: dt.date | None = None,
    state: str = Placement.State.OPEN,
    covers: Placement | None = None,
    verb: str = "placement.opened",
) -> Placement:
    """Store the row with its trail. For the acts of this package, inside their transaction."""
    placement = _placement(wish, place, started_on)
    placement.planned_end_on, placement.state, placement.covers = planned_end_on, state, covers
    placement.save()
    record(placement, by=wish.by, verb=verb, facts=_facts(placement))
    return placement


def _placement(wish: Wish, place: int | None, started_on: dt.date) -> Placement:
    return Placement(
        coach=wish.coach,
        supervisee=wish.supervisee,
        programme=wish.rule.programme,
        rule=wish.rule,
        supervisor_kind=wish.version.supervisor_role.kind,
        place=place,
        started_on=started_on,
        planned_end_on=wish.planned_end_on,
        placed_at=timezone.now(),
        placed_by=wish.by,
    )


def _facts(placement: Placement) -> dict[str, Any]:
    return {"place": placement.place, "started_on": placement.started_on.isoformat()}


def record(placement: Placement, *, by: User, verb: str, facts: dict[str, Any] | None = None) -> None:
    """The trail of one placement, filed where the supervisee belongs."""
    path = (
        Membership.objects.open()
        .filter(person_id=placement.supervisee_id, role__programme_id=placement.programme_id)
        .order_by("pk")
        .values_list("organisation__path", flat=True)
        .first()
    )
    audit.record(
        by=by,
        verb=verb,
        subject=f"placement:{placement.pk}",
        programme_id=placement.programme_id,
        organisation_path=path or "",
        people=[placement.coach_id, placement.supervisee_id],
        facts=facts,
    )


def require_branch(*wishes: Wish) -> None:
    """Raise `NotAllowed` unless all who are supervised lie in the branch that the one who wishes coordinates, and
    their coaches there or further up."""
    coaches, supervised = {wish.coach.pk for wish in wishes}, {wish.supervisee.pk for wish in wishes}
    if not policies.may_place(wishes[0].by, wishes[0].version, coaches=coaches, supervised=supervised):
        raise NotAllowed(
            _("You can place people only in your own part of the network. Ask the coordinator above you."),
            code="branch",
        )


def _place_once(wishes: list[Wish]) -> list[Placement]:
    """As `_place`; for the same form sent twice, what is there."""
    lock_people(*(person for wish in wishes for person in (wish.coach, wish.supervisee)))
    return _placed_already(wishes) or _place(wishes)


def _placed_already(wishes: list[Wish]) -> list[Placement] | None:
    """What the same person has placed so already, all of it."""
    found = []
    for wish in wishes:
        same = Placement.objects.open().filter(
            coach=wish.coach,
            supervisee=wish.supervisee,
            rule=wish.rule,
            covers__isnull=True,
            started_on=wish.started_on or timezone.localdate(),
            planned_end_on=wish.planned_end_on,
            placed_by=wish.by,
        )
        one = same.first()
        if one is None:
            return None
        found.append(one)
    return found


def _place(wishes: list[Wish]) -> list[Placement]:
    lock_people(*(person for wish in wishes for person in (wish.coach, wish.supervisee)))
    for rule in {wish.rule.pk for wish in wishes}:
        require_branch(*(wish for wish in wishes if wish.rule.pk == rule))
    known, placed = checks.known_of(*wishes), []
    for wish in wishes:
        checks.check_people(wish, known)
        checks.check_unplaced(wish, known)
        place = checks.free_place(wish, known)
        placed.append(_placement(wish, place, wish.started_on or timezone.localdate()))
        known.add(placed[-1], wish.rule.programme.network_id)
    Placement.objects.bulk_create(placed, batch_size=audit.AT_ONCE)
    audit.record_all(by=wishes[0].by, entries=[_opened(placement, known) for placement in placed])
    return placed


def _opened(placement: Placement, known: Known) -> audit.Entry:
    """The trail of a placement that is opened, filed where the supervisee belongs."""
    paths = known.paths[placement.supervisee_id, placement.programme_id]
    return audit.Entry(
        "placement.opened",
        subject=f"placement:{placement.pk}",
        programme_id=placement.programme_id,
        organisation_path=paths[0] if paths else "",
        people=[placement.coach_id, placement.supervisee_id],
        facts=_facts(placement),
    )
