"""The coordinator's list of people."""

import pytest
from django.urls import reverse
from django.utils import translation

from accounts.models import AuditEvent
from coaches.tests.factories import PlacementFactory
from programmes.actions.invitations import invite
from programmes.tests.factories import Cast, OrganisationFactory, small_programme

pytestmark = pytest.mark.django_db
URL = "/people/"


@pytest.fixture
def cast() -> Cast:
    translation.activate("en")
    return small_programme()


@pytest.fixture
def coordinator(cast: Cast, client):
    person = cast.member("coordinator", name="Hanne Lillebø", language="en")
    client.force_login(person)
    return person


def shown(client, **query) -> str:
    page = client.get(URL, query)
    assert page.status_code == 200
    return page.content.decode()


def test_it_shows_role_organisation_coach_and_invitation(cast: Cast, coordinator, client) -> None:
    leader = cast.member("group_leader", name="Jonas Haugland", password=None)
    PlacementFactory(coach=cast.member("peer_coach", name="Ragnhild"), supervisee=leader, rule=cast.rules["group"])
    invite(by=coordinator, person=leader, programme=cast.programme)
    page = shown(client, q="haugland")
    for words in ("Jonas Haugland", "group leader", cast.office.name, "Ragnhild", "Sent, not opened"):
        assert words in page
    assert "Hanne Lillebø</a></th>" not in page


def test_search_ignores_accents(cast: Cast, coordinator, client) -> None:
    cast.member("group_leader", name="Máret Sørensen")
    assert "Máret Sørensen" in shown(client, q="maret sorensen")


@pytest.mark.parametrize(
    ("query", "found"), [({"coach": "without"}, "Without Coach"), ({"sign_in": "no_address"}, "No Address")]
)
def test_filters_narrow(cast: Cast, coordinator, client, query, found) -> None:
    leader = cast.member("group_leader", name="Without Coach")
    cast.member("observer", name="No Address", email=None, password=None)
    other = cast.member("group_leader", name="Has Both")
    coach = cast.member("peer_coach", name="The Coach")
    PlacementFactory(coach=coach, supervisee=other, rule=cast.rules["group"])
    PlacementFactory(coach=cast.member("mentor"), supervisee=coach, rule=cast.rules["mentoring"])
    page = shown(client, **query)
    names = ("Without Coach", "No Address", "Has Both", "The Coach")
    assert [name for name in names if f">{name}</a></th>" in page] == [found]
    assert leader.name in shown(client)


def test_a_filter_by_role_and_organisation(cast: Cast, coordinator, client) -> None:
    below = OrganisationFactory(parent=cast.office, name="Below")
    cast.member("mentor", below, name="Bente Mentor")
    cast.member("mentor", name="Other Mentor")
    cast.member("group_leader", below, name="Leader Below")
    page = shown(client, role=str(cast.roles["mentor"].pk), organisation=str(below.pk))
    assert "Bente Mentor" in page
    assert "Other Mentor" not in page
    assert "Leader Below" not in page


def test_people_outside_the_branch_are_not_there(cast: Cast, coordinator, client) -> None:
    cast.member("group_leader", cast.top, name="Above Branch")
    small_programme().member("group_leader", name="Other Network")
    page = shown(client)
    assert "Above Branch" not in page
    assert "Other Network" not in page


def test_odd_queries_never_reach_the_database(cast: Cast, coordinator, client) -> None:
    query = {"role": "1 OR 1=1", "sort": "password", "person__password__startswith": "x", "cursor": "zzz", "hat": "7"}
    assert "Hanne" in shown(client, **query)


def test_others_are_told_that_it_is_for_coordinators(cast: Cast, client) -> None:
    for role in ("mentor", "peer_coach", "group_leader", "observer"):
        client.force_login(cast.member(role))
        for name in ("people:list", "people:csv", "people:addresses", "programmes:organisations", "coaches:place"):
            assert client.get(reverse(name)).status_code == 403


def test_who_is_not_signed_in_is_asked_to(client) -> None:
    assert client.get(URL).status_code == 302


def test_the_file_holds_what_the_list_finds_and_no_formula(cast: Cast, coordinator, client) -> None:
    cast.member("group_leader", name="=HYPERLINK(1)", email="x@example.org")
    cast.member("mentor", name="Not Found")
    answer = client.get(reverse("people:csv"), {"role": str(cast.roles["group_leader"].pk)})
    text = b"".join(answer.streaming_content).decode()
    assert '"\'=HYPERLINK(1)"' in text
    assert "Not Found" not in text


def test_addresses_are_those_of_the_list_and_who_lacks_one_is_named(cast: Cast, coordinator, client) -> None:
    cast.member("group_leader", email="one@example.org")
    cast.member("group_leader", name="Per Uten", email=None)
    page = client.get(reverse("people:addresses"), {"role": str(cast.roles["group_leader"].pk)}).content.decode()
    assert ">one@example.org</textarea>" in page
    assert "Per Uten" in page


@pytest.mark.parametrize("name", ["csv", "addresses"])
def test_taking_the_list_out_stands_in_the_trail(cast: Cast, coordinator, client, name) -> None:
    """Who, which list, what was chosen, and how many lines; of a search only that there was one."""
    cast.member("group_leader", name="Ingrid Moen")
    client.get(reverse(f"people:{name}"), {"q": "Ingrid", "coach": "without"})
    event = AuditEvent.objects.get(verb="export.made")
    assert (event.by_id, event.facts["list"]) == (
        coordinator.pk,
        {"csv": "people", "addresses": "people.addresses"}[name],
    )
    assert event.facts["rows"] == 1
    assert (event.facts["filters"]["coach"], event.facts["filters"]["searched"]) == ("without", True)
    assert "Ingrid" not in str(event.facts)


def test_as_few_queries_for_many_as_for_few(cast: Cast, coordinator, client, django_assert_max_num_queries) -> None:
    for number in range(3):
        PlacementFactory(
            coach=cast.member("peer_coach"), supervisee=cast.member("group_leader"), rule=cast.rules["group"]
        )
        if number in (0, 2):
            with django_assert_max_num_queries(LIST_QUERIES):
                shown(client)


LIST_QUERIES = 8


def test_a_long_list_goes_on_by_key(cast: Cast, coordinator, client) -> None:
    for number in range(30):
        cast.member("group_leader", name=f"Leader {number:02}")
    page = client.get(URL)
    assert len(page.context["rows"]) == 25
    assert page.context["page"].next
    following = client.get(URL, {"cursor": page.context["page"].next})
    assert len(following.context["rows"]) == 6
