"""People who are something else to Ingrid, or to the session that she was in, than anybody of the demo's cast."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.utils import timezone

from accounts.models import User
from coaches.models import Placement
from programmes.models import Membership
from supervision.models import Attendance, SupervisionSession
from tests.sweep.world import TODAY, World

Seat = Attendance.Seat

#: The name used in the rows, and the address in the demo. What each is to Ingrid stands in `relate`.
RELATED = {
    "stand_in": "kjell@solvik.example",
    "earlier_coach": "laila@solvik.example",
    "ended_today": "hege@solvik.example",
    "planned_coach": "ase@solvik.example",
    "co_leader": "berit@solvik.example",
    "guest": "elle@solvik.example",
    "absent": "amina@solvik.example",
    "left": "maret@solvik.example",
    "left_coach": "zoe@solvik.example",
}


def relate(world: World) -> None:
    """Ingrid has a stand-in, two coaches from before, and one who comes; in her session sat a co-leader, a guest, one
    who stayed away and one who has left since; a coach whom she had has left too, and nobody ended the place."""
    for who, address in RELATED.items():
        world.people[who] = User.objects.get(email=address)
    own = world["placement"]
    Placement.objects.filter(pk=own.pk).update(planned_end_on=TODAY + dt.timedelta(days=60))
    _place(world, "stand_in", covers=own, started_on=_ago(3))
    _place(world, "earlier_coach", started_on=_ago(300), ended_on=_ago(100))
    _place(world, "ended_today", started_on=_ago(50), ended_on=TODAY)
    _place(world, "planned_coach", started_on=_ago(-60), state=Placement.State.PLANNED)
    _session(world, "early", "earlier_coach", 110)
    _session(world, "led_by_left", "left_coach", 150)
    _seat(world, "finished", "co_leader", Seat.CO_LEAD)
    _seat(world, "finished", "guest", Seat.OBSERVER, is_guest=True)
    _seat(world, "finished", "absent", Seat.SUPERVISEE, present=False)
    for who in ("left", "left_coach"):
        Membership.objects.open().filter(person=world[who]).update(ended_on=_ago(2), ended_by=world["coordinator"])


def _ago(days: int) -> dt.date:
    return TODAY - dt.timedelta(days=days)


def _place(world: World, coach: str, *, started_on: dt.date, **more: Any) -> None:
    """A place with Ingrid, like the one that she has: ended when `ended_on` is given, open unless `state` is."""
    own = world["placement"]
    if "ended_on" in more:
        more |= {"state": Placement.State.ENDED, "ended_by": world["coordinator"]}
    Placement.objects.create(
        coach=world[coach],
        supervisee=world["leader"],
        programme=own.programme,
        rule=own.rule,
        supervisor_kind=own.supervisor_kind,
        place=4,
        placed_at=timezone.now(),
        placed_by=world["coordinator"],
        started_on=started_on,
        **more,
    )


def _session(world: World, name: str, lead: str, days: int) -> None:
    """A finished session with Ingrid, led by somebody else than her coach of today."""
    like = world["finished"]
    at = timezone.now() - dt.timedelta(days=days)
    world.things[name] = SupervisionSession.objects.create(
        programme=like.programme,
        rule=like.rule,
        rule_version=like.rule_version,
        agenda=like.agenda,
        state=SupervisionSession.State.FINISHED,
        starts_at=at,
        zone=like.zone,
        minutes=like.minutes,
        uid=uuid.uuid4(),
        planned_at=at,
        planned_by=world[lead],
        finished_at=at,
        finished_by=world[lead],
    )
    for who, seat in ((lead, Seat.LEAD), ("leader", Seat.SUPERVISEE)):
        _seat(world, name, who, seat)


def _seat(world: World, session: str, who: str, seat: str, *, present: bool = True, is_guest: bool = False) -> None:
    Attendance.objects.create(
        session=world[session],
        person=world[who],
        seat=seat,
        present=present,
        is_guest=is_guest,
        organisation=world["organisation"],
    )
