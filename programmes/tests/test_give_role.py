"""Giving somebody of the branch one more role: the page to which a certificate leads."""

import datetime as dt

import pytest
from django.urls import reverse

from accounts.models import AuditEvent, User
from programmes.models import Membership
from programmes.tests.factories import Cast, MembershipFactory, OrganisationFactory, small_programme

pytestmark = [pytest.mark.django_db, pytest.mark.both, pytest.mark.time_machine("2026-11-22 12:00", tick=False)]


@pytest.fixture
def cast() -> Cast:
    return small_programme()


@pytest.fixture
def siv(cast: Cast) -> User:
    return cast.member("group_leader", name="Siv Tangen")


def url(cast: Cast, person: User, role: str = "") -> str:
    base = reverse("programmes:give_role", args=[cast.programme.pk, person.pk])
    return f"{base}?role={role}" if role else base


def form_at(django_app, address: str, user: User):
    page = django_app.get(address, user=user, headers={"accept-language": "en"})
    return next(form for form in page.forms.values() if "role" in form.fields)


def test_all_is_filled_in_and_saved_with_one_press(django_app, cast: Cast, siv: User) -> None:
    coordinator = cast.member("coordinator", cast.top, language="en")
    role = cast.roles["peer_coach"]
    form = form_at(django_app, url(cast, siv, role.key), coordinator)
    assert (form["role"].value, form["organisation"].value) == (str(role.pk), str(cast.office.pk))
    answer = form.submit()
    assert answer.location == f"/people/{siv.pk}/"
    given = Membership.objects.get(person=siv, role=role)
    assert (given.organisation, given.started_on, given.added_by) == (cast.office, dt.date(2026, 11, 22), coordinator)
    assert AuditEvent.objects.filter(verb="membership.added", by_id=coordinator.pk).count() == 1


def test_a_role_held_already_is_refused_in_words(django_app, cast: Cast, siv: User) -> None:
    coordinator = cast.member("coordinator", cast.top, language="en")
    form = form_at(django_app, url(cast, siv, cast.roles["group_leader"].key), coordinator)
    assert "already has the role group leader at" in form.submit(status=422).text
    assert Membership.objects.filter(person=siv).count() == 1


@pytest.mark.parametrize("typed", ["", "nonsense", "x" * 500])
def test_an_odd_role_in_the_address_is_nobodys(django_app, cast: Cast, siv: User, typed: str) -> None:
    coordinator = cast.member("coordinator", cast.top, language="en")
    form = form_at(django_app, url(cast, siv) + f"?role={typed}", coordinator)
    assert form["role"].value == ""
    assert "Choose" in form.submit(status=422).text


def test_only_a_coordinator_of_the_branch(client, cast: Cast, siv: User) -> None:
    elsewhere = OrganisationFactory(parent=cast.top)
    others = [
        cast.member("coordinator", elsewhere),
        cast.member("mentor"),
        siv,
        small_programme().member("coordinator"),
    ]
    for somebody in others:
        client.force_login(somebody)
        assert client.get(url(cast, siv)).status_code == 404
        assert client.post(url(cast, siv), {}).status_code == 404


def test_the_coordinators_role_only_below_ones_own(client, cast: Cast, siv: User) -> None:
    coordinator = cast.member("coordinator", language="en")
    client.force_login(coordinator)
    fields = {"organisation": cast.office.pk, "started_on": "2026-11-22"}
    answer = client.post(url(cast, siv), {**fields, "role": cast.roles["coordinator"].pk})
    assert answer.status_code == 403
    assert client.post(url(cast, siv), {**fields, "role": "9" * 30}).status_code == 422
    assert client.post(url(cast, siv), {**fields, "organisation": cast.top.pk, "role": "1"}).status_code == 422
    assert not MembershipFactory._meta.model.objects.filter(person=siv, role=cast.roles["coordinator"]).exists()
