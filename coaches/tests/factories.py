"""Placements, profiles and absences for tests."""

import datetime as dt
from typing import Any

import factory

from accounts.models import User
from accounts.tests.factories import PersonFactory
from coaches.four_places import lowest_free
from coaches.models import Absence, CoachProfile, Placement
from programmes.models import ProgrammeRole
from programmes.tests.factories import ADDED_AT, LONG_AGO, RuleVersionFactory


class PlacementFactory(factory.django.DjangoModelFactory):
    """An open placement under `rule`, in the coach's lowest free place where the kind has places."""

    class Meta:
        model = Placement

    coach = factory.SubFactory(PersonFactory)
    supervisee = factory.SubFactory(PersonFactory)
    rule = factory.LazyFunction(lambda: RuleVersionFactory().rule)
    programme = factory.SelfAttribute("rule.programme")
    started_on = LONG_AGO
    placed_at = ADDED_AT
    placed_by = factory.LazyFunction(User.objects.system)

    @factory.lazy_attribute
    def supervisor_kind(self) -> str:
        return str(self.rule.versions.get(is_current=True).supervisor_role.kind)

    @factory.lazy_attribute
    def place(self) -> int | None:
        if self.supervisor_kind != ProgrammeRole.Kind.PEER_COACH:
            return None
        live: Any = Placement.objects.live().filter(coach=self.coach, place__isnull=False)
        return lowest_free(set(live.values_list("place", flat=True)), 4)


class CoachProfileFactory(factory.django.DjangoModelFactory):
    """A coach who offers all four places."""

    class Meta:
        model = CoachProfile

    person = factory.SubFactory(PersonFactory)
    capacity = 4


class AbsenceFactory(factory.django.DjangoModelFactory):
    """Away since 2 January 2026, until somebody says otherwise."""

    class Meta:
        model = Absence

    person = factory.SubFactory(PersonFactory)
    starts_on = dt.date(2026, 1, 2)
    noted_at = ADDED_AT
    noted_by = factory.SelfAttribute("person")
