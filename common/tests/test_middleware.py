"""What holds for every request."""

import datetime

import pytest
import time_machine
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

pytestmark = pytest.mark.django_db

NOW = datetime.datetime(2026, 3, 2, 9, 0, tzinfo=datetime.UTC)
PAGE = "/accounts/password/change/"


@pytest.fixture
def person():
    """Somebody who reads Danish."""
    return get_user_model().objects.create_user("ane@example.org", "en lang adgangskode", name="Ane", language="da")


@pytest.fixture
def signed_in(client, person):
    """A client of theirs, since nine o'clock."""
    with time_machine.travel(NOW, tick=False):
        client.force_login(person)
    return client


def stays(client: Client, minutes: int) -> bool:
    """Whether a request that many minutes after nine finds the person signed in."""
    with time_machine.travel(NOW + datetime.timedelta(minutes=minutes), tick=False):
        return client.get(PAGE).status_code == 200


def test_a_session_ends_after_an_hour_without_a_request(signed_in):
    assert stays(signed_in, 59)
    assert stays(signed_in, 118)
    assert not stays(signed_in, 180)


def test_a_session_ends_after_twelve_hours_in_any_case(signed_in):
    assert all(stays(signed_in, minutes) for minutes in range(50, 720, 50))
    assert not stays(signed_in, 721)


@pytest.mark.parametrize(("seconds", "writes"), [(59, 0), (60, 1)])
def test_a_page_writes_the_session_once_a_minute_at_most(signed_in, seconds, writes):
    with (
        time_machine.travel(NOW + datetime.timedelta(seconds=seconds), tick=False),
        CaptureQueriesContext(connection) as queries,
    ):
        signed_in.get(reverse("account_logout"))
    assert sum(query["sql"].startswith('UPDATE "django_session"') for query in queries) == writes


def test_signed_in_pages_are_kept_by_no_cache(signed_in):
    with time_machine.travel(NOW, tick=False):
        assert "no-store" in signed_in.get(reverse("account_logout"))["Cache-Control"]


def test_the_profile_decides_the_language_then_the_browser(signed_in, settings):
    settings.LANGUAGE_CODE = "nb"
    with time_machine.travel(NOW, tick=False):
        assert signed_in.get(PAGE, headers={"accept-language": "en"})["Content-Language"] == "da"
    assert Client().get(reverse("account_login"), headers={"accept-language": "en"})["Content-Language"] == "en"
    assert Client().get(reverse("account_login"), headers={"accept-language": "fr"})["Content-Language"] == "nb"


@pytest.mark.parametrize("query", ["?next=%00", "?a=b%1b", "?%07=1"])
def test_control_characters_in_an_address_are_refused(client, query):
    assert client.get(reverse("account_login") + query).status_code == 400


@pytest.mark.parametrize(("value", "status"), [("a\x00b", 400), ("a\x0bb", 400), ("line\r\n\ttab", 422)])
def test_control_characters_in_a_form_are_refused(client, value, status):
    response = client.post(reverse("account_login"), {"login": value, "password": "x"})
    assert response.status_code == status


def test_every_answer_carries_the_policy(client):
    for path in (reverse("account_login"), "/not-there/", "/static/not-there.css", "/accounts/signup/"):
        policy = client.get(path)["Content-Security-Policy"]
        assert "unsafe" not in policy
        assert {"base-uri 'none'", "object-src 'none'", "frame-ancestors 'none'", "form-action 'self'"} <= set(
            policy.split("; ")
        )
