"""Every main page asks the database as often with many rows as with few, and no more often than its budget says.

The pages of the ladder are in certification/tests/test_page_queries.py, the record is in supervision/tests.
"""

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from checklists.models import Evaluation
from checklists.tests.factories import EvaluationFactory, answer_all, published
from coaches.tests.factories import PlacementFactory
from common.tests.queries import COMPOSED, LIST, queries_of
from practice.tests.factories import GroupFactory, MeetingFactory
from programmes.tests.factories import OrganisationFactory, small_programme

pytestmark = [pytest.mark.django_db, pytest.mark.both]
RATERS = {"filled_by": ["group_leader", "peer_coach"], "allows_raters": ["self", "peer_coach"]}


class World:
    """A coach with a group leader, what they have filled in about each other, and the coordinator above them."""

    def __init__(self) -> None:
        self.cast = small_programme()
        self.coordinator, self.observer = self.cast.member("coordinator"), self.cast.member("observer")
        self.mentor, self.coach = self.cast.member("mentor"), self.cast.member("peer_coach")
        self.leader = self.cast.member("group_leader")
        PlacementFactory(coach=self.mentor, supervisee=self.coach, rule=self.cast.rules["mentoring"])
        PlacementFactory(coach=self.coach, supervisee=self.leader, rule=self.cast.rules["group"])
        self.version = published(self.cast.programme, about="group_meeting", **RATERS)
        self.add()

    def add(self) -> None:
        """One more of each: a meeting with two evaluations and a third begun, a colleague, an organisation."""
        meeting = MeetingFactory(group=GroupFactory(programme=self.cast.programme, led_by=[self.leader]))
        for rater in (self.leader, self.coach):
            seen = {"thing": f"meeting:{meeting.pk}", "meeting": meeting, "person": self.leader, "rater": rater}
            self.latest = EvaluationFactory(version=self.version, **seen)
            answer_all(self.latest, 1)
        alone = MeetingFactory(group=meeting.group)
        self.open = EvaluationFactory(
            version=self.version, thing=f"meeting:{alone.pk}", meeting=alone, person=self.leader, rater=self.leader
        )
        self.cast.member("group_leader")
        OrganisationFactory(parent=self.cast.office)

    def pages(self) -> dict[str, tuple[object, str, int]]:
        """By name: who looks, the address, the budget."""
        programme, checklist = self.cast.programme.pk, self.version.checklist_id
        return {
            "home": (self.coach, reverse("overview:home"), COMPOSED),
            "branch": (self.coordinator, reverse("overview:home"), COMPOSED),
            "ladder part": (self.mentor, reverse("overview:home_ladder"), COMPOSED),
            "workbench": (self.coordinator, reverse("overview:workbench"), COMPOSED),
            "coverage": (self.observer, reverse("overview:coverage"), COMPOSED),
            "people": (self.coordinator, reverse("people:list"), LIST),
            "a person": (self.coordinator, reverse("people:person", args=[self.coach.pk]), COMPOSED),
            "a coach": (self.mentor, reverse("people:person", args=[self.coach.pk]), COMPOSED),
            "organisations": (self.coordinator, reverse("programmes:organisations"), LIST),
            "one": (self.coordinator, reverse("programmes:organisation", args=[self.cast.office.pk]), LIST),
            "places": (self.coach, reverse("coaches:my_places"), LIST),
            "mentor's places": (self.mentor, reverse("coaches:my_places"), LIST),
            "groups": (self.leader, reverse("practice:groups"), LIST),
            "checklists": (self.coach, reverse("checklists:checklists"), LIST),
            "own checklists": (self.leader, reverse("checklists:checklists"), LIST),
            "about me": (self.leader, reverse("checklists:about_me"), LIST),
            "given": (self.coach, reverse("checklists:given"), LIST),
            "about": (self.coach, reverse("checklists:about_person", args=[programme, self.leader.pk]), COMPOSED),
            "compare": (self.coach, reverse("checklists:compare", args=[self.latest.pk]), COMPOSED),
            "read": (self.leader, reverse("checklists:evaluation", args=[self.latest.pk]), COMPOSED),
            "over time": (self.mentor, reverse("checklists:over_time", args=[checklist, self.leader.pk]), COMPOSED),
            "done": (self.coordinator, reverse("checklists:done", args=[programme]), LIST),
            "averages": (self.observer, reverse("checklists:averages", args=[programme]), LIST),
        }


def counted(client: Client, world: World) -> dict[str, int]:
    """The queries of each page."""
    found = {}
    for name, (who, address, _budget) in world.pages().items():
        client.force_login(who)
        found[name] = queries_of(client, address)
    return found


def test_as_often_with_many_as_with_few_and_within_the_budget(client: Client) -> None:
    with time_machine.travel("2026-03-02 12:00+01:00", tick=True):
        world = World()
        few = counted(client, world)
        for _number in range(6):
            world.add()
        many = counted(client, world)
    assert many == few
    assert {name: number for name, number in few.items() if number > world.pages()[name][2]} == {}
    assert Evaluation.objects.count() == 21
