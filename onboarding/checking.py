"""Checking a whole sheet against what is known. Values in, values out: nothing is read or written here."""

from __future__ import annotations

import datetime as dt

from onboarding.check_people import check_people
from onboarding.check_roles import check_organisations, check_role
from onboarding.check_supervisors import ASKS as SUPERVISOR
from onboarding.check_supervisors import Supervisors
from onboarding.check_values import check_values
from onboarding.checked import NONE, Answers, Checked
from onboarding.sheet import PeopleSheet
from onboarding.world import World

ALL_OTHERS = "*"
# How often a sheet is checked anew when everybody else comes in without a supervisor: a chain of supervisors is short.
ROUNDS = 6


def check_sheet(sheet: PeopleSheet, world: World, answers: Answers, today: dt.date) -> list[Checked]:
    """Every row with what was found, in the order of the sheet. The order of rows decides nothing but who gets the
    last free place.

    The answer "none" under "*" settles every question about a supervisor that is not answered by itself: first those
    that ask of their own, then those that still wait for other rows.
    """
    rows = _check(sheet, world, answers, today)
    if answers.get(SUPERVISOR, {}).get(ALL_OTHERS) != NONE:
        return rows
    for _round in range(ROUNDS):
        asking = [(one, finding) for one in rows for finding in one.findings if finding.asks == SUPERVISOR]
        own = [finding.key for _one, finding in asking if finding.code != "supervisor_waits"]
        keys = own or [finding.key for _one, finding in asking]
        if not keys:
            break
        settled = {**answers.get(SUPERVISOR, {}), **dict.fromkeys(keys, NONE)}
        answers = {**answers, SUPERVISOR: settled}
        rows = _check(sheet, world, answers, today)
    return rows


def _check(sheet: PeopleSheet, world: World, answers: Answers, today: dt.date) -> list[Checked]:
    rows = [Checked(row, sheet) for row in sheet.rows]
    for one in rows:
        check_values(one, today)
        check_role(one, world)
    check_organisations(rows, world, answers)
    check_people(rows, world, answers)
    Supervisors(rows, world, answers).check()
    for one in rows:
        if one.state == "same" and one.repeats is None:
            one.note("there", "name")
    return rows
