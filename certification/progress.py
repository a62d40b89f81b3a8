"""How far somebody has come on a track: values in, values out.

A computed step is done on the day its count is reached (`counting.py`), without a record of its own: nobody decides
it, and what counted is written down, frozen as text, when the certificate is issued. A decided step is done when the
role that it names has approved it.

An approval is a gate: it opens when all steps before it are done, and the decided steps after it open when it is
given. Computed steps go on by themselves on either side.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from certification.counting import Count, Facts, StepSpec, Way, count_of, way_of


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
    forms = way is Way.FORMS or (way is Way.SESSIONS and count.lacking > 0)
    theirs = way in (Way.DAYS, Way.EVENTS) or (forms and step.candidate_fills)
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
