"""Checking a whole sheet against what is known. Values in, values out: nothing is read or written here."""

from __future__ import annotations

import datetime as dt

from onboarding.check_people import check_people
from onboarding.check_roles import check_organisations, check_role
from onboarding.check_supervisors import Supervisors
from onboarding.check_values import check_values
from onboarding.checked import Answers, Checked
from onboarding.sheet import PeopleSheet
from onboarding.world import World


def check_sheet(sheet: PeopleSheet, world: World, answers: Answers, today: dt.date) -> list[Checked]:
    """Every row with what was found, in the order of the sheet. The order of rows decides nothing but who gets the
    last free place."""
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
