"""Trainings: who may note them, who may be put on the list, and on which days somebody can have been there."""

import datetime as dt

import pytest

from accounts.models import AuditEvent
from certification.actions.decide import Ruling
from certification.actions.events import EventPlan, add_participants, note_attendance, plan_event, remove_participant
from certification.actions.issue import issue_certificate
from certification.models import EventAttendance, TrainingEvent
from certification.tests.factories import Hall, approve_decided, event, fill_computed, fresh, installed
from common.errors import DomainError, NotAllowed
from programmes.tests.factories import OrganisationFactory

pytestmark = [pytest.mark.django_db, pytest.mark.both, pytest.mark.time_machine("2026-11-22 12:00", tick=False)]
DAY = dt.date(2026, 11, 3)


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


def boxes(made: TrainingEvent) -> tuple[list[int], list[int]]:
    """The ids of the participants and of the days, in order."""
    participants = made.participants.order_by("id").values_list("pk", flat=True)
    return list(participants), list(made.days.order_by("held_on").values_list("pk", flat=True))


def test_two_who_tick_at_the_same_time_do_not_undo_each_other(hall: Hall) -> None:
    """Only what differs from what the page showed is changed; without it (the control) the second undoes the first."""
    mentor, people = hall.member("mentor"), [hall.member("peer_coach"), hall.member("peer_coach")]
    made = event(hall, "peer_coach_basic", [DAY], {one: [] for one in people}, leader=mentor)
    (first, second), [day] = boxes(made)
    assert note_attendance(event=made, present=[(first, day)], by=mentor, shown=[]) == 1
    assert note_attendance(event=made, present=[(second, day)], by=mentor, shown=[]) == 1
    assert EventAttendance.objects.filter(day=day).count() == 2
    assert note_attendance(event=made, present=[(first, day)], by=mentor, shown=[(first, day)]) == 0
    assert note_attendance(event=made, present=[(first, day)], by=mentor) == 1
    assert list(EventAttendance.objects.values_list("participant", flat=True)) == [first]


def test_unticked_by_somebody_else_meanwhile_stays_unticked(hall: Hall) -> None:
    mentor, siv = hall.member("mentor"), hall.member("peer_coach")
    made = event(hall, "peer_coach_basic", [DAY], {siv: [DAY]}, leader=mentor)
    [one], [day] = boxes(made)
    shown = [(one, day)]
    note_attendance(event=made, present=[], by=mentor, shown=shown)
    assert note_attendance(event=made, present=shown, by=mentor, shown=shown) == 0
    assert not EventAttendance.objects.exists()


def test_one_day_leaves_the_others(hall: Hall) -> None:
    mentor, siv = hall.member("mentor"), hall.member("peer_coach")
    later = DAY + dt.timedelta(days=1)
    made = event(hall, "peer_coach_basic", [DAY, later], {siv: [DAY]}, leader=mentor)
    [one], [_first, second] = boxes(made)
    assert note_attendance(event=made, present=[(one, second)], by=mentor, days=[second]) == 1
    assert EventAttendance.objects.count() == 2
    assert note_attendance(event=made, present=[], by=mentor, days=[second]) == 1
    assert EventAttendance.objects.get().day.held_on == DAY


def test_thirty_people_on_a_phone_one_day_at_a_time(django_app, hall: Hall) -> None:
    mentor = hall.member("mentor", language="en")
    people = [hall.member("peer_coach", name=f"Person {number:02}") for number in range(30)]
    made = event(hall, "peer_coach_basic", [DAY], {one: [] for one in people}, leader=mentor)
    _participants, [day] = boxes(made)
    page = django_app.get(f"/trainings/{made.pk}/?day={day}", user=mentor)
    assert len(page.html.select(".tick-row input[type=checkbox]")) == 30
    page = page.forms["attendance"].submit("everybody").follow()
    assert "30 changes are saved." in page.text
    form = page.forms["attendance"]
    form[page.html.select(".tick-row input")[4]["name"]] = False
    page = form.submit().follow()
    assert "One change is saved." in page.text or "1 change is saved." in page.text
    assert EventAttendance.objects.count() == 29
    paper = django_app.get(f"/trainings/{made.pk}/sign/", user=mentor)
    assert len(paper.html.select("tbody tr")) == 30
    assert "checked" not in paper.html.select_one("main").decode()


def test_who_is_taken_off_the_list_meanwhile_takes_no_ticks_of_others_along(client, hall: Hall) -> None:
    """The control is somebody of another training, whom nobody can have ticked here."""
    mentor, siv, ola = hall.member("mentor", language="en"), hall.member("peer_coach"), hall.member("peer_coach")
    made = event(hall, "peer_coach_basic", [DAY], {siv: [], ola: []}, leader=mentor)
    other = event(hall, "peer_coach_basic", [DAY], {ola: []}, leader=mentor).participants.get()
    day, stays, gone = made.days.get().pk, made.participants.get(person=siv), made.participants.get(person=ola)
    ticked = {"shown": "", f"there-{stays.pk}-{day}": "1", f"there-{gone.pk}-{day}": "1"}
    remove_participant(participant=gone, by=mentor)
    client.force_login(mentor)
    page = client.post(f"/trainings/{made.pk}/", ticked, follow=True)
    said = [str(message) for message in page.context["messages"]]
    assert said == ["1 change is saved.", "Somebody whom you ticked was taken off the list meanwhile."]
    assert list(EventAttendance.objects.values_list("participant", "day")) == [(stays.pk, day)]
    assert client.post(f"/trainings/{made.pk}/", {f"there-{other.pk}-{day}": "1"}).status_code == 400


@pytest.mark.parametrize("odd", ["?day=x", "?day=999999", "?day=", "?q=%C3%86'--"])
def test_an_odd_day_shows_all_days(client, hall: Hall, odd: str) -> None:
    mentor, siv = hall.member("mentor"), hall.member("peer_coach")
    made = event(hall, "peer_coach_basic", [DAY], {siv: []}, leader=mentor)
    client.force_login(mentor)
    assert client.get(f"/trainings/{made.pk}/{odd}").status_code == 200
    for body in ({"shown": "there-1-2-3 x", "day": "9" * 40}, {"day": "-1"}, {"everybody": "1"}):
        assert client.post(f"/trainings/{made.pk}/", body).status_code == 302
    assert client.post(f"/trainings/{made.pk}/", {"there-1-2": "1"}).status_code == 400


def test_a_day_unticked_later_is_no_longer_counted_and_the_certificate_stays(hall: Hall) -> None:
    mentor, other = hall.member("mentor"), hall.member("mentor")
    siv = hall.member("peer_coach", name="Siv Tangen")
    candidacy = hall.candidacy("peer_coach", siv, "toddler")
    fill_computed(hall, candidacy, mentor)
    basic = TrainingEvent.objects.get(kind="peer_coach_basic")
    done = {rung.step.order: rung.is_done for rung in fresh(candidacy).rungs}
    assert done[4]
    note_attendance(event=basic, present=[], by=other)
    assert not fresh(candidacy).rung_of(fresh(candidacy).rungs[3].step.id).is_done
    people, days = boxes(basic)
    note_attendance(event=basic, present=[(one, day) for one in people for day in days], by=other)
    approve_decided(candidacy, mentor, but=("decision",))
    approve_decided(candidacy, mentor, but=("decision",))
    ruling = Ruling(decided_on=dt.date(2026, 11, 20), ground="Everything is there.")
    certificate = issue_certificate(candidacy=candidacy, ruling=ruling, by=other)
    before = certificate.text["counted"]
    assert any("2 av 2 dager" in line for line in before)
    note_attendance(event=basic, present=[], by=other)
    certificate.refresh_from_db()
    assert certificate.text["counted"] == before
    assert "2 av 2 dager" in candidacy.records.get(step__key="decision").counted
