"""The tree of organisations: look, add, rename, move."""

import pytest
from django.urls import reverse
from django.utils import translation

from accounts.models import AuditEvent
from programmes.actions.organisations import move_organisation
from programmes.models import Organisation
from programmes.readers.organisations import near_organisations
from programmes.tests.factories import Cast, OrganisationFactory, small_programme

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    translation.activate("en")
    return small_programme()


@pytest.fixture
def coordinator(cast: Cast):
    return cast.member("coordinator", language="en")


def address(name: str, organisation: Organisation) -> str:
    return reverse(f"programmes:{name}", args=[organisation.pk])


def form_of(page, field: str):
    return next(form for form in page.forms.values() if field in form.fields)


def test_the_tree_draws_each_under_its_parent_with_its_people(cast: Cast, coordinator, client) -> None:
    below = OrganisationFactory(parent=cast.office, name="Solvik")
    OrganisationFactory(parent=below, name="Deepest")
    OrganisationFactory(parent=cast.office, name="Ås")
    client.force_login(coordinator)
    rows = client.get(reverse("programmes:organisations")).context["rows"]
    assert [(row.organisation.name, row.level, row.people) for row in rows] == [
        (cast.office.name, 0, 1),
        ("Solvik", 1, 0),
        ("Deepest", 2, 0),
        ("Ås", 1, 0),
    ]


def test_the_same_queries_for_few_and_many(cast: Cast, coordinator, client, django_assert_max_num_queries) -> None:
    client.force_login(coordinator)
    for _number in range(2):
        with django_assert_max_num_queries(8):
            client.get(reverse("programmes:organisations"))
        for _one in range(20):
            OrganisationFactory(parent=cast.office)


def test_an_organisation_is_added_below(cast: Cast, coordinator, django_app) -> None:
    form = form_of(django_app.get(address("add_organisation", cast.office), user=coordinator.email), "name")
    form["name"] = "Nørrelund"
    answer = form.submit()
    made = Organisation.objects.get(name="Nørrelund")
    assert answer.location == address("organisation", made)
    assert made.path == f"{cast.office.path}{made.pk:06d}/"
    assert AuditEvent.objects.get(verb="organisation.added").organisation_path == made.path


def test_a_name_that_nearly_exists_asks_which_is_meant(cast: Cast, coordinator, django_app) -> None:
    OrganisationFactory(parent=cast.office, name="Solvik")
    form = form_of(django_app.get(address("add_organisation", cast.office), user=coordinator.email), "name")
    form["name"] = "Solvik kommune"
    page = form.submit(status=422)
    assert "There is already: Solvik." in page.text
    form = form_of(page, "sure")
    form["sure"] = True
    assert form.submit().status_code == 302


def test_the_same_name_beside_it_is_refused(cast: Cast, coordinator, client) -> None:
    OrganisationFactory(parent=cast.office, name="Solvik")
    client.force_login(coordinator)
    page = client.post(address("add_organisation", cast.office), {"name": "SOLVIK", "sure": "on"})
    assert page.status_code == 422
    assert "already an organisation called SOLVIK" in page.content.decode()


def test_a_name_is_corrected_and_the_old_one_kept_in_the_trail(cast: Cast, coordinator, client) -> None:
    client.force_login(coordinator)
    old = cast.office.name
    assert client.post(address("rename_organisation", cast.office), {"name": "Right"}).status_code == 302
    assert AuditEvent.objects.get(verb="organisation.renamed").facts == {"old": old, "new": "Right"}


def test_a_move_takes_everything_below_along(cast: Cast, coordinator, django_app) -> None:
    here, there = OrganisationFactory(parent=cast.office), OrganisationFactory(parent=cast.office)
    child = OrganisationFactory(parent=here)
    page = django_app.get(address("move_organisation", here), user=coordinator.email)
    form = form_of(page, "parent")
    assert str(here.pk) not in [value for value, _chosen, _label in form["parent"].options]
    form["parent"] = str(there.pk)
    form.submit()
    child.refresh_from_db()
    assert child.path == f"{there.path}{here.pk:06d}/{child.pk:06d}/"


def test_nothing_lies_under_itself(cast: Cast, coordinator) -> None:
    child = OrganisationFactory(parent=cast.office)
    with pytest.raises(Exception, match="cannot lie under itself"):
        move_organisation(by=coordinator, organisation=cast.office, parent=child)


def test_above_the_branch_is_refused_and_another_network_not_found(cast: Cast, coordinator, client) -> None:
    client.force_login(coordinator)
    other = small_programme().office
    for name in ("organisation", "add_organisation", "rename_organisation", "move_organisation"):
        assert client.get(address(name, cast.top)).status_code == 403
        assert client.post(address(name, cast.top)).status_code in (403, 405)
        assert client.get(address(name, other)).status_code == 404


@pytest.mark.parametrize(
    ("typed", "found"),
    [("solvik kommune", True), ("Sólvik", True), ("Solvig", True), ("Sandvik", False), ("Sol", False), ("", False)],
)
def test_what_counts_as_nearly_the_same(cast: Cast, typed: str, found: bool) -> None:
    OrganisationFactory(parent=cast.office, name="Solvik")
    assert ("Solvik" in [one.name for one in near_organisations(typed, cast.top)]) is found
