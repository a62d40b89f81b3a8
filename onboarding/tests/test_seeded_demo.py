"""The demo as it lies there: what others rely on. Made once for the file."""

import json
from collections.abc import Callable
from io import StringIO
from typing import Any

import pytest
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command
from django.utils import timezone

from certification.models import Candidacy, Certificate
from certification.readers.verdict import state_of
from programmes.models import Organisation, Programme
from supervision.models import SupervisionSession

pytestmark = [pytest.mark.django_db, pytest.mark.both]


def seed(**options: Any) -> str:
    out = StringIO()
    call_command("seed_demo", stdout=out, **options)
    return out.getvalue()


@pytest.fixture(scope="module")
def said(shared: Callable[..., Any]) -> str:
    """What the command printed."""
    return shared(seed, json=True)


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
    today = timezone.localdate()
    assert {state_of(one, today) for one in certificates} == {"valid", "expired", "withdrawn"}
    assert certificates.filter(programme__language="da", origin="ours").count() == 1
    assert set(SupervisionSession.objects.values_list("state", flat=True)) == {"planned", "held", "finished"}


@pytest.mark.usefixtures("said")
def test_a_second_time_is_refused():
    with pytest.raises(CommandError, match="here already"):
        seed()
    assert Organisation.objects.networks().count() == 2
