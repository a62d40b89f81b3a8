"""Groups, their leaders and meetings, and recordings for tests."""

import datetime as dt

import factory

from accounts.tests.factories import PersonFactory
from practice.models import DeliveryGroup, GroupLeader, GroupMeeting, Recording
from programmes.tests.factories import ADDED_AT, ProgrammeFactory

FIRST_DAY = dt.date(2026, 1, 8)


class GroupFactory(factory.django.DjangoModelFactory):
    """A group that began on 8 January 2026 and runs; `led_by=[person, …]` leads it from the first day."""

    class Meta:
        model = DeliveryGroup
        skip_postgeneration_save = True

    programme = factory.SubFactory(ProgrammeFactory)
    organisation = factory.SelfAttribute("programme.network")
    name = factory.Sequence(lambda number: f"Group {number}")
    started_on = FIRST_DAY
    started_at = ADDED_AT
    started_by = factory.SubFactory(PersonFactory)

    @factory.post_generation
    def led_by(group, create: bool, extracted: list | None, **kwargs: object) -> None:
        for person in extracted or []:
            GroupLeader.objects.create(group=group, person=person, started_on=group.started_on)


class MeetingFactory(factory.django.DjangoModelFactory):
    """Meeting 1, 2, 3 … of a group, each a week after the last, seven came."""

    class Meta:
        model = GroupMeeting

    group = factory.SubFactory(GroupFactory)
    number = factory.LazyAttribute(lambda meeting: meeting.group.meetings.count() + 1)
    held_on = factory.LazyAttribute(lambda meeting: FIRST_DAY + dt.timedelta(weeks=meeting.number - 1))
    attended = 7
    noted_at = ADDED_AT
    noted_by = factory.SelfAttribute("group.started_by")


class RecordingFactory(factory.django.DjangoModelFactory):
    """A film by reference, with consent for supervision by seven of seven until 1 January 2030."""

    class Meta:
        model = Recording

    programme = factory.SubFactory(ProgrammeFactory)
    location = "Safe, shelf 3"
    purposes = ["supervision"]
    consents_given = 7
    consents_asked = 7
    valid_until = dt.date(2030, 1, 1)
    noted_at = ADDED_AT
    noted_by = factory.SubFactory(PersonFactory)
