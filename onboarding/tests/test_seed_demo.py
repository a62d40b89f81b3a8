"""The demo made anew: the same each time but for the day, refused where it does harm, as large as asked for."""

import datetime as dt
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import override_settings

from accounts.models import User
from coaches.models import Placement
from supervision.models import Goal, SupervisionSession

pytestmark = [pytest.mark.django_db, pytest.mark.both]


def seed(**options):
    out = StringIO()
    call_command("seed_demo", stdout=out, **options)
    return out.getvalue()


@pytest.mark.parametrize("day", [dt.date(2026, 3, 29), dt.date(2027, 1, 2)])
def test_dates_are_relative_to_the_day_given(day):
    seed(today=day)
    assert SupervisionSession.objects.filter(state="planned", starts_at__date__lt=day).count() == 0
    assert SupervisionSession.objects.filter(state="finished", starts_at__date__gt=day).count() == 0
    assert Placement.objects.open().filter(coach__email="tor@solvik.example").count() == 4
    assert max(Goal.objects.values_list("set_at__date", flat=True)) < day


@override_settings(SITE_URL="https://supervision.example.org")
def test_refused_off_loopback_unless_forced():
    with pytest.raises(CommandError, match="--force"):
        seed()
    assert "kari@solvik.example" in seed(force=True)


def test_many_people_and_sessions_for_measuring():
    seed(people=200, sessions=400)
    assert User.objects.known().count() in range(200, 205)
    assert SupervisionSession.objects.count() == 400
    assert SupervisionSession.objects.filter(attendances__isnull=True).count() == 0
    coach = User.objects.get(email="p0@many.solvik.example")
    assert list(Placement.objects.open().filter(coach=coach).values_list("place", flat=True)) == [1, 2, 3, 4]
