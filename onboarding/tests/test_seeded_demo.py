"""The demo as it lies there: what others rely on. Made once for the file, on the day on which clocks are put forward,
and at an address where it comes only by force."""

import datetime as dt
import json
from collections.abc import Callable
from io import StringIO
from typing import Any

import pytest
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command
from django.test import override_settings

from certification.models import Candidacy, Certificate
from certification.readers.verdict import state_of
from coaches.models import Placement
from programmes.models import Organisation, Programme
from supervision.models import Goal, SupervisionSession

pytestmark = [pytest.mark.django_db, pytest.mark.both]
TODAY = dt.date(2026, 3, 29)


def seed(**options: Any) -> str:
    out = StringIO()
    call_command("seed_demo", stdout=out, **options)
    return out.getvalue()


@pytest.fixture(scope="module")
def said(shared: Callable[..., Any]) -> str:
    """What the command printed."""
    with override_settings(SITE_URL="https://supervision.example.org"):
        return shared(seed, json=True, force=True, today=TODAY)


def expect_days_around(today: dt.date) -> None:
    """Nothing is planned before the day or recorded after it."""
    assert SupervisionSession.objects.filter(state="planned", starts_at__date__lt=today).count() == 0
    assert SupervisionSession.objects.filter(state="finished", starts_at__date__gt=today).count() == 0
    assert Placement.objects.open().filter(coach__email="tor@solvik.example").count() == 4
    assert max(Goal.objects.values_list("set_at__date", flat=True)) < today


@pytest.mark.usefixtures("said")
def test_dates_are_relative_to_the_day_given():
    expect_days_around(TODAY)


def test_accounts_are_printed_as_json_and_sign_in(said):
    networks = json.loads(said)["networks"]
    assert [network["name"] for network in networks] == ["Familienettverket Solvik", "Peernetværk Østjylland"]
    for network in networks:
        roles = {account["role"] for account in network["accounts"]}
        assert {"coordinator", "mentor", "peer_coach", "group_leader", "observer"} <= roles
        first = network["accounts"][0]
        assert authenticate(None, email=first["email"], password=first["password"]).email == first["email"]


@pytest.mark.usefixtures("said")
def test_what_the_pages_must_show_is_there():
    keys = Programme.objects.order_by("pk").values_list("key", flat=True)
    assert list(keys) == ["dua", "kollegaveiledning", "peer_coaching", "dua", "peer_training"]
    assert Candidacy.objects.filter(state="open").count() == 6
    certificates = Certificate.objects.order_by("number")
    assert [(one.number[:4], one.origin) for one in certificates if one.origin == "ours"] == [
        ("KOL-", "ours"),
        ("PC-2", "ours"),
        ("PT-2", "ours"),
    ]
    assert {state_of(one, TODAY) for one in certificates} == {"valid", "expired", "withdrawn"}
    assert certificates.filter(programme__language="da", origin="ours").count() == 1
    assert set(SupervisionSession.objects.values_list("state", flat=True)) == {"planned", "held", "finished"}


@pytest.mark.usefixtures("said")
def test_a_second_time_is_refused():
    with pytest.raises(CommandError, match="here already"):
        seed()
    assert Organisation.objects.networks().count() == 2
