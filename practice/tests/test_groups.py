"""Groups and meetings: the acts, with both databases' constraints behind them."""

import datetime as dt

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import translation

from accounts.models import AuditEvent
from common.errors import DomainError, NotAllowed
from practice.actions.groups import correct_meeting, end_group, note_meeting, start_group
from practice.models import GroupLeader
from practice.tests.factories import FIRST_DAY, GroupFactory, MeetingFactory
from programmes.models import StoredPack
from programmes.tests.factories import Cast, OrganisationFactory, small_programme, texts

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture
def cast():
    translation.activate("en")
    with time_machine.travel("2026-03-02 12:00+01:00", tick=False):
        yield small_programme()


def start(cast: Cast, **changes):
    group = {"name": "Spring", "started_on": FIRST_DAY, "organisation": cast.office, "programme": cast.programme}
    return start_group(**{"by": cast.member("group_leader")} | group | changes)


def test_a_group_starts_with_both_leaders_and_the_trail_says_so(cast):
    leader, other = cast.member("group_leader"), cast.member("peer_coach")
    group = start(cast, by=leader, co_leader=other)
    assert (group.name, group.variant, group.started_by, group.ended_on) == ("Spring", "", leader, None)
    assert list(group.leaders.values_list("person", "started_on")) == [(leader.pk, FIRST_DAY), (other.pk, FIRST_DAY)]
    event = AuditEvent.objects.get(subject=f"group:{group.pk}")
    assert (event.verb, event.organisation_path) == ("group.started", cast.office.path)
    assert set(event.people.values_list("person_id", flat=True)) == {leader.pk, other.pk}


def test_the_variant_is_one_of_the_packs(cast):
    models = {"items": [{"key": "toddler", "names": texts("Toddlers")}]}
    StoredPack.objects.create(programme=cast.programme, content={"delivery_models": models})
    with pytest.raises(DomainError) as refusal:
        start(cast, variant="universal")
    assert refusal.value.field == "variant"
    assert start(cast, variant="toddler").variant == "toddler"


def test_a_programme_without_variants_takes_none(cast):
    with pytest.raises(DomainError) as refusal:
        start(cast, variant="toddler")
    assert refusal.value.code == "variant"


def test_others_than_leaders_and_elsewhere_are_refused(cast):
    with pytest.raises(NotAllowed):
        start(cast, by=cast.member("coordinator"))
    with pytest.raises(NotAllowed):
        start(cast, organisation=OrganisationFactory(parent=cast.programme.network))


def test_a_co_leader_comes_from_near(cast):
    far = OrganisationFactory(parent=cast.programme.network)
    with pytest.raises(DomainError) as refusal:
        start(cast, co_leader=cast.member("group_leader", organisation=far))
    assert refusal.value.field == "co_leader"


@pytest.mark.parametrize("day", [dt.date(1989, 12, 31), dt.date(2027, 3, 4)])
def test_odd_first_days(cast, day):
    with pytest.raises(DomainError) as refusal:
        start(cast, started_on=day)
    assert refusal.value.field == "started_on"


def test_a_meeting_is_noted_and_corrected_with_the_old_value_in_the_trail(cast):
    leader = cast.member("group_leader")
    group = GroupFactory(programme=cast.programme, led_by=[leader])
    meeting = note_meeting(by=leader, group=group, number=1, held_on=FIRST_DAY, attended=8)
    correct_meeting(by=leader, meeting=meeting, number=1, held_on=dt.date(2026, 1, 9), attended=8)
    meeting.refresh_from_db()
    assert (meeting.held_on, meeting.attended, meeting.noted_by) == (dt.date(2026, 1, 9), 8, leader)
    event = AuditEvent.objects.get(verb="meeting.corrected")
    assert event.facts == {"old": {"held_on": "2026-01-08"}, "new": {"held_on": "2026-01-09"}}


def test_a_number_is_taken_once(cast):
    leader = cast.member("group_leader")
    group = GroupFactory(programme=cast.programme, led_by=[leader])
    MeetingFactory(group=group, number=1)
    with pytest.raises(DomainError) as refusal:
        note_meeting(by=leader, group=group, number=1, held_on=FIRST_DAY)
    assert (refusal.value.field, refusal.value.code) == ("number", "taken")
    with pytest.raises(IntegrityError), transaction.atomic():
        MeetingFactory(group=group, number=1)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"held_on": dt.date(2026, 1, 7)}, "held_on"),
        ({"held_on": dt.date(2026, 3, 3)}, "held_on"),
        ({"number": 0}, "number"),
        ({"number": 100_000}, "number"),
        ({"attended": 1000}, "attended"),
    ],
)
def test_odd_meetings(cast, changes, field):
    leader = cast.member("group_leader")
    group = GroupFactory(programme=cast.programme, led_by=[leader])
    with pytest.raises(DomainError) as refusal:
        note_meeting(by=leader, group=group, **{"number": 1, "held_on": FIRST_DAY} | changes)
    assert refusal.value.field == field


def test_ending_ends_the_leading_and_notes_no_more_meetings(cast):
    leader, other = cast.member("group_leader"), cast.member("group_leader")
    group = GroupFactory(programme=cast.programme, led_by=[leader, other])
    end_group(by=leader, group=group, ended_on=dt.date(2026, 3, 1))
    group.refresh_from_db()
    assert (group.ended_on, group.ended_by) == (dt.date(2026, 3, 1), leader)
    assert set(GroupLeader.objects.values_list("ended_on", flat=True)) == {dt.date(2026, 3, 1)}
    with pytest.raises(DomainError) as refusal:
        note_meeting(by=leader, group=group, number=9, held_on=FIRST_DAY)
    assert refusal.value.code == "ended"


@pytest.mark.parametrize("day", [dt.date(2026, 3, 3), dt.date(2026, 1, 7), dt.date(2026, 1, 14)])
def test_odd_last_days(cast, day):
    leader = cast.member("group_leader")
    group = GroupFactory(programme=cast.programme, led_by=[leader])
    MeetingFactory(group=group, number=2)
    with pytest.raises(DomainError) as refusal:
        end_group(by=leader, group=group, ended_on=day)
    assert refusal.value.field == "ended_on"


def test_a_stranger_changes_nothing(cast):
    group = GroupFactory(programme=cast.programme, led_by=[cast.member("group_leader")])
    stranger = cast.member("group_leader")
    with pytest.raises(NotAllowed):
        note_meeting(by=stranger, group=group, number=1, held_on=FIRST_DAY)
    with pytest.raises(NotAllowed):
        end_group(by=stranger, group=group, ended_on=FIRST_DAY)
