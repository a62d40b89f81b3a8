"""What keeps a certificate: its validity, and active status, which is apart from it and lapses without practice.

Values in, values out. The rules are fields of the pack's track: `validity_months`, `lapse_rule`, `renewal`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from certification.counting import months_before

SOON = dt.timedelta(days=90)
"""How long before an end it is told."""


class Activity(StrEnum):
    """Where active status stands."""

    ACTIVE = "active"
    SOON = "soon"
    LAPSED = "lapsed"


@dataclass(frozen=True)
class LapseRule:
    """After so many months without practice active status lapses; `kept_by` says what practice is."""

    months: int
    kept_by: tuple[str, ...]
    when: Mapping[str, str]
    action: Mapping[str, str]


@dataclass(frozen=True)
class Active:
    """`last_on` is the last practice (None: none is known); `until` the first day on which it is lapsed."""

    state: Activity
    last_on: dt.date | None
    until: dt.date


def lapse_rule(track: Mapping[str, Any]) -> LapseRule | None:
    """The rule of a track as the pack writes it; None where the pack has none that can be counted."""
    rule = track.get("lapse_rule") or {}
    if not rule.get("kept_by"):
        return None
    return LapseRule(rule["inactive_months"], tuple(rule["kept_by"]), rule["when"], rule["action"])


def active_status(rule: LapseRule, last_on: dt.date | None, since: dt.date, today: dt.date) -> Active:
    """Where active status stands today. `since`, the day of the decision, counts like practice."""
    until = months_before(max(since, last_on or since), -rule.months)
    if until <= today:
        return Active(Activity.LAPSED, last_on, until)
    return Active(Activity.SOON if until - today <= SOON else Activity.ACTIVE, last_on, until)


def idle_since(rule: LapseRule, today: dt.date) -> dt.date:
    """Whoever has practised on this day or later is not close to the end of active status."""
    return months_before(today + SOON, rule.months)


def ends_soon(valid_until: dt.date | None, today: dt.date) -> bool:
    """Whether validity ends within the time in which it is told, or has ended."""
    return valid_until is not None and valid_until - today <= SOON


@dataclass(frozen=True)
class RenewalStep:
    """What renewal asks for, as the pack writes it; without rules and checklist nothing of it is counted."""

    names: Mapping[str, str]
    count: int
    unit: str
    rules: Sequence[str] = ()
    seat: str = ""
    checklist: str = ""


def renewal_steps(track: Mapping[str, Any]) -> list[RenewalStep]:
    """The steps of a track's renewal; none where the pack has none."""
    return [
        RenewalStep(
            names=step.get("names") or {},
            count=step["count"],
            unit=step["unit"],
            rules=tuple(step.get("supervision_rules", ())),
            seat=step.get("seat", ""),
            checklist=step.get("checklist", ""),
        )
        for step in (track.get("renewal") or {}).get("steps", [])
        if step.get("names")
    ]
