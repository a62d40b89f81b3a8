"""In training, employment and line manager of a role, by the form that the person's page links to."""

import pytest
from django.urls import reverse
from django.utils import translation

from accounts.models import AuditEvent, User
from common.errors import DomainError
from programmes.actions.membership_terms import change_terms
from programmes.models import Membership
from programmes.tests.factories import Cast, OrganisationFactory, small_programme

pytestmark = [pytest.mark.django_db]


@pytest.fixture
def cast() -> Cast:
    translation.activate("en")
    return small_programme()


@pytest.fixture
def coordinator(cast: Cast) -> User:
    return cast.member("coordinator", language="en")


def membership_of(cast: Cast, **person: str) -> Membership:
    return cast.member("mentor", **person).memberships.select_related("role", "organisation").get()


def form_of(django_app, membership: Membership, by: User):
    page = django_app.get(reverse("programmes:membership_terms", args=[membership.pk]), user=by)
    return next(form for form in page.forms.values() if "employment" in form.fields)


def test_the_terms_are_kept_and_the_old_ones_are_in_the_trail(django_app, cast: Cast, coordinator: User) -> None:
    membership, manager = membership_of(cast, name="Bente"), cast.member("observer", name="Åse Lærum")
    form = form_of(django_app, membership, coordinator)
    form["in_training"], form["employment"], form["manager"] = True, "temporary", "ase laerum"

    page = form.submit().follow()

    membership.refresh_from_db()
    assert (membership.in_training, membership.employment, membership.reports_to) == (True, "temporary", manager)
    assert "Employment: temporary" in page.text
    assert "Line manager: Åse Lærum" in page.text
    facts = AuditEvent.objects.get(verb="membership.terms_changed").facts
    assert facts["old"] == {"in_training": False, "employment": "", "reports_to": None}
    assert facts["new"] == {"in_training": True, "employment": "temporary", "reports_to": manager.pk}


def test_saving_unchanged_keeps_the_manager_and_writes_nothing(django_app, cast: Cast, coordinator: User) -> None:
    membership = membership_of(cast)
    first, _second = cast.member("observer", name="Kari Vik"), cast.member("observer", name="Kari Vik")
    Membership.objects.filter(pk=membership.pk).update(reports_to=first)

    form_of(django_app, membership, coordinator).submit().follow()

    membership.refresh_from_db()
    assert membership.reports_to == first
    assert not AuditEvent.objects.filter(verb="membership.terms_changed").exists()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("Nobody Such", "Nobody in your part of the network has this name or address."),
        ("Kari Vik", "Several people have this name. Write the e-mail address instead."),
        ("Bente", "Nobody is their own line manager."),
        ("Hidden Elsewhere", "Nobody in your part of the network has this name or address."),
    ],
)
def test_a_manager_who_cannot_be_meant_is_refused(
    django_app, cast: Cast, coordinator: User, typed: str, said: str
) -> None:
    membership = membership_of(cast, name="Bente")
    for _number in range(2):
        cast.member("observer", name="Kari Vik")
    small_programme().member("observer", name="Hidden Elsewhere")
    form = form_of(django_app, membership, coordinator)
    form["manager"] = typed

    page = form.submit(status=422)

    assert said in page.text
    assert f'value="{typed}"' in page.text
    membership.refresh_from_db()
    assert membership.reports_to is None


def test_nobody_ends_their_own_training(django_app, cast: Cast, coordinator: User) -> None:
    cast.member("mentor", person=coordinator)
    membership = coordinator.memberships.get(role=cast.roles["mentor"])
    Membership.objects.filter(pk=membership.pk).update(in_training=True)
    form = form_of(django_app, membership, coordinator)
    form["in_training"] = False

    page = form.submit(expect_errors=True)

    assert page.status_code in (403, 422)
    assert "Somebody else says when your own training begins or ends." in page.text
    membership.refresh_from_db()
    assert membership.in_training is True


def test_strangers_and_the_person_do_not_find_it(client, cast: Cast) -> None:
    membership = membership_of(cast)
    beside = cast.member("coordinator", organisation=OrganisationFactory(parent=cast.top))
    for stranger in (beside, small_programme().member("coordinator"), membership.person):
        client.force_login(stranger)
        assert client.get(reverse("programmes:membership_terms", args=[membership.pk])).status_code == 404


def test_an_ended_role_keeps_its_terms(cast: Cast, coordinator: User) -> None:
    membership = membership_of(cast)
    membership.ended_on, membership.ended_by = membership.started_on, coordinator
    membership.save()
    with pytest.raises(DomainError, match="has ended"):
        change_terms(by=coordinator, membership=membership, in_training=True, employment="", reports_to=None)
