"""A step that waits opens the evaluations that it names to whoever decides it, and no others."""

import pytest
from django.urls import reverse

from checklists import named
from checklists.tests.factories import EvaluationFactory, published
from programmes.tests.factories import small_programme

pytestmark = pytest.mark.django_db


def test_only_what_the_step_names_opens(client, monkeypatch):
    cast = small_programme()
    mentor, leader = cast.member("mentor"), cast.member("group_leader")
    asked = EvaluationFactory(version=published(cast.programme, "process"), person=leader, thing="meeting:1")
    other = EvaluationFactory(version=published(cast.programme, "readiness"), person=leader)
    client.force_login(mentor)

    def status(one):
        return client.get(reverse("checklists:evaluation", args=[one.pk])).status_code

    assert (status(asked), status(other)) == (404, 404)
    waits = named.Finder(lambda *_: {}, lambda who, *_: frozenset({"process"}) if who == mentor else None)
    monkeypatch.setattr(named, "_finders", {"test": waits})
    assert (status(asked), status(other)) == (200, 404)
    client.force_login(leader)
    assert (status(asked), status(other)) == (200, 200)
