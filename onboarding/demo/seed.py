"""The whole demo, network by network."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from unittest import mock

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from common.errors import DomainError
from onboarding.demo.bulk import add_people, add_sessions, take_stock
from onboarding.demo.cast import AARHUS, NETWORKS, PASSWORD, SOLVIK, Network
from onboarding.demo.certified import certify_in_ostjylland, certify_in_solvik
from onboarding.demo.ladder_story import climb_in_ostjylland, climb_in_solvik
from onboarding.demo.network import make_network
from onboarding.demo.story import tell_ostjylland, tell_solvik
from programmes.models import Organisation


@dataclass(frozen=True)
class Seeded:
    """What was made, for printing."""

    networks: tuple[Network, ...]

    def as_json(self) -> dict[str, Any]:
        """`{"networks": [{"name", "accounts": [{"role", "email", "password"}]}]}`: others rely on this shape."""
        return {
            "networks": [
                {
                    "name": network.name,
                    "accounts": [
                        {"role": role, "email": f"{key}@{network.domain}", "password": PASSWORD}
                        for role, key in network.accounts
                    ],
                }
                for network in self.networks
            ]
        }


def seed_demo(*, today: dt.date, people: int = 0, sessions: int = 0) -> Seeded:
    """Make both networks in one transaction. Raises `DomainError` when a demo network is there already."""
    names = [network.name for network in NETWORKS]
    if Organisation.objects.networks().filter(name__in=names).exists():
        raise DomainError(_("The demo is here already. Start with an empty database to make it again."))
    with transaction.atomic(), _as_on(today):
        solvik = make_network(SOLVIK, today)
        tell_solvik(solvik)
        climb_in_solvik(solvik)
        certify_in_solvik(solvik)
        ostjylland = make_network(AARHUS, today)
        tell_ostjylland(ostjylland)
        climb_in_ostjylland(ostjylland)
        certify_in_ostjylland(ostjylland)
        add_people(solvik, people)
        add_sessions(solvik, sessions)
    if people or sessions:
        take_stock()
    return Seeded(NETWORKS)


@contextmanager
def _as_on(today: dt.date) -> Iterator[None]:
    """Let the acts believe that it is the demo's day: they refuse to plan backwards and to record ahead."""
    if today == timezone.localdate():
        yield
        return
    morning = timezone.make_aware(dt.datetime.combine(today, dt.time(8)))
    with mock.patch.object(timezone, "now", return_value=morning.astimezone(dt.UTC)):
        yield
