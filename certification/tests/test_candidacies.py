"""Who begins and closes, for whom, and what history an import brings in."""

import datetime as dt

import pytest
from django.urls import reverse

from accounts.models import User
from certification.actions.candidacies import close_candidacy, hand_in, start_candidacy
from certification.actions.history import note_certificate_before, note_training_before
from certification.models import Candidacy, Certificate
from certification.tests.factories import Hall, approve, fresh, installed
from common.errors import Conflict, DomainError, NotAllowed
from notices.models import Notice

pytestmark = [pytest.mark.django_db, pytest.mark.both, pytest.mark.time_machine("2026-11-22 12:00", tick=False)]


def test_begun_by_coordinator_or_mentor_for_somebody_else(hall: Hall) -> None:
    siv, coordinator = hall.member("peer_coach"), hall.member("local_coordinator")
    track = hall.track("peer_coach")
    far = installed("kollegaveiledning").member("unit_manager")
    for by in (siv, hall.member("manager"), hall.member("mentor", in_training=True), far):
        with pytest.raises(NotAllowed):
            start_candidacy(track=track, by=by, person=siv, variant="toddler")
    made = start_candidacy(track=track, by=coordinator, person=siv, variant="toddler")
    assert (made.person, made.variant, made.state) == (siv, "toddler", "open")
    with pytest.raises(Conflict):
        start_candidacy(track=track, by=coordinator, person=siv, variant="toddler")
    assert start_candidacy(track=track, by=hall.member("mentor"), person=siv, variant="universal")
    with pytest.raises(NotAllowed):
        start_candidacy(track=track, by=coordinator, person=coordinator, variant="toddler")


def test_the_variant_is_the_tracks(hall: Hall) -> None:
    siv, mentor = hall.member("peer_coach"), hall.member("mentor")
    for variant in ("", "no_such"):
        with pytest.raises(DomainError) as refusal:
            start_candidacy(track=hall.track("peer_coach"), by=mentor, person=siv, variant=variant)
        assert refusal.value.field == "variant"
    with pytest.raises(DomainError):
        start_candidacy(track=hall.track("trainer"), by=mentor, person=siv, variant="toddler")
    assert start_candidacy(track=hall.track("trainer"), by=mentor, person=siv).variant == ""


def test_people_and_organisations_climb_their_own() -> None:
    hall = installed("peer_training")
    coordinator, peer = hall.member("coordinator"), hall.member("paid_peer")
    with pytest.raises(DomainError):
        start_candidacy(track=hall.track("ready_workplace"), by=coordinator, person=peer)
    with pytest.raises(DomainError):
        start_candidacy(track=hall.track("paid_16_days"), by=coordinator, organisation=hall.office)
    made = start_candidacy(track=hall.track("ready_workplace"), by=coordinator, organisation=hall.office)
    assert (made.organisation, made.person) == (hall.office, None)


def test_an_organisation_begins_by_the_page(django_app) -> None:
    hall = installed("kollegaveiledning")
    manager = hall.member("unit_manager")
    shown = django_app.get(reverse("certification:start_organisation", args=[hall.programme.pk]), user=manager)
    form = next(one for one in shown.forms.values() if "organisation" in one.fields)
    form["organisation"] = str(hall.office.pk)
    form["track"] = str(hall.track("unit_in_operation").versions.get(is_current=True).pk)
    page = form.submit().follow()
    assert hall.office.name in page.html.select_one(".eyebrow").text
    assert len(page.html.select(".ladder > li")) == 6
    step = Candidacy.objects.get().track_version.steps.get(key="goals")
    decided = django_app.get(reverse("certification:decide", args=[Candidacy.objects.get().pk, step.pk]), user=manager)
    form = next(one for one in decided.forms.values() if "ground" in one.fields)
    form["outcome"], form["ground"] = "approved", "Seen on the wall"
    form.submit().follow()
    assert Notice.objects.get().recipient == manager, "an organisation has no mail: who began it is told"


def test_closed_is_closed(hall: Hall) -> None:
    siv = hall.member("peer_coach")
    candidacy = hall.candidacy("peer_coach", siv, "toddler")
    with pytest.raises(NotAllowed):
        close_candidacy(candidacy=candidacy, by=siv)
    close_candidacy(candidacy=candidacy, by=hall.member("local_coordinator"))
    with pytest.raises(Conflict):
        close_candidacy(candidacy=candidacy, by=hall.member("local_coordinator"))
    step = candidacy.track_version.steps.get(key="certified")
    with pytest.raises(Conflict):
        hand_in(candidacy=candidacy, step=step, reference="Folder", by=siv)


def test_handed_in_by_the_candidate_for_a_decided_step(hall: Hall) -> None:
    siv = hall.member("peer_coach")
    candidacy = hall.candidacy("peer_coach", siv, "toddler")
    steps = {step.key: step for step in candidacy.track_version.steps.all()}
    with pytest.raises(NotAllowed):
        hand_in(candidacy=candidacy, step=steps["certified"], reference="Folder", by=hall.member("mentor"))
    for key in ("own_sessions", "video"):
        with pytest.raises(DomainError):
            hand_in(candidacy=candidacy, step=steps[key], reference="Folder", by=siv)
    assert hand_in(candidacy=candidacy, step=steps["certified"], reference="Folder", by=siv).reference == "Folder"


def test_a_training_from_before_stands_on_the_ladder(hall: Hall) -> None:
    siv, by = hall.member("peer_coach"), hall.member("local_coordinator")
    track = hall.track("peer_coach")
    record = note_training_before(person=siv, track=track, on=dt.date(2019, 3, 4), source="people.csv, row 7", by=by)
    assert record is not None
    candidacy = Candidacy.objects.get(person=siv)
    rung = fresh(candidacy).rung_of(record.step_id)
    assert rung is not None
    assert (rung.is_done, rung.done_on, record.step.key) == (True, dt.date(2019, 3, 4), "basic_training")
    assert note_training_before(person=siv, track=track, on=dt.date(2019, 3, 4), source="again", by=by) is None
    assert not Notice.objects.exists()


def test_a_certificate_from_before_has_its_own_number(hall: Hall) -> None:
    siv, by = hall.member("peer_coach"), hall.member("local_coordinator")
    facts = {
        "track": hall.track("peer_coach"),
        "issued_on": dt.date(2019, 6, 1),
        "source": "people.csv, row 7",
        "by": by,
    }
    made = note_certificate_before(person=siv, number="DUA-2019-7", **facts)
    assert made is not None
    assert (made.number, made.origin, made.title, made.pdf) == (
        "DUA-2019-7",
        "before",
        "Peer coach (DUÅ-veileder)",
        None,
    )
    assert note_certificate_before(person=siv, number="DUA-2019-7", **facts) is None
    with pytest.raises(DomainError):
        note_certificate_before(person=hall.member("peer_coach"), number="DUA-2019-7", **facts)
    assert Certificate.objects.count() == 1
    assert not Notice.objects.exists()


def test_a_stand_in_sees_the_next_step_alone(django_app, hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    from certification.policies import acts
    from programmes.rights import Relation

    candidacy = hall.candidacy("peer_coach", hall.member("peer_coach"), "toddler")
    approve(candidacy, "certified", User.objects.system(), ground="CANARY")
    monkeypatch.setattr(acts, "relations", lambda viewer, about, **more: frozenset({Relation.STAND_IN}))
    stand_in = hall.member("peer_coach")
    page = django_app.get(reverse("certification:candidacy", args=[candidacy.pk]), user=stand_in)
    assert page.html.select(".ladder") == []
    assert "CANARY" not in page.text
    close = reverse("certification:close", args=[candidacy.pk])
    assert django_app.get(close, user=stand_in, status=403)
