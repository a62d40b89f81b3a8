"""Whoever decides steps finds what waits: on the first page, and as a page of the bar."""

import pytest
from django.test import Client
from django.urls import reverse

from certification.models import Step
from certification.tests.factories import installed

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine("2026-11-22 12:00", tick=False)]
DECISIONS = 'href="/ladder/decisions/'


@pytest.mark.parametrize("key", ["dua", "kollegaveiledning", "peer_training", "peer_coaching"])
def test_every_role_that_decides_has_the_page(client: Client, key: str) -> None:
    """A role that decides nothing in the pack (peer coaches of two programmes) has no empty page."""
    hall = installed(key)
    deciding = set(
        Step.objects.filter(version__track__programme=hall.programme).values_list("approver_role__key", flat=True)
    )
    for role in hall.roles.values():
        if role.in_training:
            continue
        client.force_login(hall.member(role.key))
        shown = DECISIONS in client.get(reverse("overview:home")).content.decode()
        may = role.kind not in ("group_leader", "peer_coach") or role.key in deciding
        assert shown == may, role.key


def test_a_coachs_first_page_shows_the_step_that_waits(client: Client) -> None:
    hall = installed("dua")
    coach, leader = hall.member("peer_coach"), hall.member("group_leader", name="Ingrid Moen")
    hall.candidacy("group_leader", leader, "toddler")
    client.force_login(coach)
    part = client.get(reverse("overview:home_ladder"), headers={"HX-Request": "true"}).content.decode()
    assert "Ingrid Moen" in part
    assert "/steps/" in part
    learner = hall.member("peer_coach", in_training=True)
    client.force_login(learner)
    assert DECISIONS not in client.get(reverse("overview:home")).content.decode()
    assert "Ingrid Moen" not in client.get(reverse("overview:home_ladder")).content.decode()
