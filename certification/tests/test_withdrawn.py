"""A decision that was taken back stays on the ladder: whose it was, who took it back and when; why, where one reads
the grounds."""

import datetime as dt

import pytest
from django.urls import reverse

from accounts.models import User
from certification.actions.decide import Ruling, approve_step, send_back_step, withdraw_record
from certification.models import Candidacy
from certification.tests.factories import Hall

pytestmark = [pytest.mark.django_db, pytest.mark.both, pytest.mark.time_machine("2026-11-22 12:00", tick=False)]
WORDS = "Approved by Bente Aasen on 20 November 2026, withdrawn by Nils Dal on 22 November 2026"


@pytest.fixture
def people(hall: Hall) -> dict[str, User]:
    return {
        "siv": hall.member("peer_coach", name="Siv Tangen", language="en"),
        "bente": hall.member("mentor", name="Bente Aasen", language="en"),
        "nils": hall.member("mentor", name="Nils Dal", language="en"),
        "coordinator": hall.member("local_coordinator", language="en"),
    }


@pytest.fixture
def candidacy(hall: Hall, people: dict[str, User]) -> Candidacy:
    """The first step approved by one mentor and withdrawn by another."""
    climbing = hall.candidacy("peer_coach", people["siv"], "toddler")
    step = climbing.track_version.steps.get(key="certified")
    ruling = Ruling(dt.date(2026, 11, 20), ground="GROUND")
    record = approve_step(candidacy=climbing, step=step, ruling=ruling, by=people["bente"])
    withdraw_record(record=record, reason="REASON", by=people["nils"])
    return climbing


def page(django_app, candidacy: Candidacy, viewer: User):
    return django_app.get(reverse("certification:candidacy", args=[candidacy.pk]), user=viewer)


@pytest.mark.parametrize(("who", "reads"), [("siv", True), ("bente", True), ("nils", True), ("coordinator", False)])
def test_it_stays_on_its_step(django_app, people, candidacy, who: str, reads: bool) -> None:
    shown = page(django_app, candidacy, people[who])
    first, *others = shown.html.select(".ladder > li")
    assert WORDS in first.text
    assert ("REASON" in first.text) is reads
    assert "GROUND" not in shown.text, "the ground of what does not stand is not shown as if it did"
    assert not any("withdrawn by" in other.text for other in others)


def test_what_stands_and_what_was_taken_back(django_app, people, candidacy) -> None:
    step = candidacy.track_version.steps.get(key="certified")
    sent = Ruling(dt.date(2026, 11, 21), ground="Something is missing.")
    record = send_back_step(candidacy=candidacy, step=step, ruling=sent, by=people["nils"])
    withdraw_record(record=record, reason="It was there", by=people["nils"])
    approve_step(candidacy=candidacy, step=step, ruling=sent, by=people["nils"])
    text = page(django_app, candidacy, people["siv"]).html.select(".ladder > li")[0].text
    assert text.index("Approved by Nils Dal") < text.index(WORDS)
    assert "Sent back by Nils Dal on 21 November 2026, withdrawn by Nils Dal on 22 November 2026" in text


def test_who_only_keeps_own_acts_sees_those_two_and_nobody_elses(django_app, hall, people, candidacy) -> None:
    """No step waits for the mentors once the ladder is closed: what they did they see, and not each other's."""
    step = candidacy.track_version.steps.get(key="certified")
    other = hall.member("mentor", name="Third Mentor")
    again = approve_step(candidacy=candidacy, step=step, ruling=Ruling(dt.date(2026, 11, 21), "X"), by=other)
    withdraw_record(record=again, reason="HIDDEN", by=other)
    Candidacy.objects.filter(pk=candidacy.pk).update(
        state="closed", closed_at=dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC), closed_by=people["coordinator"]
    )
    shown = page(django_app, candidacy, people["bente"])
    assert shown.html.h1.text == "What you decided"
    assert WORDS in shown.text
    assert "REASON" in shown.text
    assert "HIDDEN" not in shown.text
    assert "Third Mentor" not in shown.text
