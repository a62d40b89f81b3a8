"""What counts for a step, and how much of it is there: values in, values out.

A step is **computed** where rows exist (:func:`way_of`): finished sessions by rule and seat, days or whole events of a
training, submitted evaluations by form and part. Every other step is **decided** by the role that it names. What a
pack asks beside the number (different months, who rates, a form for each session, who led the training) are fields of
its steps; nothing is read out of its words.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

FORM_UNITS = ("checklist", "form")
EVENT_UNITS = ("event", "workshop")
EACH_SEAT = ("lead", "supervisee", "observer")
SESSION = "session:"
"""How an evaluation names the session that it is about: `session:7`."""

Thing = tuple[dt.date, int, str]
"""What may count: its day, the key that counts once, and its seat or part."""


class Way(StrEnum):
    """How a step is filled."""

    SESSIONS = "sessions"
    DAYS = "days"
    EVENTS = "events"
    FORMS = "forms"
    DECIDED = "decided"


@dataclass(frozen=True)
class StepSpec:
    """A step as the ladder needs it; `percent` is the step's own or the event's, `independent_leader` the event's.

    `parts` are raters and how many forms of each (`other`: anybody but the candidate); `each_with_form`: a session
    counts once its checklist is sent in; `no_open_points`: a form counts when everything in it is in place; `led_by`:
    the roles one of which must have led the training.
    """

    id: int
    order: int
    kind: str
    count: int
    unit: str
    seat: str = ""
    rule_id: int | None = None
    checklist_id: int | None = None
    checklist_anonymous: bool = False
    candidate_fills: bool = False
    training_event: str = ""
    percent: int | None = None
    independent_leader: bool = False
    different_months: int = 0
    different_days: int = 0
    max_age_months: int | None = None
    parts: tuple[tuple[str, int], ...] = ()
    each_with_form: bool = False
    no_open_points: bool = False
    led_by: tuple[str, ...] = ()


@dataclass(frozen=True)
class Sat:
    """A seat taken in a finished session."""

    rule_id: int
    seat: str
    session_id: int
    day: dt.date


@dataclass(frozen=True)
class EventTaken:
    """A training event: how many days it has, and the days on which the candidate took part."""

    kind: str
    event_id: int
    days: int
    attended: tuple[dt.date, ...]
    independent_leader: bool = True
    leader_roles: frozenset[str] = frozenset()


@dataclass(frozen=True)
class FormIn:
    """A submitted evaluation about the candidate; `thing` is the key of what it was seen in."""

    checklist_id: int
    evaluation_id: int
    part: str
    day: dt.date
    thing: str = ""
    open_points: bool = False


@dataclass(frozen=True)
class Facts:
    """Everything about one candidate that may count."""

    seats: Sequence[Sat] = ()
    events: Sequence[EventTaken] = ()
    forms: Sequence[FormIn] = ()


@dataclass(frozen=True)
class Count:
    """How much of a computed step is there. `reached_on` is the day on which the last missing thing came.

    `lacking` are finished sessions without the form that each needs, or forms in which a point is still open.
    """

    have: int
    need: int
    reached_on: dt.date | None = None
    last_on: dt.date | None = None
    missing: tuple[str, ...] = ()
    lacking: int = 0

    @property
    def reached(self) -> bool:
        """Whether nothing is missing."""
        return self.reached_on is not None


def way_of(step: StepSpec) -> Way:
    """How the step is filled. Anonymous forms have no single answers that may be counted: such a step is decided."""
    if step.kind == "sessions" and step.rule_id and step.seat and step.unit == "session":
        return Way.SESSIONS
    if step.kind == "training" and step.training_event and step.unit == "day":
        return Way.DAYS
    if step.kind == "training" and step.training_event and step.unit in EVENT_UNITS:
        return Way.EVENTS
    if step.kind in ("checklist", "evaluation") and step.checklist_id and step.unit in FORM_UNITS:
        return Way.DECIDED if step.checklist_anonymous else Way.FORMS
    return Way.DECIDED


def count_of(step: StepSpec, facts: Facts, today: dt.date) -> Count:
    """What there is of a computed step on `today`; things older than `max_age_months` no longer count."""
    earliest = months_before(today, step.max_age_months) if step.max_age_months else dt.date.min
    things, lacking = _things(step, facts)
    counts = {thing for thing in things if thing[0] >= earliest}
    short = {thing for thing in lacking if thing[0] >= earliest}
    return _counted(step, sorted(counts), _need(step), len({key for _day, key, _tag in short}))


def months_before(day: dt.date, months: int) -> dt.date:
    """The same day of the month, `months` earlier; the month's last day where there is no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return dt.date(year, month + 1, min(day.day, last))
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")


def _need(step: StepSpec) -> int:
    if way_of(step) is Way.DAYS and step.percent:
        return math.ceil(step.count * step.percent / 100)
    if way_of(step) is Way.FORMS and step.parts:
        return max(step.count, sum(number for _part, number in step.parts))
    return step.count


def _things(step: StepSpec, facts: Facts) -> tuple[set[Thing], set[Thing]]:
    """What counts, and what would if its form were sent in or had no open point."""
    match way_of(step):
        case Way.SESSIONS:
            return _sessions(step, facts)
        case Way.DAYS:
            events = [event for event in facts.events if _fits(event, step)]
            return {(day, day.toordinal(), "") for event in events for day in event.attended}, set()
        case Way.EVENTS:
            whole = [event for event in facts.events if _fits(event, step) and _is_whole(event, step.percent)]
            return {(max(event.attended), event.event_id, "") for event in whole}, set()
        case Way.FORMS:
            forms = [form for form in facts.forms if form.checklist_id == step.checklist_id]
            still_open = [form for form in forms if step.no_open_points and form.open_points]
            return _as_things(form for form in forms if form not in still_open), _as_things(still_open)
    return set(), set()


def _sessions(step: StepSpec, facts: Facts) -> tuple[set[Thing], set[Thing]]:
    seats = EACH_SEAT if step.seat == "each" else (step.seat,)
    sat = [one for one in facts.seats if one.rule_id == step.rule_id and one.seat in seats]
    things = {(one.day, one.session_id, one.seat) for one in sat}
    if not step.each_with_form:
        return things, set()
    filled = {form.thing for form in facts.forms if form.checklist_id == step.checklist_id}
    with_form = {thing for thing in things if f"{SESSION}{thing[1]}" in filled}
    return with_form, things - with_form


def _as_things(forms: Iterable[FormIn]) -> set[Thing]:
    return {(form.day, form.evaluation_id, form.part) for form in forms}


def _fits(event: EventTaken, step: StepSpec) -> bool:
    led_rightly = not step.led_by or bool(event.leader_roles & set(step.led_by))
    independent = event.independent_leader or not step.independent_leader
    return event.kind == step.training_event and led_rightly and independent


def _is_whole(event: EventTaken, percent: int | None) -> bool:
    return bool(event.attended) and len(event.attended) * 100 >= event.days * (percent or 100)


def _counted(step: StepSpec, things: Sequence[Thing], need: int, lacking: int) -> Count:
    reached_on = None
    for place in range(1, len(things) + 1):
        if _have(step, things[:place]) >= need and not _missing(step, things[:place]):
            reached_on = things[place - 1][0]
            break
    return Count(
        have=_have(step, things),
        need=need,
        reached_on=reached_on,
        last_on=things[-1][0] if things else None,
        missing=_missing(step, things),
        lacking=lacking,
    )


def _have(step: StepSpec, things: Sequence[Thing]) -> int:
    """How many: sessions, days, events or forms; where each seat is asked for, a session counts once for each seat.

    Where a form is asked of several parts, more than asked of one does not stand in for another.
    """
    if step.seat == "each" and way_of(step) is Way.SESSIONS:
        return len(things)
    if way_of(step) is Way.FORMS and step.parts:
        return sum(min(number, _of_part(part, things)) for part, number in step.parts) + _spare(step, things)
    return len({key for _day, key, _tag in things})


def _spare(step: StepSpec, things: Sequence[Thing]) -> int:
    """Forms beyond those of the parts, where the step's own count asks for more than its parts together."""
    asked = sum(number for _part, number in step.parts)
    used = sum(min(number, _of_part(part, things)) for part, number in step.parts)
    return min(max(step.count - asked, 0), len(things) - used)


def _of_part(part: str, things: Sequence[Thing]) -> int:
    return sum(1 for _day, _key, tag in things if (tag != "self" if part == "other" else tag == part))


def _missing(step: StepSpec, things: Sequence[Thing]) -> tuple[str, ...]:
    """Conditions not met beside the number: `seat:observer`, `part:self`, `months`, `days`."""
    missing: list[str] = []
    if step.seat == "each" and way_of(step) is Way.SESSIONS:
        taken = {tag for _day, _key, tag in things}
        missing += [f"seat:{seat}" for seat in EACH_SEAT if seat not in taken]
    if way_of(step) is Way.FORMS:
        missing += [f"part:{part}" for part, number in step.parts if _of_part(part, things) < number]
    if step.different_months and len({(day.year, day.month) for day, _key, _tag in things}) < step.different_months:
        missing.append("months")
    if step.different_days and len({day for day, _key, _tag in things}) < step.different_days:
        missing.append("days")
    return tuple(missing)
