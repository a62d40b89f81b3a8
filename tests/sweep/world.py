"""The world of the sweep: the demo's two networks, and one person for each hat who tries every address."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

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
    """People by hat, and the objects that the addresses name."""

    people: dict[str, User]
    things: dict[str, Any] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Any:
        return self.people.get(name) or self.things[name]


def make_world(furnish: Callable[[World], None]) -> World:
    """Seed the demo, look everybody up, and let the tests add the objects they need."""
    seed_demo(today=TODAY)
    found = {user.email: user for user in User.objects.filter(email__in=WHO.values())}
    world = World({who: found[address] for who, address in WHO.items()})
    furnish(world)
    return world
