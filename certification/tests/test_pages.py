"""Every page of the ladder as the one whose job it is, and as those whose it is not."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from certification.models import Candidacy, Certificate, EventAttendance, Evidence, StepRecord, TrainingEvent
from certification.tests.factories import Hall, approve, approve_decided, event, fill_computed, installed
from coaches.tests.factories import PlacementFactory

pytestmark = [pytest.mark.django_db, pytest.mark.both, pytest.mark.time_machine("2026-11-22 12:00", tick=False)]


@pytest.fixture
def siv(hall: Hall) -> User:
    return hall.member("peer_coach", name="Siv Tangen")


@pytest.fixture
def candidacy(hall: Hall, siv: User) -> Candidacy:
    return hall.candidacy("peer_coach", siv, "toddler")


@pytest.fixture
def mentor(hall: Hall) -> User:
    return hall.member("mentor", name="Bente Aasen")


def page(django_app, name: str, *args: object, user: User, **more: object):
    return django_app.get(reverse(f"certification:{name}", args=args), user=user, **more)


def step(candidacy: Candidacy, key: str):
    return candidacy.track_version.steps.get(key=key)


@pytest.fixture(autouse=True)
def _english(settings) -> None:
    settings.LANGUAGE_CODE = "en"
    User._meta.get_field("language").default = "en"
    yield
    User._meta.get_field("language").default = "nb"


def test_my_own_ladder(django_app, candidacy: Candidacy, siv: User, mentor: User) -> None:
    answer = page(django_app, "mine", user=siv).follow()
    assert answer.html.h1.text == "Next: Basic training"
    assert "0 of 2 days. You take part in the next training" in answer.html.select_one(".lead").text
    assert len(answer.html.select(".ladder > li")) == 11
    waiting = answer.html.select_one("#step-1")
    assert "Waiting for Bente Aasen" in waiting.text
    assert "since" not in waiting.text, "nothing was handed in yet"
    assert "is-shut" in answer.html.select_one("#step-3")["class"]
    assert "Opens when steps 1 and 2 are done." in answer.html.select_one("#step-3").text


def test_strangers_find_nothing(client: Client, hall: Hall, candidacy: Candidacy) -> None:
    """Another peer coach, another network's coordinator, and observers, who see counts only."""
    other = installed("kollegaveiledning")
    first = step(candidacy, "certified").pk
    for somebody in (hall.member("peer_coach"), other.member("unit_manager"), other.member("process_facilitator")):
        client.force_login(somebody)
        for name, args in [
            ("candidacy", [candidacy.pk]),
            ("decide", [candidacy.pk, first]),
            ("hand_in", [candidacy.pk, first]),
            ("issue", [candidacy.pk]),
            ("close", [candidacy.pk]),
        ]:
            url = reverse(f"certification:{name}", args=args)
            assert client.get(url).status_code == 404, name
            assert client.post(url, {}).status_code in (404, 405), name
    assert not StepRecord.objects.exists()


def test_observers_see_no_ladder_until_a_step_waits_for_them(client: Client, hall: Hall, candidacy: Candidacy) -> None:
    client.force_login(hall.member("manager", organisation=hall.top))
    url = reverse("certification:candidacy", args=[candidacy.pk])
    assert client.get(url).status_code == 404
    for key in ("certified", "experience"):
        approve(candidacy, key, User.objects.system())
    assert client.get(url).status_code == 200


def test_who_has_decided_keeps_that_and_not_the_ladder(client: Client, hall: Hall, candidacy: Candidacy) -> None:
    """ADR 11: after the last step that waited, an observer reads the own decision alone, and may take it back."""
    for key in ("certified", "experience"):
        approve(candidacy, key, User.objects.system())
    observer = hall.member("manager", organisation=hall.top)
    record = approve(candidacy, "suitability", observer)
    client.force_login(observer)
    answer = client.get(reverse("certification:candidacy", args=[candidacy.pk]))
    assert (answer.status_code, answer.context["acts"].began) == (200, False)
    assert [line.record for line in answer.context["acts"].lines] == [record]
    assert record.ground in answer.content.decode()
    assert client.get(reverse("certification:take_back", args=[record.pk])).status_code == 200
    others = candidacy.records.exclude(pk=record.pk)[0]
    for name, pk in (("take_back", others.pk), ("close", candidacy.pk), ("issue", candidacy.pk)):
        assert client.get(reverse(f"certification:{name}", args=[pk])).status_code == 403, name


def test_the_candidate_is_not_asked_what_they_may_not(client: Client, candidacy: Candidacy, siv: User) -> None:
    approve(candidacy, "certified", User.objects.system())
    client.force_login(siv)
    for name, pk in (("take_back", candidacy.records.get().pk), ("close", candidacy.pk)):
        assert client.get(reverse(f"certification:{name}", args=[pk])).status_code == 403, name


def test_deciding_by_the_form(django_app, candidacy: Candidacy, mentor: User) -> None:
    waiting = page(django_app, "decisions", user=mentor)
    assert waiting.html.h1.text == "2 decisions wait for you"
    shown = waiting.click("Is a certified and experienced group leader")
    form_ = next(one for one in shown.forms.values() if "ground" in one.fields)
    refused = form_.submit(status=422)
    assert "ground" in str(refused.html.select_one(".error-summary"))
    form_["outcome"] = "approved"
    form_["ground"] = "Certificate DUA-2019-0007 seen."
    answer = form_.submit().follow()
    assert "The decision is recorded, and Siv Tangen is told." in answer.text
    record = StepRecord.objects.get()
    assert (record.outcome, record.decided_on, record.ground) == (
        "approved",
        dt.date(2026, 11, 22),
        "Certificate DUA-2019-0007 seen.",
    )
    assert page(django_app, "decisions", user=mentor).html.h1.text == "One decision waits for you"


def test_a_step_sent_back_and_answered(django_app, candidacy: Candidacy, siv: User, mentor: User) -> None:
    shown = page(django_app, "decide", candidacy.pk, step(candidacy, "certified").pk, user=mentor)
    form_ = next(one for one in shown.forms.values() if "ground" in one.fields)
    form_["outcome"], form_["ground"] = "sent_back", "The certificate's number is missing."
    form_.submit().follow()
    assert page(django_app, "decisions", user=mentor).html.h1.text == "One decision waits for you"
    own = page(django_app, "candidacy", candidacy.pk, user=siv)
    assert own.html.h1.text == "Sent back: Is a certified and experienced group leader"
    assert "The certificate's number is missing." in own.html.select_one("#step-1").text
    paper = own.click(href=rf"/steps/{step(candidacy, 'certified').pk}/paper/", index=0)
    form_ = next(one for one in paper.forms.values() if "reference" in one.fields)
    form_["reference"] = "Folder 12, DUA-2019-0007"
    form_.submit().follow()
    assert Evidence.objects.get().reference == "Folder 12, DUA-2019-0007"
    assert page(django_app, "decisions", user=mentor).html.h1.text == "2 decisions wait for you"


def test_the_coordinator_reads_neither_grounds_nor_papers(
    client: Client, hall: Hall, candidacy: Candidacy, siv: User, mentor: User
) -> None:
    approve(candidacy, "certified", mentor, ground="CANARY-GROUND", reference="CANARY-REFERENCE")
    Evidence.objects.create(
        candidacy=candidacy,
        step=step(candidacy, "experience"),
        reference="CANARY-PAPER",
        added_at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC),
        added_by=siv,
    )
    coach = hall.member("mentor", name="Own mentor")
    rule = hall.programme.rules.get(key="supervision_of_peer_coaches")
    PlacementFactory(coach=coach, supervisee=siv, rule=rule)
    url = reverse("certification:candidacy", args=[candidacy.pk])
    seen = {}
    for name, somebody in {"coordinator": hall.member("local_coordinator"), "decider": mentor, "self": siv}.items():
        client.force_login(somebody)
        text = client.get(url).content.decode()
        seen[name] = ("CANARY-GROUND" in text, "CANARY-PAPER" in text, "Something is handed in" in text)
    assert seen == {"coordinator": (False, False, True), "decider": (True, True, False), "self": (True, True, False)}


def test_the_certificate_from_the_page(django_app, hall: Hall, candidacy: Candidacy, mentor: User) -> None:
    fill_computed(hall, candidacy, hall.member("group_leader"))
    approve_decided(candidacy, User.objects.system(), but=["decision"])
    shown = page(django_app, "decisions", user=mentor).click("Decide the certificate of Siv Tangen")
    form_ = next(one for one in shown.forms.values() if "ground" in one.fields)
    form_["ground"] = "All done"
    answer = form_.submit().follow()
    assert "The certificate DUA-2026-0001 is issued." in answer.text
    assert "The paper is being made" in answer.text
    certificate = Certificate.objects.get()
    assert django_app.get(reverse("certification:pdf", args=[certificate.pk]), user=mentor, status=404)


def test_the_file_is_a_download_that_nobody_keeps(client: Client, hall: Hall, candidacy: Candidacy, siv: User) -> None:
    certificate = _certificate(hall, siv, pdf=b"%PDF-1.7 small", pdf_sha256="0" * 64, pdf_made_at=_moment())
    client.force_login(siv)
    answer = client.get(reverse("certification:pdf", args=[certificate.pk]))
    assert answer.content == b"%PDF-1.7 small"
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("attachment; filename")
    assert (answer["Cache-Control"], answer["X-Content-Type-Options"]) == ("no-store", "nosniff")
    client.force_login(hall.member("peer_coach"))
    for name in ("certificate", "pdf", "withdraw"):
        assert client.get(reverse(f"certification:{name}", args=[certificate.pk])).status_code == 404


def _moment() -> dt.datetime:
    return dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC)


def _certificate(hall: Hall, person: User, **fields: object) -> Certificate:
    return Certificate.objects.create(
        **{
            "programme": hall.programme,
            "person": person,
            "number": "DUA-2026-0007",
            "title": "Peer coach",
            "holder_name": person.name,
            "language": "nb",
            "text": {"counted": []},
            "code": "7ZZZZZZZZZZZZZZZZZZZZZZZZ1",
            "issued_on": dt.date(2026, 10, 12),
            "issued_at": _moment(),
            "issued_by": User.objects.system(),
            **fields,
        }
    )


def test_withdrawing_from_the_page(django_app, hall: Hall, siv: User) -> None:
    certificate = _certificate(hall, siv)
    coordinator = hall.member("local_coordinator")
    shown = page(django_app, "certificate", certificate.pk, user=coordinator).click("Withdraw the certificate")
    form_ = next(one for one in shown.forms.values() if "reason" in one.fields)
    assert "error-summary" in form_.submit(status=422).text
    form_["reason"] = "Issued by mistake"
    assert "is withdrawn" in form_.submit().follow().text
    certificate.refresh_from_db()
    assert certificate.withdrawn_reason == "Issued by mistake"
    assert page(django_app, "certificate", certificate.pk, user=siv)
    assert page(django_app, "withdraw", certificate.pk, user=siv, status=403)


def test_the_coordinators_list(django_app, hall: Hall, candidacy: Candidacy) -> None:
    coordinator = hall.member("local_coordinator")
    elsewhere = installed("kollegaveiledning")
    hall.candidacy("peer_coach", hall.member("peer_coach", organisation=elsewhere.office), "toddler")
    listed = page(django_app, "candidates", user=coordinator)
    [row] = listed.html.select("tbody tr")
    assert [cell.get_text(" ", strip=True) for cell in row.select("th, td")][:3] == [
        "Siv Tangen",
        "Certification as peer coach Toddler parent programme",
        "0 of 11",
    ]
    assert page(django_app, "candidates", user=coordinator, params={"q": "nobody"}).html.select("tbody tr") == []
    assert page(django_app, "candidates", user=coordinator, params={"state": "closed"}).html.select("tbody tr") == []
    file = page(django_app, "candidates", user=coordinator, params={"format": "csv"})
    assert file.content_type == "text/csv"
    assert '"Siv Tangen"' in file.text
    assert page(django_app, "candidates", user=hall.member("mentor"), status=403)


def test_beginning_a_ladder(django_app, hall: Hall, siv: User, mentor: User) -> None:
    looked = page(django_app, "start", user=mentor, params={"q": "tang"})
    shown = looked.click(href=rf"/{siv.pk}/$")
    form_ = next(one for one in shown.forms.values() if "track" in one.fields)
    form_["track"].select(text="Certification as peer coach")
    refused = form_.submit(status=422)
    assert "Choose the delivery model" in refused.text
    form_["variant"] = "toddler"
    form_.submit().follow()
    made = Candidacy.objects.get()
    assert (made.person, made.track.key, made.variant, made.started_by) == (siv, "peer_coach", "toddler", mentor)
    assert form_.submit(status=409)
    assert page(django_app, "start", user=siv, status=403)


def test_closing(django_app, hall: Hall, candidacy: Candidacy, siv: User, mentor: User) -> None:
    shown = page(django_app, "close", candidacy.pk, user=mentor)
    next(one for one in shown.forms.values() if one.action == "").submit().follow()
    candidacy.refresh_from_db()
    assert (candidacy.state, candidacy.closed_by) == ("closed", mentor)


def test_a_training_from_plan_to_ladder(django_app, hall: Hall, candidacy: Candidacy, mentor: User) -> None:
    shown = page(django_app, "new_training", hall.programme.pk, user=mentor)
    form_ = next(one for one in shown.forms.values() if "days" in one.fields)
    form_["kind"] = "peer_coach_basic"
    form_["title"] = "Basic training, autumn"
    form_["organisation"] = str(hall.office.pk)
    form_["days"] = "3.11.2026\n31.11.2026"
    assert "30" in form_.submit(status=422).text
    form_["days"] = "3.11.2026\n04.11.2026\n24.11.2026"
    listed = form_.submit().follow()
    made = TrainingEvent.objects.get()
    found = page(django_app, "training", made.pk, user=mentor, params={"q": "siv"})
    added = next(one for one in found.forms.values() if "person" in one.fields).submit().follow()
    boxes = next(one for one in added.forms.values() if one.id == "attendance")
    names = [name for name in boxes.fields if name and name.startswith("there-")]
    assert len(names) == 2, "the third day lies ahead"
    for name in names:
        boxes[name] = True
    assert "2 changes are saved." in boxes.submit().follow().text
    assert EventAttendance.objects.count() == 2
    assert "Done 4 November 2026" in page(django_app, "candidacy", candidacy.pk, user=mentor).text
    assert listed.html.h1.text == "Basic training, autumn"


def test_trainings_are_kept_by_those_who_hold_them(client: Client, hall: Hall, siv: User) -> None:
    made = event(hall, "peer_coach_basic", [dt.date(2026, 5, 4)], {siv: []})
    for somebody, status in [(siv, 404), (installed("kollegaveiledning").member("unit_manager"), 404)]:
        client.force_login(somebody)
        assert client.get(reverse("certification:training", args=[made.pk])).status_code == status
        assert client.post(reverse("certification:add_people", args=[made.pk]), {"person": siv.pk}).status_code == 404
    client.force_login(hall.member("mentor"))
    url = reverse("certification:training", args=[made.pk])
    assert client.post(url, {"there-1-99999": "1"}).status_code == 400
