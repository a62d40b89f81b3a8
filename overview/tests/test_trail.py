"""The trail: what a coordinator reads of the own branch, and never of another."""

import datetime as dt

import pytest
import time_machine
from django.db import transaction
from django.urls import reverse

from accounts.actions.audit import record
from accounts.models import AuditEvent, User
from programmes.tests.factories import Cast, OrganisationFactory, small_programme

pytestmark = pytest.mark.django_db
TRAIL = "overview:trail"
CANARY = "canary-words"


@pytest.fixture
def cast() -> Cast:
    return small_programme()


def happened(cast: Cast, by: User, verb: str = "placement.opened", people=(), at=None, **fields) -> AuditEvent:
    given = {"programme_id": cast.programme.pk, "organisation_path": cast.office.path} | fields
    with time_machine.travel(at or dt.datetime(2026, 11, 20, 9, tzinfo=dt.UTC), tick=False), transaction.atomic():
        return record(by=by, verb=verb, people=people, **given)


def reads(client, person: User, query: str = ""):
    User.objects.filter(pk=person.pk).update(language="en")
    client.force_login(person)
    return client.get(reverse(TRAIL) + query)


def test_a_coordinator_reads_who_did_what_to_whom_and_when(client, cast) -> None:
    kari = cast.member("coordinator", cast.top, name="Kari Sæther")
    ingrid = cast.member("group_leader", name="Ingrid Moen")
    happened(cast, kari, people=[ingrid], facts={"place": 2, "secret": CANARY})
    answer = reads(client, kari)
    [line] = answer.context["lines"]
    assert (line.by, line.did) == ("Kari Sæther", "Gave a place with a coach")
    assert line.people == [(ingrid.pk, "Ingrid Moen")]
    assert line.facts == "place 2"
    assert CANARY not in answer.content.decode()
    assert "20.11.2026 10:00" in answer.content.decode()


def test_what_was_corrected_is_told_with_the_old_values(client, cast) -> None:
    kari = cast.member("coordinator", cast.top)
    old = {
        "organisation": "Solvik",
        "started_on": "2020-01-01",
        "in_training": True,
        "employment": "",
        "reports_to": 7,
    }
    new = {"organisation": "Granlia", "started_on": "2021-02-03", "in_training": False, "employment": "volunteer"}
    happened(
        cast, kari, "membership.corrected", facts={"old": old | {"reports_to": 7}, "new": new | {"reports_to": None}}
    )
    [line] = reads(client, kari).context["lines"]
    assert line.facts == (
        "Solvik became Granlia, first day: 1 January 2020 became 3 February 2021, no longer in training, "
        "now volunteer, no line manager"
    )


def test_other_branches_and_networks_are_not_there(client, cast) -> None:
    east = OrganisationFactory(parent=cast.top)
    kari = cast.member("coordinator", cast.office)
    other = small_programme()
    happened(cast, kari)
    happened(cast, kari, organisation_path=east.path)
    happened(cast, kari, organisation_path=cast.top.path)
    happened(other, kari)
    happened(cast, kari, organisation_path="")
    assert len(reads(client, kari).context["lines"]) == 1


def test_a_hat_of_another_network_opens_nothing(client, cast) -> None:
    other = small_programme()
    other.member("coordinator", other.top)
    kari = cast.member("coordinator", cast.top)
    assert reads(client, kari, f"?hat={other.programme.pk}-coordinator").status_code == 404
    assert reads(client, kari, f"?hat={cast.programme.pk}-coordinator").status_code == 200


@pytest.mark.parametrize("role", ["mentor", "peer_coach", "group_leader", "observer"])
def test_nobody_else_reads_it(client, cast, role: str) -> None:
    for name in (TRAIL, "overview:trail_csv"):
        client.force_login(cast.member(role))
        assert client.get(reverse(name)).status_code == 403


def test_the_trail_is_narrowed_by_person_group_and_days(client, cast) -> None:
    kari = cast.member("coordinator", cast.top, name="Kari")
    maret = cast.member("group_leader", name="Máret Utsi")
    happened(cast, kari, people=[maret], at=dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC))
    happened(cast, kari, "session.planned", at=dt.datetime(2026, 3, 3, 9, tzinfo=dt.UTC))
    assert [line.did for line in reads(client, kari, "?q=maret").context["lines"]] == ["Gave a place with a coach"]
    assert [line.did for line in reads(client, kari, "?about=sessions").context["lines"]] == ["Planned a session"]
    days = reads(client, kari, "?first=3.3.2026&last=3.3.2026")
    assert [line.did for line in days.context["lines"]] == ["Planned a session"]
    assert reads(client, kari, "?q=nobody").context["lines"] == []


def test_a_day_that_is_none_is_said_at_the_field(client, cast) -> None:
    answer = reads(client, cast.member("coordinator", cast.top), "?first=32.13.2026")
    assert answer.status_code == 400
    assert "32.13.2026" in answer.content.decode()


def test_taking_the_trail_out_stands_in_the_trail(client, cast) -> None:
    kari = cast.member("coordinator", cast.top, name="=Kari")
    happened(cast, kari)
    client.force_login(kari)
    answer = client.get(reverse("overview:trail_csv"))
    text = b"".join(answer.streaming_content).decode()
    assert "'=Kari" in text
    event = AuditEvent.objects.get(verb="export.made")
    asked = {"about": "all", "since": "all"}
    assert event.by_id == kari.pk
    assert event.facts == {"list": "trail", "hat": event.facts["hat"], "filters": asked, "rows": 1}


@pytest.mark.parametrize("many", [False, True])
def test_the_trail_costs_the_same_with_few_and_many(client, cast, django_assert_num_queries, many: bool) -> None:
    kari = cast.member("coordinator", cast.top)
    for _number in range(60 if many else 1):
        happened(cast, kari, people=[cast.member("group_leader")])
    client.force_login(kari)
    # Who is signed in (2), the frame (2), the page, whom it concerned, names, organisations.
    with django_assert_num_queries(8):
        answer = client.get(reverse(TRAIL))
    assert bool(answer.context["page"].next) is many
