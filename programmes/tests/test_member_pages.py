"""Adding people, ending and correcting roles, by the forms that the pages show."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import translation

from accounts.models import AuditEvent, Invitation, User
from notices.models import Notice
from programmes.tests.factories import Cast, OrganisationFactory, small_programme

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(time_machine) -> Cast:
    time_machine.move_to(dt.datetime(2026, 5, 4, 12, tzinfo=dt.UTC), tick=False)
    translation.activate("en")
    return small_programme()


@pytest.fixture
def coordinator(cast: Cast):
    return cast.member("coordinator", language="en")


def form_at(django_app, url: str, person: User, field: str):
    page = django_app.get(url, user=person.email)
    return next(form for form in page.forms.values() if field in form.fields)


def test_a_person_is_added_and_invited(cast: Cast, coordinator, django_app) -> None:
    form = form_at(django_app, reverse("programmes:add_person"), coordinator, "employment")
    form["name"], form["email"] = "Biret Gaup", "biret@example.org"
    form["role"], form["organisation"] = str(cast.roles["group_leader"].pk), str(cast.office.pk)
    form["started_on"], form["invite"] = "2026-05-01", True
    answer = form.submit()
    person = User.objects.get(email="biret@example.org")
    assert answer.location == f"/people/{person.pk}/"
    assert person.memberships.get().started_on == dt.date(2026, 5, 1)
    assert Invitation.objects.get().person == person
    assert Notice.objects.get(kind="invitation").recipient == person


def test_what_is_missing_is_said_and_what_was_typed_is_kept(cast: Cast, coordinator, django_app) -> None:
    form = form_at(django_app, reverse("programmes:add_person"), coordinator, "employment")
    form["name"], form["email"], form["started_on"] = "Biret Gaup", "not an address", "31.02.2026"
    page = form.submit(status=422)
    assert 'value="Biret Gaup"' in page.text
    assert 'value="31.02.2026"' in page.text
    assert "Write the e-mail address like this: name@example.org" in page.text


def test_somebody_of_another_network_is_asked_and_the_name_on_file_not_shown(cast, coordinator, client) -> None:
    small_programme().member("mentor", name="Name On File", email="s@example.org")
    client.force_login(coordinator)
    fields = {"name": "Written", "email": "s@example.org", "started_on": "2026-05-01"}
    fields |= {"role": cast.roles["mentor"].pk, "organisation": cast.office.pk}
    page = client.post(reverse("programmes:add_person"), fields, follow=True)
    text = page.content.decode()
    assert "Written is known in another network and is asked by mail" in text
    assert "Name On File" not in text


def test_a_role_or_organisation_outside_is_no_choice(cast: Cast, coordinator, client) -> None:
    other = small_programme()
    client.force_login(coordinator)
    fields = {"name": "X", "started_on": "2026-05-01", "role": other.roles["mentor"].pk, "organisation": cast.top.pk}
    page = client.post(reverse("programmes:add_person"), fields)
    assert page.status_code == 422
    assert {"role", "organisation"} <= set(page.context["form"].errors)


def test_a_role_ends_today_or_is_planned_to_end(cast: Cast, coordinator, django_app) -> None:
    membership = cast.member("group_leader").memberships.get()
    url = reverse("programmes:end_membership", args=[membership.pk])
    form = form_at(django_app, url, coordinator, "day")
    form["day"] = "2026-06-01"
    form.submit()
    membership.refresh_from_db()
    assert (membership.ended_on, membership.planned_end_on) == (None, dt.date(2026, 6, 1))
    form["day"] = "2026-05-04"
    form.submit()
    membership.refresh_from_db()
    assert membership.ended_on == dt.date(2026, 5, 4)
    assert "ended on 04.05.2026 already" in form.submit(status=422).text


def test_a_planned_end_is_taken_back(cast: Cast, coordinator, client) -> None:
    membership = cast.member("group_leader").memberships.get()
    membership.planned_end_on = dt.date(2026, 6, 1)
    membership.save()
    client.force_login(coordinator)
    client.post(reverse("programmes:keep_membership", args=[membership.pk]))
    membership.refresh_from_db()
    assert membership.planned_end_on is None


def test_a_wrong_day_and_organisation_are_corrected(cast: Cast, coordinator, django_app) -> None:
    membership = cast.member("group_leader").memberships.get()
    below = OrganisationFactory(parent=cast.office)
    url = reverse("programmes:correct_membership", args=[membership.pk])
    form = form_at(django_app, url, coordinator, "started_on")
    form["organisation"], form["started_on"] = str(below.pk), "2021-02-03"
    assert form.submit().status_code == 302
    membership.refresh_from_db()
    assert (membership.organisation, membership.started_on) == (below, dt.date(2021, 2, 3))
    assert AuditEvent.objects.get(verb="membership.corrected").facts["old"]["started_on"] == "2020-01-01"


def test_a_wrong_address_is_corrected_and_the_old_link_dies(cast: Cast, coordinator, django_app) -> None:
    person = cast.member("group_leader", email="wrong@example.org", password=None)
    invitation = Invitation.objects.create(
        person=person,
        code="x",
        until=dt.datetime(2026, 6, 1, tzinfo=dt.UTC),
        invited_at=dt.datetime(2026, 5, 1, tzinfo=dt.UTC),
        invited_by=coordinator,
    )
    url = reverse("programmes:contact", args=[cast.programme.pk, person.pk])
    form = form_at(django_app, url, coordinator, "phone")
    form["email"] = "right@example.org"
    form.submit()
    person.refresh_from_db()
    invitation.refresh_from_db()
    assert (person.email, invitation.state) == ("right@example.org", "replaced")


def test_nobody_changes_the_address_of_somebody_who_signs_in(cast: Cast, coordinator, client) -> None:
    person = cast.member("group_leader", email="own@example.org")
    client.force_login(coordinator)
    url = reverse("programmes:contact", args=[cast.programme.pk, person.pk])
    answer = client.post(url, {"name": "X", "email": "mine@example.org", "phone": ""})
    assert answer.status_code == 403
    person.refresh_from_db()
    assert person.email == "own@example.org"


@pytest.mark.parametrize("name", ["end_membership", "correct_membership"])
def test_strangers_find_nothing_and_ones_own_coordinator_role_is_not_ones_own(cast, coordinator, client, name) -> None:
    url = reverse(f"programmes:{name}", args=[cast.member("group_leader").memberships.get().pk])
    for stranger in (cast.member("mentor"), small_programme().member("coordinator")):
        client.force_login(stranger)
        assert client.get(url).status_code == 404
        assert client.post(url).status_code == 404
    client.force_login(coordinator)
    own = reverse(f"programmes:{name}", args=[coordinator.memberships.get().pk])
    assert client.get(own).status_code == 403
