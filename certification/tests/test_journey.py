"""A peer coach of `dua` all the way by the pages: begun, counted, decided, certified, verified, withdrawn."""

import datetime as dt
import io

import pikepdf
import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import AuditEvent, User
from certification.actions.papers import make_waiting_papers
from certification.models import Candidacy, Certificate
from certification.tests.factories import Hall, fill_computed, fresh, installed, session
from notices import kinds
from notices.models import Notice

pytestmark = [pytest.mark.django_db, pytest.mark.both, pytest.mark.time_machine("2026-11-22 12:00", tick=False)]


def write(django_app, url: str, user: User, **fields: str):
    """Open a page as somebody, fill in its form and send it; the page that follows."""
    shown = django_app.get(url, user=user)
    form = next(one for one in shown.forms.values() if set(fields) <= {name for name in one.fields if name})
    for name, value in fields.items():
        form[name] = value
    return form.submit().follow()


def decide_all(django_app, hall: Hall, candidacy: Candidacy, people: dict[str, User]) -> None:
    """Every decided step but the last, by the role that it names, in the order in which they open."""
    steps = candidacy.track_version.steps.exclude(key="decision").order_by("order")
    decided = {rung.step.id for rung in fresh(candidacy).rungs if rung.way == "decided"}
    for step in steps:
        if step.pk in decided:
            who = people[step.approver_role.key]
            url = reverse("certification:decide", args=[candidacy.pk, step.pk])
            write(django_app, url, who, outcome="approved", ground=f"Seen: {step.key}", reference="A 1/2026")


def test_all_the_way(django_app, client: Client) -> None:
    hall = installed("dua")
    siv = hall.member("peer_coach", name="Siv Áilu Đặng", email="siv@example.org")
    own = hall.member("mentor", name="Own Mentor")
    people = {"mentor": hall.member("mentor", name="Bente Aasen"), "manager": hall.member("manager")}
    coordinator = hall.member("local_coordinator")
    begin = reverse("certification:start_person", args=[hall.programme.pk, siv.pk])
    track = hall.track("peer_coach").versions.get(is_current=True)
    write(django_app, begin, coordinator, track=str(track.pk), variant="preschool_prevention")
    candidacy = Candidacy.objects.get()
    for week in range(3):
        day = dt.date(2026, 5, 4) + dt.timedelta(days=7 * week)
        session(hall, "supervision_of_peer_coaches", day, {"lead": [own], "supervisee": [siv]})
    fill_computed(hall, candidacy, hall.member("group_leader"))
    decide_all(django_app, hall, candidacy, people)
    video = candidacy.track_version.steps.get(key="video")
    assert candidacy.records.get(step=video).decided_by == people["mentor"]

    issue = reverse("certification:issue", args=[candidacy.pk])
    answer = write(django_app, issue, people["mentor"], ground="Every step is done.")
    certificate = Certificate.objects.get()
    assert answer.request.path == reverse("certification:certificate", args=[certificate.pk])
    assert (certificate.number, certificate.holder_name) == ("DUA-2026-0001", "Siv Áilu Đặng")

    assert make_waiting_papers(dt.datetime(2026, 11, 22, 12, 1, tzinfo=dt.UTC)) == 1
    shown = django_app.get(reverse("certification:certificate", args=[certificate.pk]), user=siv)
    file = shown.click(href=r"/pdf/$")
    with pikepdf.open(io.BytesIO(file.body)) as paper:
        assert "Siv Áilu Đặng" in str(paper.docinfo["/Title"])
    certificate.refresh_from_db()
    address = certificate.text["address"]
    assert address.endswith(f"/verify/{certificate.code}/")

    public = f"/verify/{certificate.code}/"
    english = {"accept-language": "en"}
    assert b"The certificate is valid" in client.get(public, headers=english).content
    withdraw = reverse("certification:withdraw", args=[certificate.pk])
    write(django_app, withdraw, coordinator, reason="Issued to the wrong person")
    after = client.get(public, headers=english).content.decode()
    assert "The certificate is withdrawn" in after
    assert "Siv" not in after
    certificate.refresh_from_db()
    assert bytes(certificate.pdf or b"") == file.body, "the record stays"
    verbs = set(AuditEvent.objects.values_list("verb", flat=True))
    assert {"candidacy.started", "step.approved", "certificate.issued", "certificate.withdrawn"} <= verbs


def test_every_mail_says_that_and_where_never_why(django_app) -> None:
    hall = installed("dua")
    siv = hall.member("peer_coach", email="siv@example.org")
    mentor = hall.member("mentor", name="Bente Aasen")
    candidacy = hall.candidacy("peer_coach", siv, "toddler")
    first, second = candidacy.track_version.steps.order_by("order")[:2]
    for step, outcome in ((first, "approved"), (second, "sent_back")):
        url = reverse("certification:decide", args=[candidacy.pk, step.pk])
        write(django_app, url, mentor, outcome=outcome, ground="CANARY", reference="CANARY")
    letters = {notice.kind: kinds.get(notice.kind).letter(notice) for notice in Notice.objects.all()}
    assert set(letters) == {"step_approved", "step_sent_back"}
    for letter in letters.values():
        assert letter.action is not None
        assert letter.action.path == reverse("certification:candidacy", args=[candidacy.pk])
        assert "CANARY" not in str(letter)
        assert "Bente Aasen" in " ".join(letter.paragraphs)
    notice = Notice.objects.get(kind="step_sent_back")
    assert kinds.get("step_sent_back").still_wanted(notice) is True
    url = reverse("certification:decide", args=[candidacy.pk, second.pk])
    write(django_app, url, mentor, outcome="approved", ground="Now it is there")
    assert kinds.get("step_sent_back").still_wanted(notice) == "approved"
