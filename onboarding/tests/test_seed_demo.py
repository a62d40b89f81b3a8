"""The demo: what others rely on, and that it is the same each time but for the day."""

import datetime as dt
import json
from io import StringIO

import pytest
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command
from django.test import override_settings

from accounts.models import User
from certification.models import Candidacy
from coaches.models import Placement
from programmes.models import Organisation, Programme
from supervision.models import Goal, SupervisionSession

pytestmark = [pytest.mark.django_db, pytest.mark.both]


def seed(**options):
    out = StringIO()
    call_command("seed_demo", stdout=out, **options)
    return out.getvalue()


def test_accounts_are_printed_as_json_and_sign_in():
    networks = json.loads(seed(json=True))["networks"]
    assert [network["name"] for network in networks] == ["Familienettverket Solvik", "Peernetværk Østjylland"]
    for network in networks:
        roles = {account["role"] for account in network["accounts"]}
        assert {"coordinator", "mentor", "peer_coach", "group_leader", "observer"} <= roles
        first = network["accounts"][0]
        assert authenticate(None, email=first["email"], password=first["password"]).email == first["email"]


@pytest.mark.parametrize("day", [dt.date(2026, 3, 29), dt.date(2027, 1, 2)])
def test_dates_are_relative_to_the_day_given(day):
    seed(today=day)
    assert SupervisionSession.objects.filter(state="planned", starts_at__date__lt=day).count() == 0
    assert SupervisionSession.objects.filter(state="finished", starts_at__date__gt=day).count() == 0
    assert Placement.objects.open().filter(coach__email="tor@solvik.example").count() == 4
    assert max(Goal.objects.values_list("set_at__date", flat=True)) < day


def test_what_the_pages_must_show_is_there():
    seed()
    keys = Programme.objects.order_by("pk").values_list("key", flat=True)
    assert list(keys) == ["dua", "kollegaveiledning", "peer_coaching", "dua", "peer_training"]
    assert Candidacy.objects.filter(state="open").count() == 3
    assert set(SupervisionSession.objects.values_list("state", flat=True)) == {"planned", "held", "finished"}


def test_a_second_time_is_refused():
    seed()
    with pytest.raises(CommandError, match="here already"):
        seed()
    assert Organisation.objects.networks().count() == 2


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
