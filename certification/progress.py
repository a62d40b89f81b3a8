"""How far somebody has come on a track: values in, values out.

A step is **computed** where rows exist (:func:`way_of`): finished sessions by rule and seat, days or whole events of a
training, submitted evaluations by form and part. Every other step is **decided** by the role that it names. A computed
step is done on the day its count is reached, without a record of its own: nobody decides it, and what counted is
written down, frozen as text, when the certificate is issued.

An approval is a gate: it opens when all steps before it are done, and the decided steps after it open when it is
given. Computed steps go on by themselves on either side.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

FORM_UNITS = ("checklist", "form")
EVENT_UNITS = ("event", "workshop")
EACH_SEAT = ("lead", "supervisee", "observer")

# Packs name the raters of a form among its evidence; `other` is anybody but the candidate.
PARTS_OF_EVIDENCE: Mapping[str, tuple[tuple[str, int], ...]] = {
    "two_self_evaluations": (("self", 2),),
    "two_colleague_evaluations": (("co_leader", 2),),
    "self_assessment_and_coordinator_s_view": (("self", 1), ("other", 1)),
    "self_assessment_and_practice_guide_s_view": (("self", 1), ("other", 1)),
    "observer_checklist": (("other", 1),),
}
_NUMBERS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_MONTHS = re.compile(r"at least (\w+) different months")


class Way(StrEnum):
    """How a step is filled."""

    SESSIONS = "sessions"
    DAYS = "days"
    EVENTS = "events"
    FORMS = "forms"
    DECIDED = "decided"


class State(StrEnum):
    """Where a rung stands, for the one who looks at the ladder."""

    DONE = "done"
    SENT_BACK = "sent_back"
    YOURS = "yours"
    WAITS = "waits"
    GOES_ON = "goes_on"
    SHUT = "shut"


OPEN_STATES = (State.SENT_BACK, State.YOURS, State.WAITS, State.GOES_ON)


@dataclass(frozen=True)
class StepSpec:
    """A step as the ladder needs it; `percent` is the step's own or the event's, `independent_leader` the event's."""

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
    max_age_months: int | None = None
    parts: tuple[tuple[str, int], ...] = ()


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


@dataclass(frozen=True)
class FormIn:
    """A submitted evaluation about the candidate."""

    checklist_id: int
    evaluation_id: int
    part: str
    day: dt.date


@dataclass(frozen=True)
class Facts:
    """Everything about one candidate that may count."""

    seats: Sequence[Sat] = ()
    events: Sequence[EventTaken] = ()
    forms: Sequence[FormIn] = ()


@dataclass(frozen=True)
class Count:
    """How much of a computed step is there. `reached_on` is the day on which the last missing thing came."""

    have: int
    need: int
    reached_on: dt.date | None = None
    last_on: dt.date | None = None
    missing: tuple[str, ...] = ()

    @property
    def reached(self) -> bool:
        """Whether nothing is missing."""
        return self.reached_on is not None


@dataclass(frozen=True)
class Decision:
    """The latest record about a decided step that is not withdrawn; `answered`: something came in after it."""

    approved: bool
    on: dt.date
    answered: bool = False


@dataclass(frozen=True)
class Rung:
    """A step and where it stands. `opens_after` are the orders of the steps that keep it shut."""

    step: StepSpec
    way: Way
    state: State
    count: Count | None = None
    done_on: dt.date | None = None
    opens_after: tuple[int, ...] = field(default=())

    @property
    def is_done(self) -> bool:
        """Whether the step is filled."""
        return self.state is State.DONE


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


def parts_of(evidence: Iterable[str]) -> tuple[tuple[str, int], ...]:
    """The raters, and how many of each, that the keys of the pack's evidence ask for."""
    return tuple(part for key in evidence for part in PARTS_OF_EVIDENCE.get(key, ()))


def months_of(condition: str) -> int:
    """How many different months the pack's condition (its English words) asks for; 0 for none."""
    found = _MONTHS.search(condition)
    if not found:
        return 0
    word = found[1]
    return int(word) if word.isdigit() else _NUMBERS.get(word, 0)


def count_of(step: StepSpec, facts: Facts, today: dt.date) -> Count:
    """What there is of a computed step on `today`; things older than `max_age_months` no longer count."""
    earliest = months_before(today, step.max_age_months) if step.max_age_months else dt.date.min
    things = [thing for thing in _things(step, facts) if thing[0] >= earliest]
    return _counted(step, sorted(things), _need(step))


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


def _things(step: StepSpec, facts: Facts) -> Iterable[tuple[dt.date, int, str]]:
    """What may count, as (day, key that counts once, seat or part)."""
    match way_of(step):
        case Way.SESSIONS:
            seats = EACH_SEAT if step.seat == "each" else (step.seat,)
            sat = [one for one in facts.seats if one.rule_id == step.rule_id and one.seat in seats]
            return {(one.day, one.session_id, one.seat) for one in sat}
        case Way.DAYS:
            events = [event for event in facts.events if _fits(event, step)]
            return {(day, day.toordinal(), "") for event in events for day in event.attended}
        case Way.EVENTS:
            whole = [event for event in facts.events if _fits(event, step) and _is_whole(event, step.percent)]
            return {(max(event.attended), event.event_id, "") for event in whole}
        case Way.FORMS:
            forms = [form for form in facts.forms if form.checklist_id == step.checklist_id]
            return {(form.day, form.evaluation_id, form.part) for form in forms}
    return ()


def _fits(event: EventTaken, step: StepSpec) -> bool:
    return event.kind == step.training_event and (event.independent_leader or not step.independent_leader)


def _is_whole(event: EventTaken, percent: int | None) -> bool:
    return bool(event.attended) and len(event.attended) * 100 >= event.days * (percent or 100)


def _counted(step: StepSpec, things: Sequence[tuple[dt.date, int, str]], need: int) -> Count:
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
    )


def _have(step: StepSpec, things: Sequence[tuple[dt.date, int, str]]) -> int:
    """How many: sessions, days, events or forms; where each seat is asked for, a session counts once for each seat.

    Where a form is asked of several parts, more than asked of one does not stand in for another.
    """
    if step.seat == "each" and way_of(step) is Way.SESSIONS:
        return len(things)
    if way_of(step) is Way.FORMS and step.parts:
        return sum(min(number, _of_part(part, things)) for part, number in step.parts) + _spare(step, things)
    return len({key for _day, key, _tag in things})


def _spare(step: StepSpec, things: Sequence[tuple[dt.date, int, str]]) -> int:
    """Forms beyond those of the parts, where the step's own count asks for more than its parts together."""
    asked = sum(number for _part, number in step.parts)
    used = sum(min(number, _of_part(part, things)) for part, number in step.parts)
    return min(max(step.count - asked, 0), len(things) - used)


def _of_part(part: str, things: Sequence[tuple[dt.date, int, str]]) -> int:
    return sum(1 for _day, _key, tag in things if (tag != "self" if part == "other" else tag == part))


def _missing(step: StepSpec, things: Sequence[tuple[dt.date, int, str]]) -> tuple[str, ...]:
    """Conditions not met beside the number: `seat:observer`, `part:self`, `months`."""
    missing: list[str] = []
    if step.seat == "each" and way_of(step) is Way.SESSIONS:
        taken = {tag for _day, _key, tag in things}
        missing += [f"seat:{seat}" for seat in EACH_SEAT if seat not in taken]
    if way_of(step) is Way.FORMS:
        missing += [f"part:{part}" for part, number in step.parts if _of_part(part, things) < number]
    if step.different_months and len({(day.year, day.month) for day, _key, _tag in things}) < step.different_months:
        missing.append("months")
    return tuple(missing)


def climb(steps: Sequence[StepSpec], facts: Facts, decisions: Mapping[int, Decision], today: dt.date) -> list[Rung]:
    """Every rung in order, with where it stands. Decided though computed: history from before, it stands."""
    rungs: list[Rung] = []
    for step in sorted(steps, key=lambda one: one.order):
        way = way_of(step)
        if way is Way.DECIDED:
            rungs.append(_decided(step, decisions.get(step.id), _keeps_shut(step, rungs)))
        else:
            rungs.append(_computed(step, way, count_of(step, facts, today), decisions.get(step.id)))
    return rungs


def _computed(step: StepSpec, way: Way, count: Count, before: Decision | None) -> Rung:
    if before and before.approved:
        return Rung(step, way, State.DONE, done_on=before.on)
    if count.reached:
        return Rung(step, way, State.DONE, count, count.reached_on)
    theirs = way in (Way.DAYS, Way.EVENTS) or (way is Way.FORMS and step.candidate_fills)
    return Rung(step, way, State.YOURS if theirs else State.GOES_ON, count)


def _decided(step: StepSpec, decision: Decision | None, opens_after: tuple[int, ...]) -> Rung:
    if decision and decision.approved:
        return Rung(step, Way.DECIDED, State.DONE, done_on=decision.on)
    if opens_after:
        return Rung(step, Way.DECIDED, State.SHUT, opens_after=opens_after)
    sent_back = decision is not None and not decision.answered
    return Rung(step, Way.DECIDED, State.SENT_BACK if sent_back else State.WAITS)


def _keeps_shut(step: StepSpec, before: Sequence[Rung]) -> tuple[int, ...]:
    """The orders of the steps that must be done first: for an approval all before it, else the last approval."""
    if step.kind == "approval":
        return tuple(rung.step.order for rung in before if not rung.is_done)
    gates = [rung for rung in before if rung.step.kind == "approval"]
    return () if not gates or gates[-1].is_done else (gates[-1].step.order,)


def next_rungs(rungs: Sequence[Rung]) -> list[Rung]:
    """What is not done, as one speaks of it: sent back, the candidate's, waiting, going on, and last what is shut."""
    order = (*OPEN_STATES, State.SHUT)
    return sorted((rung for rung in rungs if not rung.is_done), key=lambda one: order.index(one.state))
