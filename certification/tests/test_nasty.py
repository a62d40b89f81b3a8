"""Odd input to every form of the ladder: a sentence and an honest status, never an error, nothing half done."""

import datetime as dt

import pytest
from django.test import Client

from accounts.models import User
from certification.models import Certificate, StepRecord, TrainingEvent
from certification.tests.factories import Hall, event
from common.tests.odd import spread

pytestmark = [pytest.mark.django_db, pytest.mark.both, pytest.mark.time_machine("2026-11-22 12:00", tick=False)]
ODD = [
    "",
    " \t ",
    "x" * 6000,
    "9" * 40,
    "-1",
    "2026-02-30",
    "31.02.2026",
    "0001-01-01",
    "9999-12-31",
    "<script>alert(1)</script>",
    "=HYPERLINK(1)",
    "a\r\nBcc: other@example.org",
    "𝒳 😀 \u202e ﷺ",
    "'; DROP TABLE certification_step; --",
    "__all__",
]
HONEST = {200, 302, 400, 403, 404, 409, 422}


@pytest.fixture
def mentor(hall: Hall) -> User:
    return hall.member("mentor", hall.top)


def post_all(client: Client, url: str, fields: list[str]) -> None:
    """Each odd value in each field."""
    for body in spread(fields, ODD):
        answer = client.post(url, body)
        assert answer.status_code in HONEST, (url, body, answer.status_code)


def test_deciding_handing_in_issuing_closing(client: Client, hall: Hall, mentor: User) -> None:
    siv = hall.member("peer_coach")
    candidacy = hall.candidacy("peer_coach", siv, "toddler")
    step = candidacy.track_version.steps.get(key="certified")
    client.force_login(siv)
    post_all(client, f"/ladder/{candidacy.pk}/steps/{step.pk}/paper/", ["reference"])
    client.force_login(mentor)
    ruling = ["outcome", "decided_on", "ground", "reference", "outside_number"]
    post_all(client, f"/ladder/{candidacy.pk}/steps/{step.pk}/", ruling)
    post_all(client, f"/ladder/{candidacy.pk}/certificate/", ruling)
    assert not StepRecord.objects.exists()
    assert not Certificate.objects.exists()
    for odd in ("0", "9" * 18, "99999999999999999999999"):
        for url in (f"/ladder/{odd}/", f"/ladder/{candidacy.pk}/steps/{odd}/", f"/certificates/{odd}/"):
            assert client.get(url).status_code == 404


def test_beginning_and_trainings(client: Client, hall: Hall, mentor: User) -> None:
    siv = hall.member("peer_coach")
    client.force_login(mentor)
    programme = hall.programme.pk
    post_all(client, f"/ladder/start/{programme}/{siv.pk}/", ["track", "variant"])
    post_all(client, f"/ladder/start/{programme}/organisation/", ["track", "organisation"])
    post_all(client, f"/trainings/new/{programme}/", ["kind", "title", "organisation", "place", "leader", "days"])
    assert not TrainingEvent.objects.exists()
    made = event(hall, "peer_coach_basic", [dt.date(2026, 11, 3)], {siv: []}, leader=mentor)
    post_all(client, f"/trainings/{made.pk}/people/", ["person"])
    post_all(client, f"/trainings/{made.pk}/", ["shown", "day", "there-1-1", "everybody"])
    assert made.participants.count() == 1


def test_withdrawing(client: Client, hall: Hall) -> None:
    holder, coordinator = hall.member("peer_coach"), hall.member("local_coordinator")
    made = Certificate.objects.create(
        programme=hall.programme,
        person=holder,
        origin="before",
        number="X-1",
        title="Peer coach",
        holder_name=holder.name,
        language="nb",
        code="7" * 26,
        issued_on=dt.date(2026, 1, 1),
        issued_at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC),
        issued_by=coordinator,
    )
    client.force_login(coordinator)
    for odd in ("", " \t ", "x" * 6000, "a\r\nBcc: x@y"):
        assert client.post(f"/certificates/{made.pk}/withdraw/", {"reason": odd}).status_code == 422
    made.refresh_from_db()
    assert made.withdrawn_at is None


@pytest.mark.parametrize("odd", [one for one in ODD if one.strip()])
def test_checking_a_code(client: Client, odd: str) -> None:
    answer = client.get("/verify/", {"code": odd}, headers={"accept-language": "en"})
    assert answer.status_code in (302, 422)
    if answer.status_code == 422:
        assert 'aria-invalid="true"' in answer.content.decode()


@pytest.mark.parametrize("q", ODD)
def test_lists_and_searches(client: Client, hall: Hall, q: str) -> None:
    client.force_login(hall.member("local_coordinator"))
    for url in ("/ladder/candidates/", "/ladder/start/", "/trainings/", "/certificates/"):
        query = {"q": q, "sort": q, "state": q, "track": q, "cursor": q, "hat": q, "size": q}
        assert client.get(url, query).status_code in (200, 400), url
