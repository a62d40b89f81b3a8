"""Training events as things that a checklist can be about: those one led or was at, on days that have come."""

import datetime as dt

import pytest
import time_machine

from certification.readers.occasions import event_occasions
from certification.readers.relations import checklists_named_by_steps, waiting_step_reads
from certification.tests.factories import approve_decided, event, installed
from common.at_once import read_at_once
from programmes.relations import About

pytestmark = pytest.mark.django_db
FIRST, SECOND, AHEAD = dt.date(2026, 2, 2), dt.date(2026, 2, 3), dt.date(2026, 4, 1)


def test_an_event_is_offered_to_those_who_were_there():
    with time_machine.travel("2026-03-02 12:00+01:00", tick=False):
        hall = installed("dua")
        mentor, leader = hall.member("mentor"), hall.member("group_leader")
        absent, stranger = hall.member("group_leader"), hall.member("mentor")
        held = event(hall, "basic", [FIRST, SECOND], {leader: [FIRST, SECOND], absent: []}, leader=mentor)
        event(hall, "later", [AHEAD], {}, leader=mentor)
        (one,) = event_occasions(mentor, hall.programme)
        assert (one.thing, one.day, one.people) == (f"event:{held.pk}", SECOND, (mentor.pk,))
        assert event_occasions(leader, hall.programme) == [one]
        assert event_occasions(absent, hall.programme) == []
        assert event_occasions(stranger, hall.programme) == []


def named_for(viewer, candidate, hall):
    about = About(candidate, hall.programme)
    return checklists_named_by_steps(viewer, about, read_at_once(**waiting_step_reads(viewer, about)))


def test_a_waiting_step_names_its_checklists_to_those_who_decide_it():
    with time_machine.travel("2026-03-02 12:00+01:00", tick=False):
        hall = installed("dua")
        candidate, mentor = hall.member("peer_coach"), hall.member("mentor")
        candidacy = hall.candidacy("peer_coach", candidate, "toddler")
        assert named_for(mentor, candidate, hall) == frozenset()
        approve_decided(candidacy, hall.member("mentor"), but=["video"])
        named = named_for(mentor, candidate, hall)
        assert named == {"coach_skills"}
        assert named_for(hall.member("group_leader"), candidate, hall) is None
        assert named_for(mentor, hall.member("peer_coach"), hall) is None
