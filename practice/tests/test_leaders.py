"""Who leads a group changes, and what was entered wrongly is put right; how far a group is."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse
from django.utils import translation

from accounts.models import AuditEvent
from common.errors import DomainError, NotAllowed
from practice import policies
from practice.actions.leaders import add_leader, correct_group, end_leading
from practice.delivery import course
from practice.tests.factories import GroupFactory, MeetingFactory
from programmes.tests.factories import small_programme

pytestmark = [pytest.mark.django_db, pytest.mark.both]
TODAY = dt.date(2026, 3, 2)


@pytest.fixture
def cast():
    translation.activate("en")
    with time_machine.travel("2026-03-02 12:00+01:00", tick=False):
        yield small_programme()


@pytest.fixture
def group(cast):
    return GroupFactory(
        programme=cast.programme, organisation=cast.office, led_by=[cast.member("group_leader", name="Ingrid Moen")]
    )


def test_a_co_leader_is_replaced(cast, group):
    ingrid, jonas = group.leaders.get().person, cast.member("group_leader", name="Jonas Haugland")
    add_leader(by=ingrid, group=group, person=jonas, started_on=TODAY)
    end_leading(by=jonas, leader=group.leaders.get(person=ingrid), ended_on=TODAY)
    assert policies.leads_group(jonas, group)
    assert not policies.leads_group(ingrid, group)
    assert policies.may_read_group(ingrid, group)
    verbs = AuditEvent.objects.filter(subject=f"group:{group.pk}").order_by("pk")
    assert [event.verb for event in verbs] == ["group.leader_joined", "group.leader_left"]


def test_somebody_always_leads(group):
    row = group.leaders.get()
    with pytest.raises(DomainError) as refusal:
        end_leading(by=row.person, leader=row, ended_on=TODAY)
    assert refusal.value.code == "last"


def test_who_cannot_join(cast, group):
    ingrid = group.leaders.get().person
    stranger, observer = cast.member("group_leader", organisation=cast.top), cast.member("observer")
    for person, code in ((observer, "co_leader"), (ingrid, "co_leader")):
        with pytest.raises(DomainError) as refusal:
            add_leader(by=ingrid, group=group, person=person, started_on=TODAY)
        assert refusal.value.code == code
    with pytest.raises(NotAllowed):
        add_leader(by=stranger, group=group, person=stranger, started_on=TODAY)


@pytest.mark.parametrize("day", [dt.date(2026, 1, 7), dt.date(2026, 3, 3)])
def test_nobody_joins_before_the_group_or_ahead(cast, group, day):
    with pytest.raises(DomainError) as refusal:
        add_leader(by=group.leaders.get().person, group=group, person=cast.member("group_leader"), started_on=day)
    assert refusal.value.field == "started_on"


def test_a_group_is_corrected_and_the_trail_keeps_the_old_day(group):
    ingrid = group.leaders.get().person
    correct_group(by=ingrid, group=group, name="Spring", started_on=dt.date(2026, 1, 5))
    group.refresh_from_db()
    assert (group.name, group.started_on) == ("Spring", dt.date(2026, 1, 5))
    assert group.leaders.get().started_on == dt.date(2026, 1, 5)
    facts = AuditEvent.objects.get(verb="group.corrected").facts
    assert facts["old"]["started_on"] == "2026-01-08"


def test_the_first_day_does_not_pass_a_meeting(group):
    MeetingFactory(group=group, held_on=dt.date(2026, 1, 10))
    with pytest.raises(DomainError) as refusal:
        correct_group(by=group.leaders.get().person, group=group, name="Spring", started_on=dt.date(2026, 1, 11))
    assert refusal.value.code == "after_meeting"


@pytest.mark.parametrize(
    ("numbers", "left", "is_enough", "missing"),
    [((), 14, False, ()), ((1, 2, 4), 11, False, (3,)), (range(1, 15), 0, True, ()), (range(1, 17), 0, True, ())],
)
def test_how_far_a_group_is(numbers, left, is_enough, missing):
    pack = {"delivery_models": {"items": [{"key": "preschool", "names": {}, "meetings": {"min": 14, "max": None}}]}}
    found = course(pack, "preschool", numbers)
    assert (found.left, found.is_enough, found.missing) == (left, is_enough, missing)
    assert course(pack, "other", numbers).least is None


def test_pages_add_and_end(cast, group, client):
    ingrid, jonas = group.leaders.get().person, cast.member("group_leader", name="Jonas Haugland")
    client.force_login(ingrid)
    url = reverse("practice:add_leader", args=[group.pk])
    assert client.post(url, {"co_leader": "999999", "started_on": "2026-03-02"}).status_code == 422
    assert client.post(url, {"co_leader": jonas.pk, "started_on": "2026-03-02"}).status_code == 302
    row = group.leaders.get(person=jonas)
    end = reverse("practice:end_leading", args=[group.pk, row.pk])
    assert client.post(end, {"ended_on": "2026-03-03"}).status_code == 422
    assert client.post(end, {"ended_on": "2026-03-02"}).status_code == 302
    assert client.post(end, {"ended_on": "2026-03-02"}).status_code == 422
    elsewhere = GroupFactory(programme=cast.programme, led_by=[ingrid])
    assert client.get(reverse("practice:end_leading", args=[elsewhere.pk, row.pk])).status_code == 404
