"""History that an import brings in is used where somebody would look for it."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from django.utils.timezone import localdate

from accounts.models import User
from coaches.actions.history import take_back_sessions_before
from coaches.actions.places import place_supervisee
from onboarding.actions.import_read import look_at, store_preview
from onboarding.actions.import_steer import start_import
from onboarding.actions.import_work import work_through
from onboarding.models import ImportRun
from onboarding.tests.sheets import csv_bytes, network, top
from overview.readers.branch import current_versions
from overview.readers.needs import needs_from
from overview.readers.workbench import people_rows, with_details
from programmes.models import Organisation, SupervisionRule
from programmes.policies import hats_of

pytestmark = [pytest.mark.django_db, pytest.mark.both]
WITH_HISTORY = (
    "name,email,organisation,role,phone,since,last session,workshop date,certificate title,certificate variant,"
    "certificate number,certificate date"
)


def bring_in(home: Organisation, by: User, *rows: str) -> ImportRun:
    look = look_at(content=csv_bytes(*rows, headings=WITH_HISTORY), home=home, by=by)
    run = start_import(run=store_preview(look=look, filename="list.csv", home=home, by=by), by=by)
    work_through()
    return run


def test_who_was_met_lately_is_not_late_and_it_can_be_taken_back() -> None:
    home = network()
    by = top(home)
    rows = (
        "Per A,p@example.org,Alta,peer coach,,1.2.2020,,,,,,",
        f"Kari B,k@example.org,Alta,gruppeleder,,1.2.2020,{timezone.localdate() - timedelta(days=5)},,,,,",
        "Ola C,o@example.org,Alta,gruppeleder,,1.2.2020,,,,,,",
    )
    run = bring_in(home, by, *rows)
    rule = SupervisionRule.objects.get(key="peer_coach_group")
    coach, kari, ola = (User.objects.get(email=f"{letter}@example.org") for letter in "pko")
    for leader in (kari, ola):
        place_supervisee(by=by, coach=coach, supervisee=leader, rule=rule, started_on=date(2020, 2, 1))
    hat = next(one for one in hats_of(top(home)) if one.role.kind == "coordinator")

    versions = current_versions(hat.programme)
    late = people_rows(hat, versions, "late", "")
    assert [row.supervisee for row in late] == [ola]
    [row] = with_details(people_rows(hat, versions, "placed", "kari"), hat, versions)
    assert localdate(row.last_at) == timezone.localdate() - timedelta(days=5)
    needs = needs_from([hat], versions)[0]
    assert (needs.not_met, needs.met) == (1, 1)

    take_back_sessions_before(ids=run.rows.get(person=kari).made["sessions"], by=by)
    assert people_rows(hat, versions, "late", "").count() == 2
