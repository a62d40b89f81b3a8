"""A certificate is issued by an explicit decision, with its number, frozen text, and a PDF that the worker draws."""

import datetime as dt
import hashlib
import io
from contextlib import closing

import pikepdf
import pypdfium2
import pytest

from accounts.models import AuditEvent, User
from certification.actions.certificates import replace_certificate, withdraw_certificate
from certification.actions.decide import Ruling
from certification.actions.issue import issue_certificate
from certification.actions.papers import LEASE, make_paper, make_waiting_papers
from certification.models import Candidacy, Certificate
from certification.tests.factories import Hall, approve_decided, event, fill_computed, form, fresh, installed
from common.errors import Conflict, DomainError, NotAllowed
from notices.models import Notice

pytestmark = [pytest.mark.django_db, pytest.mark.both, pytest.mark.time_machine("2026-11-22 12:00", tick=False)]
RULING = Ruling(decided_on=dt.date(2026, 11, 20), ground="Every step is done.")


def ready(hall: Hall, name: str = "Siv Tangen") -> Candidacy:
    """A peer coach with every step done but the decision."""
    candidacy = hall.candidacy("peer_coach", hall.member("peer_coach", name=name), "toddler")
    fill_computed(hall, candidacy, hall.member("group_leader"))
    approve_decided(candidacy, User.objects.system(), but=["decision"])
    return candidacy


def issued(hall: Hall, name: str = "Siv Tangen") -> Certificate:
    return issue_certificate(candidacy=ready(hall, name), ruling=RULING, by=hall.member("mentor", name="Bente Aasen"))


def test_the_decision_issues_it(hall: Hall) -> None:
    certificate = issued(hall)
    assert certificate.number == "DUA-2026-0001"
    assert (certificate.holder_name, certificate.title) == ("Siv Tangen", "Peer coach (DUÅ-veileder)")
    assert (certificate.issued_on, certificate.valid_until) == (dt.date(2026, 11, 20), None)
    assert certificate.candidacy is not None
    candidacy = Candidacy.objects.get(pk=certificate.candidacy.pk)
    assert (candidacy.state, candidacy.closed_by) == ("certified", certificate.issued_by)
    record = candidacy.records.get(step__key="decision")
    assert record.counted.splitlines()[4].split(": ")[1].startswith("10 ")
    assert certificate.text["counted"] == record.counted.splitlines()
    assert certificate.text["signed_by"] == "Bente Aasen"
    assert AuditEvent.objects.get(verb="certificate.issued").facts["number"] == "DUA-2026-0001"
    assert Notice.objects.get(kind="certificate_issued").recipient_id == candidacy.person_id


def test_numbers_run_on(hall: Hall) -> None:
    assert [issued(hall).number for _number in range(3)] == ["DUA-2026-0001", "DUA-2026-0002", "DUA-2026-0003"]
    Certificate.objects.filter(number="DUA-2026-0003").update(number="DUA-2026-9999")
    assert [issued(hall).number for _number in range(2)] == ["DUA-2026-10000", "DUA-2026-10001"]


def test_steps_cannot_be_skipped(hall: Hall) -> None:
    candidacy = hall.candidacy("peer_coach", hall.member("peer_coach"), "toddler")
    with pytest.raises(DomainError, match="Still open") as refusal:
        issue_certificate(candidacy=candidacy, ruling=RULING, by=hall.member("mentor"))
    assert refusal.value.code == "not_ready"
    assert not Certificate.objects.exists()


def test_not_by_another_role_nor_oneself_nor_twice(hall: Hall) -> None:
    candidacy = ready(hall)
    assert candidacy.person is not None
    hall.member("mentor", person=candidacy.person)
    for somebody in (candidacy.person, hall.member("local_coordinator"), hall.member("mentor", in_training=True)):
        with pytest.raises(NotAllowed):
            issue_certificate(candidacy=candidacy, ruling=RULING, by=somebody)
    mentor = hall.member("mentor")
    issue_certificate(candidacy=candidacy, ruling=RULING, by=mentor)
    with pytest.raises(Conflict):
        issue_certificate(candidacy=candidacy, ruling=RULING, by=mentor)
    assert Certificate.objects.count() == 1


def test_decided_outside_carries_their_number_and_no_pdf(hall: Hall) -> None:
    candidacy = hall.candidacy("trainer", hall.member("mentor", name="Nils Dal"))
    office = hall.member("regional_office")
    approve_decided(candidacy, office, but=["invitation"])
    with pytest.raises(DomainError) as refusal:
        issue_certificate(candidacy=candidacy, ruling=RULING, by=office)
    assert refusal.value.field == "outside_number"
    ruling = Ruling(RULING.decided_on, RULING.ground, outside_number="IY-77/2026")
    certificate = issue_certificate(candidacy=candidacy, ruling=ruling, by=office)
    assert (certificate.number, certificate.origin, certificate.pdf) == ("IY-77/2026", "outside", None)
    assert make_waiting_papers(dt.datetime(2026, 11, 22, 13, tzinfo=dt.UTC)) == 0
    other = hall.candidacy("trainer", hall.member("mentor"))
    approve_decided(other, office, but=["invitation"])
    with pytest.raises(DomainError, match="has this number"):
        issue_certificate(candidacy=other, ruling=ruling, by=office)


def test_validity_is_the_tracks() -> None:
    hall = installed("peer_coaching")
    candidacy = hall.candidacy("peer_coach_badge", hall.member("participant"))
    fill_computed(hall, candidacy, hall.member("participant"), dt.date(2026, 3, 2))
    owner = hall.member("programme_owner")
    approve_decided(candidacy, owner, but=["badge"])
    assert fresh(candidacy).is_ready
    certificate = issue_certificate(candidacy=candidacy, ruling=RULING, by=owner)
    assert certificate.valid_until == dt.date(2028, 11, 19)
    assert certificate.number == "PC-2026-0001"


def test_an_organisation_without_a_last_approval() -> None:
    hall = installed("peer_training")
    candidacy = hall.candidacy("ready_workplace", hall.office)
    manager = hall.member("manager")
    approve_decided(candidacy, manager)
    with pytest.raises(DomainError, match="Still open"):
        issue_certificate(candidacy=candidacy, ruling=RULING, by=manager)
    event(hall, "shared_day", [dt.date(2026, 5, 4)], {hall.member("colleague"): [dt.date(2026, 5, 4)]})
    form(hall, "workplace_readiness", dt.date(2026, 6, 1), rater=manager, organisation=hall.office)
    certificate = issue_certificate(candidacy=candidacy, ruling=RULING, by=manager)
    assert (certificate.organisation, certificate.holder_name) == (hall.office, hall.office.name)
    assert certificate.valid_until == dt.date(2027, 11, 19)


def test_letters_that_no_font_has_are_refused_before_anything_is_kept(hall: Hall) -> None:
    candidacy = ready(hall, "Siv 李")
    with pytest.raises(DomainError, match="李") as refusal:
        issue_certificate(candidacy=candidacy, ruling=RULING, by=hall.member("mentor"))
    assert refusal.value.code == "letters"
    assert not Certificate.objects.exists()
    assert Candidacy.objects.get(pk=candidacy.pk).state == "open"


def test_the_worker_draws_it_once(hall: Hall) -> None:
    certificate = issued(hall, "Áilu Čáhppesŋuolla Đồng Thị محمد")
    assert certificate.pdf is None
    assert make_paper(certificate.pk) is True
    certificate.refresh_from_db()
    pdf = bytes(certificate.pdf or b"")
    assert certificate.pdf_sha256 == hashlib.sha256(pdf).hexdigest()
    assert make_paper(certificate.pk) is False
    with pikepdf.open(io.BytesIO(pdf)) as paper:
        assert str(paper.Root.Lang) == "nb"
        assert bool(paper.Root.MarkInfo.Marked)
        assert "/StructTreeRoot" in paper.Root
        assert bool(paper.Root.ViewerPreferences.DisplayDocTitle)
        assert "DUA-2026-0001" in str(paper.docinfo["/Title"])
        with paper.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
        fonts = [font for page in paper.pages for font in page.Resources.Font.values()]
        assert all("/FontFile2" in font.DescendantFonts[0].FontDescriptor for font in fonts)
        figures = [one for one in paper.objects if isinstance(one, pikepdf.Dictionary) and one.get("/S") == "/Figure"]
        assert len(figures) == 2
        assert all("/Alt" in figure for figure in figures)
    with closing(pypdfium2.PdfDocument(pdf)) as shown:
        read = "\n".join(page.get_textpage().get_text_range() for page in shown)
    assert "Áilu Čáhppesŋuolla Đồng Thị" in read
    assert "محمد" in read
    assert "DUA-2026-0001" in read


def test_a_dead_workers_claim_runs_out(hall: Hall, time_machine) -> None:
    certificate = issued(hall)
    now = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)
    Certificate.objects.filter(pk=certificate.pk).update(pdf_lease_until=now + LEASE)
    assert make_waiting_papers(now) == 0
    later = now + LEASE + dt.timedelta(seconds=1)
    time_machine.move_to(later)
    assert make_waiting_papers(later) == 1


def test_withdrawn_keeps_the_record(hall: Hall) -> None:
    certificate = issued(hall)
    coordinator = hall.member("local_coordinator")
    assert certificate.person is not None
    for somebody in (certificate.person, hall.member("mentor"), hall.member("peer_coach")):
        with pytest.raises(NotAllowed):
            withdraw_certificate(certificate=certificate, reason="Given by mistake", by=somebody)
    with pytest.raises(DomainError):
        withdraw_certificate(certificate=certificate, reason=" ", by=coordinator)
    withdraw_certificate(certificate=certificate, reason="Given by mistake", by=coordinator)
    certificate.refresh_from_db()
    assert (certificate.withdrawn_by, certificate.withdrawn_reason) == (coordinator, "Given by mistake")
    assert certificate.holder_name == "Siv Tangen"
    assert AuditEvent.objects.filter(verb="certificate.withdrawn").count() == 1
    with pytest.raises(Conflict):
        withdraw_certificate(certificate=certificate, reason="Again", by=coordinator)


def test_replaced_with_the_name_as_it_is_now(hall: Hall) -> None:
    old = issued(hall)
    assert old.person is not None
    old.person.name = "Siv Tangen Dahl"
    old.person.save()
    new = replace_certificate(certificate=old, reason="New name", by=hall.member("local_coordinator"))
    old.refresh_from_db()
    assert (old.replaced_by, old.withdrawn_reason) == (new, "New name")
    assert (new.holder_name, new.number) == ("Siv Tangen Dahl", "DUA-2026-0002")
    assert (new.issued_on, new.text["signed_by"]) == (old.issued_on, "Bente Aasen")
    assert new.text["facts"] == old.text["facts"]
