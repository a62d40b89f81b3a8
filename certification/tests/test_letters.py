"""Mails of the ladder: that something was decided and where, in the reader's language, never why."""

import datetime as dt

import pytest
from django.utils import translation

from accounts.models import User
from certification.actions.certificates import replace_certificate, withdraw_certificate
from certification.actions.decide import Ruling, approve_step, send_back_step, withdraw_record
from certification.actions.issue import issue_certificate
from certification.models import Certificate, StepRecord
from certification.tests.factories import Hall, approve, approve_decided, fill_computed
from notices import kinds
from notices.models import Notice

pytestmark = [pytest.mark.django_db, pytest.mark.both, pytest.mark.time_machine("2026-11-22 12:00", tick=False)]
WHY = "CANARY"
RULING = Ruling(decided_on=dt.date(2026, 11, 20), ground=WHY)


def told(kind: str, language: str = "en") -> tuple[User, str, str]:
    """The one notice of the kind: its recipient, its words and its first link."""
    notice = Notice.objects.get(kind=kind)
    with translation.override(language):
        letter = kinds.get(kind).letter(notice)
        words = " ".join([letter.title, *letter.paragraphs, letter.why])
    assert WHY not in words
    return notice.recipient, words, letter.action.path


@pytest.fixture
def certificate(hall: Hall) -> Certificate:
    siv, mentor = hall.member("peer_coach", name="Siv Tangen"), hall.member("mentor", name="Bente Aasen")
    candidacy = hall.candidacy("peer_coach", siv, "toddler")
    fill_computed(hall, candidacy, hall.member("peer_coach"))
    approve_decided(candidacy, User.objects.system(), but=("suitability", "decision"))
    approve(candidacy, "suitability", User.objects.system())
    approve_decided(candidacy, User.objects.system(), but=("decision",))
    return issue_certificate(candidacy=candidacy, ruling=RULING, by=mentor)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "The certificate DUA-2026-0001, Peer coach (DUÅ-veileder), is withdrawn and no longer valid."),
        ("nb", "Sertifikatet DUA-2026-0001, Peer coach (DUÅ-veileder), er trukket tilbake og gjelder ikke lenger."),
        ("da", "Certifikatet DUA-2026-0001, Peer coach (DUÅ-veileder), er trukket tilbage og gælder ikke længere."),
    ],
)
def test_a_certificate_withdrawn(hall: Hall, certificate: Certificate, language: str, words: str) -> None:
    withdraw_certificate(certificate=certificate, reason=WHY, by=hall.member("local_coordinator"))
    recipient, said, path = told("certificate_withdrawn", language)
    assert words in said
    assert (recipient, path) == (certificate.person, f"/certificates/{certificate.pk}/")


def test_a_certificate_replaced_names_the_new_one(hall: Hall, certificate: Certificate) -> None:
    new = replace_certificate(certificate=certificate, reason=WHY, by=hall.member("local_coordinator"))
    _recipient, said, path = told("certificate_withdrawn")
    assert said.startswith("A certificate is replaced")
    assert "The certificate DUA-2026-0002 has taken its place." in said
    assert path == f"/certificates/{new.pk}/"


def test_the_role_is_offered_to_the_coordinator_where_it_was_issued(
    django_app, hall: Hall, certificate: Certificate
) -> None:
    """With everything filled in; to nobody else, not for a role that is held, not once it is withdrawn."""
    coordinator, address = hall.member("local_coordinator", language="en"), f"/certificates/{certificate.pk}/"
    held = certificate.person.memberships.get()
    held.ended_on, held.ended_by = held.started_on, coordinator
    held.save()
    hall.member("group_leader", person=certificate.person)
    form = next(
        form
        for form in django_app.get(address, user=coordinator).click("Give the role").forms.values()
        if "started_on" in form.fields
    )
    assert form["role"].value == str(hall.roles["peer_coach"].pk)
    assert form["organisation"].value == str(hall.office.pk)
    form.submit()
    assert "already" in django_app.get(address, user=coordinator).html.select_one("[aria-labelledby=role-h]").text
    for somebody in (certificate.person, certificate.issued_by):
        assert not django_app.get(address, user=somebody).html.select("[aria-labelledby=role-h]")
    withdraw_certificate(certificate=certificate, reason=WHY, by=coordinator)
    assert not django_app.get(address, user=coordinator).html.select("[aria-labelledby=role-h]")


def test_a_certificate_issued(certificate: Certificate) -> None:
    recipient, said, path = told("certificate_issued")
    assert "The certificate DUA-2026-0001 is issued: Peer coach" in said
    assert (recipient, path) == (certificate.person, f"/certificates/{certificate.pk}/")


def test_decided_sent_back_and_open_again(hall: Hall) -> None:
    ingrid, mentor = hall.member("group_leader", name="Ingrid Moen"), hall.member("mentor", name="Bente Aasen")
    candidacy = hall.candidacy("peer_coach", ingrid, "toddler")
    first, second = candidacy.track_version.steps.filter(key__in=("certified", "experience")).order_by("order")
    approved = approve_step(candidacy=candidacy, step=first, ruling=RULING, by=mentor)
    send_back_step(candidacy=candidacy, step=second, ruling=RULING, by=mentor)
    withdraw_record(record=approved, reason=WHY, by=mentor)
    for kind, words in (
        ("step_approved", "Bente Aasen has approved the step"),
        ("step_sent_back", "Bente Aasen has sent back the step"),
        ("step_reopened", "Bente Aasen has withdrawn the decision about the step"),
    ):
        recipient, said, path = told(kind)
        assert words in said
        assert (recipient, path) == (ingrid, f"/ladder/{candidacy.pk}/")
    kind, notice = kinds.get("step_reopened"), Notice.objects.get(kind="step_reopened")
    assert kind.still_wanted(notice) is True
    approve_step(candidacy=candidacy, step=first, ruling=RULING, by=mentor)
    assert kind.still_wanted(notice) == "approved"
    assert StepRecord.objects.count() == 3


def test_an_organisations_certificate_is_told_to_who_began(hall: Hall) -> None:
    """No person holds it; what an import brought in without a candidacy is told to nobody."""
    coordinator = hall.member("local_coordinator")
    fields = {
        "programme": hall.programme,
        "organisation": hall.office,
        "holder_name": hall.office.name,
        "title": "In operation",
        "language": "nb",
        "issued_on": dt.date(2026, 1, 1),
        "issued_at": dt.datetime(2026, 1, 1, tzinfo=dt.UTC),
        "issued_by": User.objects.system(),
    }
    alone = Certificate.objects.create(**fields, number="X-1", code="7" * 26)
    withdraw_certificate(certificate=alone, reason=WHY, by=coordinator)
    assert not Notice.objects.filter(kind="certificate_withdrawn").exists()
    candidacy = hall.candidacy("group_leader", hall.office)
    candidacy.started_by = hall.member("mentor")
    candidacy.save()
    begun = Certificate.objects.create(**fields, number="X-2", code="6" * 26, candidacy=candidacy)
    withdraw_certificate(certificate=begun, reason=WHY, by=coordinator)
    assert told("certificate_withdrawn")[0] == candidacy.started_by
