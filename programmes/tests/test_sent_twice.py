"""The same form about people sent twice: its work is done once; and two people of one name are asked about."""

import pytest
from django.urls import reverse

from accounts.models import AuditEvent, Invitation, User
from notices.models import Notice
from programmes.models import Membership, Organisation
from programmes.tests.factories import Cast, small_programme

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture
def cast() -> Cast:
    return small_programme()


@pytest.fixture
def coordinator(cast: Cast) -> User:
    return cast.member("coordinator", organisation=cast.top, language="en")


def left() -> list[object]:
    tables = (AuditEvent, Notice, Invitation, User, Membership, Organisation)
    return [list(table.objects.order_by("pk").values_list("pk", flat=True)) for table in tables]


def adding(django_app, cast: Cast, coordinator: User, **fields: str):
    shown = django_app.get(reverse("programmes:add_person"), user=coordinator)
    form = next(one for one in shown.forms.values() if "started_on" in one.fields)
    role = cast.roles["group_leader"].pk
    for name, value in {"role": str(role), "organisation": str(cast.office.pk), **fields}.items():
        form[name] = value
    return form


@pytest.mark.parametrize("email", ["", "aase@example.org"])
def test_a_person_is_added_once(django_app, cast, coordinator, email) -> None:
    form = adding(django_app, cast, coordinator, name="Åse Dahl", email=email)
    form["invite"] = bool(email)
    assert form.submit().status_code == 302
    before = left()
    second = form.submit(status=422)
    assert left() == before
    assert User.objects.filter(search_name="ase dahl").count() == 1
    assert ("is at" in second.text and "Somebody else of the same name" in second.text) is (not email)


def test_somebody_else_of_the_name_is_added_when_it_is_said(django_app, cast, coordinator) -> None:
    adding(django_app, cast, coordinator, name="Åse Dahl").submit()
    asked = adding(django_app, cast, coordinator, name="  åse  dahl ").submit(status=422)
    form = next(one for one in asked.forms.values() if "another" in one.fields)
    assert form["name"].value == "  åse  dahl " or form["name"].value == "åse  dahl"
    form["another"] = True
    assert form.submit().status_code == 302
    assert User.objects.filter(search_name="ase dahl").count() == 2


@pytest.mark.parametrize("name", ["Ase Dahl", "Åse Dahlen"])
def test_another_name_is_not_asked_about(django_app, cast, coordinator, name) -> None:
    adding(django_app, cast, coordinator, name="Åse Dahl").submit()
    assert adding(django_app, cast, coordinator, name=name).submit().status_code == 302


def test_an_invitation_is_sent_once(django_app, cast, coordinator) -> None:
    person = cast.member("group_leader", name="Åse Dahl", email="aase@example.org")
    person.set_unusable_password()
    person.save()
    address = reverse("programmes:invite", args=[cast.programme.pk, person.pk])
    shown = django_app.get(reverse("people:person", args=[person.pk]), user=coordinator)
    form = next(one for one in shown.forms.values() if one.action.endswith(address))
    form.submit()
    before = left()
    form.submit()
    assert left() == before
    assert Notice.objects.filter(kind="invitation").count() == 1


def test_a_role_ended_twice_says_so(django_app, cast, coordinator) -> None:
    person = cast.member("group_leader", name="Åse Dahl")
    held = person.memberships.get()
    shown = django_app.get(reverse("programmes:end_membership", args=[held.pk]), user=coordinator)
    form = next(one for one in shown.forms.values() if "day" in one.fields)
    assert form.submit().status_code == 302
    before = left()
    assert form.submit(expect_errors=True).status_code in (302, 404, 409, 422)
    assert left() == before
