"""The same form about the ladder sent twice: its work is done once."""

import datetime as dt

import pytest
from django.urls import reverse

from accounts.models import AuditEvent, User
from certification.actions.papers import make_waiting_papers
from certification.models import Candidacy, Certificate, Evidence, StepRecord, TrainingEvent
from certification.tests.factories import Hall, approve_decided, fill_computed
from notices.models import Notice

pytestmark = [pytest.mark.django_db, pytest.mark.both, pytest.mark.time_machine("2026-11-22 12:00", tick=False)]


def left() -> list[object]:
    """Everything that a form about the ladder can leave."""
    tables = (AuditEvent, Notice, Candidacy, Certificate, Evidence, StepRecord, TrainingEvent)
    return [list(table.objects.order_by("pk").values_list("pk", flat=True)) for table in tables]


def twice(django_app, address: str, user: User, **fields: str) -> tuple[int, str]:
    """Send the page's form, and once more as it was; the second leaves nothing. Its status and text."""
    shown = django_app.get(address, user=user)
    form = next(one for one in shown.forms.values() if set(fields) <= {name for name in one.fields if name})
    for name, value in fields.items():
        form[name] = value
    assert form.submit().status_code == 302
    before = left()
    second = form.submit(expect_errors=True)
    assert left() == before
    return second.status_code, second.text


@pytest.fixture
def mentor(hall: Hall) -> User:
    return hall.member("mentor", name="Bente Aasen", language="en")


@pytest.fixture
def candidacy(hall: Hall) -> Candidacy:
    return hall.candidacy("peer_coach", hall.member("peer_coach", name="Siv Tangen", language="en"), "toddler")


def page(candidacy: Candidacy, name: str, key: str = "") -> str:
    ids = [candidacy.pk, candidacy.track_version.steps.get(key=key).pk] if key else [candidacy.pk]
    return reverse(f"certification:{name}", args=ids)


def test_a_step_approved(django_app, mentor: User, candidacy: Candidacy) -> None:
    address = page(candidacy, "decide", "certified")
    assert twice(django_app, address, mentor, outcome="approved", ground="Seen.")[0] == 302


def test_a_step_sent_back(django_app, mentor: User, candidacy: Candidacy) -> None:
    address = page(candidacy, "decide", "certified")
    assert twice(django_app, address, mentor, outcome="sent_back", ground="The date is missing.")[0] == 302
    assert StepRecord.objects.count() == Notice.objects.filter(kind="step_sent_back").count() == 1
    assert twice(django_app, address, mentor, outcome="sent_back", ground="So is the name.")[0] == 302
    assert StepRecord.objects.count() == 2, "other words are another decision"


def test_a_paper_handed_in_and_again_once_it_was_sent_back(django_app, mentor: User, candidacy: Candidacy) -> None:
    address, siv = page(candidacy, "hand_in", "certified"), candidacy.person
    assert siv is not None
    assert twice(django_app, address, siv, reference="The blue folder")[0] == 302
    assert Evidence.objects.count() == 1
    twice(django_app, page(candidacy, "decide", "certified"), mentor, outcome="sent_back", ground="Not there.")
    StepRecord.objects.update(decided_at=dt.datetime(2026, 11, 22, 12, 1, tzinfo=dt.UTC))
    form = next(one for one in django_app.get(address, user=siv).forms.values() if "reference" in one.fields)
    form["reference"] = "The blue folder"
    form.submit()
    assert Evidence.objects.count() == 2, "the same place answers once more"


def test_a_certificate(django_app, hall: Hall, mentor: User, candidacy: Candidacy) -> None:
    fill_computed(hall, candidacy, hall.member("group_leader"))
    approve_decided(candidacy, User.objects.system(), but=["decision"])
    assert twice(django_app, page(candidacy, "issue"), mentor, ground="Every step is done.")[0] == 302
    made = Certificate.objects.get()
    assert make_waiting_papers(dt.datetime(2026, 11, 22, 12, 1, tzinfo=dt.UTC)) == 1
    withdraw = reverse("certification:withdraw", args=[made.pk])
    assert twice(django_app, withdraw, mentor, reason="The wrong person")[0] in (404, 409, 422)


def test_a_training(django_app, hall: Hall) -> None:
    coordinator = hall.member("local_coordinator", language="en")
    address = reverse("certification:new_training", args=[hall.programme.pk])
    fields = {"kind": "peer_coach_network", "title": "Network day", "organisation": str(hall.office.pk)}
    assert twice(django_app, address, coordinator, days="1.12.2026", **fields)[0] == 302
    assert twice(django_app, address, coordinator, days="2.12.2026", **fields)[0] == 302
    assert TrainingEvent.objects.count() == 2, "another day is another training"


def test_a_ladder_begun(django_app, hall: Hall) -> None:
    coordinator, siv = hall.member("local_coordinator", language="en"), hall.member("peer_coach", name="Siv Tangen")
    address = reverse("certification:start_person", args=[hall.programme.pk, siv.pk])
    version = hall.track("peer_coach").versions.get(is_current=True)
    status, text = twice(django_app, address, coordinator, track=str(version.pk), variant="toddler")
    assert (status, "on the way up this ladder already" in text) == (409, True)
