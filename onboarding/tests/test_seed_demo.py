"""The demo made anew: refused where it does harm, as large as asked for."""

import datetime as dt
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import override_settings

from accounts.models import User
from coaches.models import Placement
from onboarding.tests.test_seeded_demo import expect_days_around
from supervision.models import SupervisionSession

pytestmark = [pytest.mark.django_db, pytest.mark.both]


def seed(**options):
    out = StringIO()
    call_command("seed_demo", stdout=out, **options)
    return out.getvalue()


def test_many_people_and_sessions_for_measuring_on_the_day_given():
    day = dt.date(2027, 1, 2)
    seed(people=200, sessions=400, today=day)
    assert User.objects.known().count() in range(200, 205)
    assert SupervisionSession.objects.count() == 400
    assert SupervisionSession.objects.filter(attendances__isnull=True).count() == 0
    coach = User.objects.get(email="p0@many.solvik.example")
    assert list(Placement.objects.open().filter(coach=coach).values_list("place", flat=True)) == [1, 2, 3, 4]
    expect_days_around(day)


@override_settings(SITE_URL="https://supervision.example.org")
def test_refused_off_loopback():
    with pytest.raises(CommandError, match="--force"):
        seed()
    assert not User.objects.known().exists()
