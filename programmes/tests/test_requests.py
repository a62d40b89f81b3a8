"""The page on which somebody answers another network."""

import datetime as dt

import pytest
from django.core import mail
from django.core.management import call_command
from django.urls import reverse
from django.utils import translation

from programmes.actions.people import add_person
from programmes.models import MembershipRequest
from programmes.tests.factories import small_programme

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked() -> MembershipRequest:
    translation.activate("en")
    here, there = small_programme(), small_programme()
    there.member("mentor", name="Name On File", email="known@example.org", language="en")
    return add_person(
        by=here.member("coordinator"),
        name="Written Name",
        email="known@example.org",
        role=here.roles["mentor"],
        organisation=here.office,
        started_on=dt.date(2026, 2, 1),
    ).request


def page_of(django_app, asked: MembershipRequest):
    return django_app.get(reverse("programmes:request", args=[asked.pk]), user=asked.person.email)


def test_the_mail_says_that_somebody_asks(asked: MembershipRequest) -> None:
    call_command("send_due")
    assert asked.organisation.name in mail.outbox[0].subject
    assert f"/requests/{asked.pk}/" in mail.outbox[0].body


def test_yes_makes_the_membership(asked: MembershipRequest, client) -> None:
    client.force_login(asked.person)
    url = reverse("programmes:request", args=[asked.pk])
    assert "asks you to be mentor" in client.get(url).content.decode()
    assert client.post(url, {"answer": "yes"}).status_code == 302
    assert asked.person.memberships.filter(organisation=asked.organisation, role=asked.role).count() == 1


def test_no_makes_none(asked: MembershipRequest, client) -> None:
    client.force_login(asked.person)
    client.post(reverse("programmes:request", args=[asked.pk]), {"answer": "no"})
    asked.refresh_from_db()
    assert asked.state == "declined"
    assert not asked.person.memberships.filter(organisation=asked.organisation).exists()


def test_anything_else_is_refused(asked: MembershipRequest, client) -> None:
    client.force_login(asked.person)
    assert client.post(reverse("programmes:request", args=[asked.pk]), {"answer": "maybe"}).status_code == 400


def test_nobody_else_finds_it(asked: MembershipRequest, client) -> None:
    client.force_login(asked.requested_by)
    assert client.get(reverse("programmes:request", args=[asked.pk])).status_code == 404
