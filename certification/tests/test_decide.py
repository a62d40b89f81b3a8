"""Steps are decided by the role they name, once, with a ground; about oneself never, by one's supervisor seldom."""

import datetime as dt

import pytest

from accounts.models import AuditEvent, AuditPerson
from certification.actions.decide import Ruling, approve_step, send_back_step, withdraw_record
from certification.models import Candidacy, Step, StepRecord
from certification.progress import State
from certification.tests.factories import Hall, approve, fresh, installed, session
from common.errors import Conflict, DomainError, NotAllowed
from notices.models import Notice

pytestmark = [pytest.mark.django_db, pytest.mark.both, pytest.mark.time_machine("2026-11-22 12:00")]
RULING = Ruling(decided_on=dt.date(2026, 11, 20), ground="Certificate seen.", reference="Archive 12/2026")


@pytest.fixture
def candidacy(hall: Hall) -> Candidacy:
    return hall.candidacy("peer_coach", hall.member("peer_coach", name="Siv Tangen"), "toddler")


def step(candidacy: Candidacy, key: str) -> Step:
    return candidacy.track_version.steps.get(key=key)


def state(candidacy: Candidacy, key: str) -> State:
    rung = fresh(candidacy).rung_of(step(candidacy, key).pk)
    assert rung is not None
    return rung.state


def test_the_named_role_approves(hall: Hall, candidacy: Candidacy) -> None:
    mentor = hall.member("mentor", name="Bente Aasen")
    record = approve_step(candidacy=candidacy, step=step(candidacy, "certified"), ruling=RULING, by=mentor)
    assert (record.outcome, record.decided_by, record.decided_on) == ("approved", mentor, dt.date(2026, 11, 20))
    assert (record.ground, record.reference) == ("Certificate seen.", "Archive 12/2026")
    assert state(candidacy, "certified") is State.DONE
    trail = AuditEvent.objects.get(verb="step.approved")
    assert trail.by_id == mentor.pk
    assert trail.facts == {"track": "peer_coach", "step": "certified", "decided_on": "2026-11-20"}
    assert trail.organisation_path == hall.office.path
    assert AuditPerson.objects.get(event=trail).person_id == candidacy.person_id
    notice = Notice.objects.get()
    assert (notice.kind, notice.recipient_id) == ("step_approved", candidacy.person_id)


def test_another_role_is_refused_and_told_who_can(hall: Hall, candidacy: Candidacy) -> None:
    hall.member("mentor", name="Bente Aasen")
    coordinator = hall.member("local_coordinator")
    with pytest.raises(NotAllowed, match="Bente Aasen") as refusal:
        approve_step(candidacy=candidacy, step=step(candidacy, "certified"), ruling=RULING, by=coordinator)
    assert refusal.value.code == "role"
    assert not StepRecord.objects.exists()


def test_about_oneself_is_refused(hall: Hall, candidacy: Candidacy) -> None:
    assert candidacy.person is not None
    hall.member("mentor", person=candidacy.person)
    hall.member("mentor", name="Bente Aasen")
    with pytest.raises(NotAllowed, match="Nobody decides about themselves. Bente Aasen") as refusal:
        approve_step(candidacy=candidacy, step=step(candidacy, "certified"), ruling=RULING, by=candidacy.person)
    assert refusal.value.code == "oneself"


def test_in_training_decides_nothing(hall: Hall, candidacy: Candidacy) -> None:
    learner = hall.member("mentor", in_training=True)
    apprentice = hall.member("mentor_in_training")
    for somebody in (learner, apprentice):
        with pytest.raises(NotAllowed):
            approve_step(candidacy=candidacy, step=step(candidacy, "certified"), ruling=RULING, by=somebody)


@pytest.mark.parametrize(("day", "independent"), [(dt.date(2026, 3, 1), False), (dt.date(2025, 11, 1), True)])
def test_own_supervisor_where_independence_is_asked(
    hall: Hall, candidacy: Candidacy, day: dt.date, independent: bool
) -> None:
    own, other = hall.member("mentor", name="Own"), hall.member("mentor", name="Other")
    assert candidacy.person is not None
    session(hall, "supervision_of_peer_coaches", day, {"lead": [own], "supervisee": [candidacy.person]})
    for key in ("certified", "experience", "suitability"):
        approve(candidacy, key, other)
    names = [person.name for person in fresh(candidacy).standing.deciders(candidacy, step(candidacy, "video"))]
    assert names == (["Other", "Own"] if independent else ["Other"])
    if not independent:
        with pytest.raises(NotAllowed, match="Other can decide it") as refusal:
            approve_step(candidacy=candidacy, step=step(candidacy, "video"), ruling=RULING, by=own)
        assert refusal.value.code == "independence"


def test_observers_decide_in_their_branch_only(hall: Hall, candidacy: Candidacy) -> None:
    for key in ("certified", "experience"):
        approve(candidacy, key, hall.member("mentor"))
    elsewhere = installed("kollegaveiledning").office
    stranger = hall.member("manager", organisation=elsewhere)
    with pytest.raises(NotAllowed):
        approve_step(candidacy=candidacy, step=step(candidacy, "suitability"), ruling=RULING, by=stranger)
    manager = hall.member("manager", organisation=hall.top)
    assert approve_step(candidacy=candidacy, step=step(candidacy, "suitability"), ruling=RULING, by=manager)


def test_steps_behind_an_approval_are_shut(hall: Hall, candidacy: Candidacy) -> None:
    mentor, manager = hall.member("mentor"), hall.member("manager")
    with pytest.raises(DomainError, match="Opens when steps 1 and 2 are done"):
        approve_step(candidacy=candidacy, step=step(candidacy, "suitability"), ruling=RULING, by=manager)
    with pytest.raises(DomainError, match="Opens when step 3 is done") as refusal:
        approve_step(candidacy=candidacy, step=step(candidacy, "video"), ruling=RULING, by=mentor)
    assert refusal.value.code == "shut"
    with pytest.raises(DomainError):
        approve_step(candidacy=candidacy, step=step(candidacy, "decision"), ruling=RULING, by=mentor)


def test_computed_steps_are_decided_by_nobody(hall: Hall, candidacy: Candidacy) -> None:
    mentor = hall.member("mentor")
    with pytest.raises(DomainError, match="0 of 10 sessions") as refusal:
        approve_step(candidacy=candidacy, step=step(candidacy, "own_sessions"), ruling=RULING, by=mentor)
    assert refusal.value.code == "computed"


def test_sent_back_then_approved(hall: Hall, candidacy: Candidacy) -> None:
    mentor = hall.member("mentor")
    first = step(candidacy, "certified")
    with pytest.raises(DomainError) as refusal:
        send_back_step(candidacy=candidacy, step=first, ruling=Ruling(dt.date(2026, 11, 20)), by=mentor)
    assert refusal.value.field == "ground"
    send_back_step(candidacy=candidacy, step=first, ruling=RULING, by=mentor)
    assert state(candidacy, "certified") is State.SENT_BACK
    assert [notice.kind for notice in Notice.objects.all()] == ["step_sent_back"]
    approve_step(candidacy=candidacy, step=first, ruling=RULING, by=mentor)
    assert state(candidacy, "certified") is State.DONE


def test_twice_is_a_conflict_that_names_the_first(hall: Hall, candidacy: Candidacy) -> None:
    first, second = hall.member("mentor", name="Bente Aasen"), hall.member("mentor")
    approve_step(candidacy=candidacy, step=step(candidacy, "certified"), ruling=RULING, by=first)
    with pytest.raises(Conflict, match="Bente Aasen approved this step on 22"):
        approve_step(candidacy=candidacy, step=step(candidacy, "certified"), ruling=RULING, by=second)


def test_withdrawn_opens_the_step_again(hall: Hall, candidacy: Candidacy) -> None:
    mentor = hall.member("mentor")
    record = approve_step(candidacy=candidacy, step=step(candidacy, "certified"), ruling=RULING, by=mentor)
    with pytest.raises(NotAllowed):
        withdraw_record(record=record, reason="Wrong person", by=hall.member("local_coordinator"))
    with pytest.raises(DomainError):
        withdraw_record(record=record, reason=" ", by=mentor)
    withdraw_record(record=record, reason="Wrong person", by=mentor)
    assert state(candidacy, "certified") is State.WAITS
    assert AuditEvent.objects.filter(verb="step.withdrawn").count() == 1
    with pytest.raises(Conflict):
        withdraw_record(record=record, reason="Wrong person", by=mentor)


def test_a_day_ahead_is_refused(hall: Hall, candidacy: Candidacy) -> None:
    ruling = Ruling(decided_on=dt.date(2026, 11, 23), ground="Seen")
    with pytest.raises(DomainError) as refusal:
        approve_step(candidacy=candidacy, step=step(candidacy, "certified"), ruling=ruling, by=hall.member("mentor"))
    assert refusal.value.field == "decided_on"


def test_a_recording_may_be_too_old(hall: Hall) -> None:
    candidacy = hall.candidacy("mentor", hall.member("peer_coach"), "toddler")
    trainer = hall.member("trainer")
    for key in ("certificates", "extensive_practice", "nomination"):
        approve(candidacy, key, trainer)
    old = Ruling(decided_on=dt.date(2026, 2, 21), ground="Watched")
    with pytest.raises(DomainError, match="at most 9 months old, so no older than 22"):
        approve_step(candidacy=candidacy, step=step(candidacy, "recent_video"), ruling=old, by=trainer)
    new = Ruling(decided_on=dt.date(2026, 2, 22), ground="Watched")
    assert approve_step(candidacy=candidacy, step=step(candidacy, "recent_video"), ruling=new, by=trainer)
