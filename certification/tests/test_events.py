"""Trainings: who may note them, who may be put on the list, and on which days somebody can have been there."""

import datetime as dt

import pytest

from accounts.models import AuditEvent
from certification.actions.events import EventPlan, add_participants, note_attendance, plan_event, remove_participant
from certification.models import EventAttendance, TrainingEvent
from certification.tests.factories import Hall, event, installed
from common.errors import DomainError, NotAllowed
from programmes.tests.factories import OrganisationFactory

pytestmark = [pytest.mark.django_db, pytest.mark.both, pytest.mark.time_machine("2026-11-22 12:00", tick=False)]
DAY = dt.date(2026, 11, 3)


@pytest.fixture
def hall() -> Hall:
    return installed("dua")


def plan(hall: Hall, **fields: object) -> EventPlan:
    return EventPlan(
        **{"kind": "peer_coach_basic", "title": "Basic", "organisation": hall.office, "days": [DAY], **fields}
    )


def test_a_training_with_its_days(hall: Hall) -> None:
    mentor = hall.member("mentor")
    made = plan_event(
        programme=hall.programme, plan=plan(hall, days=[DAY, DAY, dt.date(2026, 11, 2)], leader=mentor), by=mentor
    )
    assert list(made.days.values_list("held_on", flat=True)) == [dt.date(2026, 11, 2), DAY]
    assert AuditEvent.objects.get(verb="event.noted").facts == {"kind": "peer_coach_basic", "days": 2}


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"kind": "no_such"}, "kind"),
        ({"title": " "}, "title"),
        ({"days": []}, "days"),
        ({"days": [DAY + dt.timedelta(days=number) for number in range(61)]}, "days"),
    ],
)
def test_what_is_refused(hall: Hall, fields: dict[str, object], field: str) -> None:
    with pytest.raises(DomainError) as refusal:
        plan_event(programme=hall.programme, plan=plan(hall, **fields), by=hall.member("mentor"))
    assert refusal.value.field == field
    assert not TrainingEvent.objects.exists()


def test_coordinators_in_their_branch_and_mentors_everywhere(hall: Hall) -> None:
    elsewhere = OrganisationFactory(parent=hall.top)
    coordinator = hall.member("local_coordinator")
    assert plan_event(programme=hall.programme, plan=plan(hall), by=coordinator)
    assert plan_event(programme=hall.programme, plan=plan(hall, organisation=elsewhere), by=hall.member("mentor"))
    for by in (
        coordinator,
        hall.member("peer_coach"),
        hall.member("manager"),
        hall.member("mentor", in_training=True),
    ):
        with pytest.raises(NotAllowed):
            plan_event(programme=hall.programme, plan=plan(hall, organisation=elsewhere), by=by)


def test_only_people_in_reach_come_on_the_list(hall: Hall) -> None:
    coordinator = hall.member("local_coordinator")
    near = hall.member("peer_coach")
    far = hall.member("peer_coach", organisation=OrganisationFactory(parent=hall.top))
    stranger = installed("kollegaveiledning").member("supervisor")
    made = event(hall, "peer_coach_basic", [DAY], {})
    assert add_participants(event=made, people=[near], by=coordinator) == 1
    assert add_participants(event=made, people=[near], by=coordinator) == 0
    assert made.participants.get().organisation == hall.office
    for somebody in (far, stranger):
        with pytest.raises(NotAllowed):
            add_participants(event=made, people=[near, somebody], by=coordinator)
    with pytest.raises(NotAllowed):
        add_participants(event=made, people=[stranger], by=hall.member("mentor"))
    assert made.participants.count() == 1


def test_who_was_there_can_be_changed(hall: Hall) -> None:
    mentor, siv = hall.member("mentor"), hall.member("peer_coach")
    made = event(hall, "peer_coach_basic", [DAY, dt.date(2026, 11, 24)], {siv: []})
    [today, ahead] = made.days.order_by("held_on")
    place = made.participants.get()
    assert note_attendance(event=made, present=[(place.pk, today.pk)], by=mentor) == 1
    assert note_attendance(event=made, present=[(place.pk, today.pk)], by=mentor) == 0
    with pytest.raises(DomainError, match="24.11.2026 lies ahead"):
        note_attendance(event=made, present=[(place.pk, ahead.pk)], by=mentor)
    with pytest.raises(DomainError) as stranger:
        note_attendance(event=made, present=[(place.pk, event(hall, "x", [DAY], {}).days.get().pk)], by=mentor)
    assert stranger.value.status == 400
    with pytest.raises(DomainError):
        remove_participant(participant=place, by=mentor)
    assert note_attendance(event=made, present=[], by=mentor) == 1
    assert not EventAttendance.objects.exists()
    remove_participant(participant=place, by=mentor)
    assert not made.participants.exists()
    assert AuditEvent.objects.filter(verb="event.attendance_noted").count() == 2


def test_the_leader_keeps_the_list_others_do_not(hall: Hall) -> None:
    leader = hall.member("mentor", in_training=True)
    made = event(hall, "peer_coach_basic", [DAY], {}, leader=leader)
    assert note_attendance(event=made, present=[], by=leader) == 0
    for by in (hall.member("peer_coach"), installed("kollegaveiledning").member("unit_manager")):
        with pytest.raises(NotAllowed):
            note_attendance(event=made, present=[], by=by)
