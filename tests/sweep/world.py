"""The world of the sweep: the demo's two networks, and one person for each hat who tries every address."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import time_machine
from django.conf import settings
from django.db import transaction
from django.test import Client

from accounts.models import User
from onboarding.demo.seed import seed_demo

TODAY = dt.date(2026, 11, 24)
# Ten in the morning in Oslo: time stands there for the whole sweep.
MORNING = dt.datetime(2026, 11, 24, 9, tzinfo=dt.UTC)

# Who tries: the name used in the rows, and the address in the demo.
WHO = {
    "coordinator": "kari@solvik.example",
    "branch_coordinator": "odd@solvik.example",
    "mentor": "bente@solvik.example",
    "other_mentor": "ante@solvik.example",
    "apprentice": "liv@solvik.example",
    "coach": "ragnhild@solvik.example",
    "other_coach": "tor@solvik.example",
    "leader": "ingrid@solvik.example",
    "colleague": "jonas@solvik.example",
    "other_leader": "per@solvik.example",
    "observer": "marit@solvik.example",
    "supervisor": "silje@solvik.example",
    "supervisee": "mohamed@solvik.example",
    "far_coordinator": "jytte@ostjylland.example",
    "far_mentor": "lars@ostjylland.example",
    "far_coach": "anne@ostjylland.example",
    "far_leader": "jens@ostjylland.example",
    "far_observer": "ole@ostjylland.example",
}
FAR = frozenset(who for who in WHO if who.startswith("far_"))
EVERYBODY = frozenset(WHO)


@dataclass
class World:
    """People by hat, the objects that the addresses name, and everybody's sign-in, made once."""

    people: dict[str, User]
    things: dict[str, Any] = field(default_factory=dict)
    sessions: dict[str, str] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Any:
        return self.people.get(name) or self.things[name]

    def client(self, who: str) -> Client:
        """A browser in which this person is signed in, with nothing else of what they did before."""
        client = Client()
        client.cookies[settings.SESSION_COOKIE_NAME] = self.sessions[who]
        return client

    def sign_in(self) -> None:
        """Everybody, once: a sign-in for each request costs as much as the page."""
        for who, user in self.people.items():
            client = Client()
            client.force_login(user)
            self.sessions[who] = client.cookies[settings.SESSION_COOKIE_NAME].value


@contextmanager
def standing_world(blocker: Any, *prepare: Callable[[World], None]) -> Iterator[World]:
    """The demo with what is made on top, once for a whole file of tests: each test runs in a savepoint of its own, and
    all is rolled back at the end. `blocker` is pytest-django's."""
    with blocker.unblock(), time_machine.travel(MORNING, tick=True), transaction.atomic():
        seed_demo(today=TODAY)
        found = {user.email: user for user in User.objects.filter(email__in=WHO.values())}
        world = World({who: found[address] for who, address in WHO.items()})
        for act in prepare:
            act(world)
        world.sign_in()
        yield world
        transaction.set_rollback(True)
