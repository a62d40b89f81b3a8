"""The numbers of a branch are the same however they are read: for one programme by itself, or for several at once."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from coaches.models import EarlierSession
from overview.readers.branch import current_versions
from overview.readers.needs import Needs, needs_from
from programmes.policies import hats_of
from programmes.tests.factories import small_programme
from supervision.tests.factories import NOW, Stage

pytestmark = [pytest.mark.django_db, pytest.mark.both]


def test_each_programme_alone_and_together(stage: Stage) -> None:
    """One met in a session, one before this service was used, one in both, one not at all."""
    with time_machine.travel(NOW, tick=False):
        coach = stage.member("peer_coach")
        people = [stage.member("group_leader") for _one in range(4)]
        stage.place(coach, *people, rule="peer_coach_group")
        lately = NOW - dt.timedelta(days=3)
        stage.session("peer_coach_group", coach, [people[0], people[2]], at=lately, state="finished")
        for person in (people[1], people[2]):
            EarlierSession.objects.create(
                person=person,
                programme=stage.programme,
                held_at=lately,
                source="a list",
                noted_at=timezone.now(),
                noted_by=coach,
            )
        head = stage.member("local_coordinator", stage.network)
        other = small_programme(network=stage.network)
        other.member("coordinator", stage.network, person=head)
        hats = [hat for hat in hats_of(head) if hat.role.kind == "coordinator"]
        versions = current_versions(*(hat.programme for hat in hats))
        alone = [needs_from([hat], versions)[0] for hat in hats]
        own = next(one for one, hat in zip(alone, hats, strict=True) if hat.programme == stage.programme)
        assert (len(hats), own.supervised, own.met) == (2, 4, 3)
        assert alone == needs_from(hats, versions)
        assert all(isinstance(one, Needs) for one in alone)
