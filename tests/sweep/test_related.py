"""Those who stand beside Ingrid, or sat in her session, at every address about her: what each relation opens."""

from __future__ import annotations

import pytest

from programmes.relations import About, relations
from programmes.rights import Relation
from tests.sweep.canary import leaks
from tests.sweep.related import RELATED
from tests.sweep.rows import ROWS
from tests.sweep.world import World

pytestmark = pytest.mark.django_db

COACHES = ("stand_in", "earlier_coach", "ended_today")
# What each is to Ingrid, outside any session.
IS_TO_INGRID = {
    "stand_in": {Relation.STAND_IN},
    "earlier_coach": {Relation.EARLIER_COACH},
    "ended_today": {Relation.EARLIER_COACH},
    "planned_coach": set(),
    "co_leader": set(),
    "guest": set(),
    "absent": set(),
    "left": set(),
    "left_coach": set(),
}

# Address: who sees it, and who is told that it is not theirs. Everybody else of `RELATED` finds nothing.
NOTHING: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())
IN_FINISHED = ("co_leader", "guest", "absent", "left")
ROWS_OF_RELATED: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    # The session of two weeks ago was Ingrid's last one: a stand-in knows that it was held.
    "supervision:session": (("stand_in", *IN_FINISHED), ()),
    "supervision:print": (IN_FINISHED, ("stand_in",)),
    "supervision:own": (IN_FINISHED, ("stand_in",)),
    # The next one: Máret has a seat in it, and has left.
    "supervision:calendar": ((), ("stand_in", "left")),
    "supervision:change": ((), ("stand_in", "left")),
    "supervision:cancel": ((), ("stand_in", "left")),
    "supervision:question": ((), ("stand_in", "left")),
    "supervision:record": ((), ("left",)),
    "supervision:resolve": ((), ("left",)),
    "supervision:goal": NOTHING,
    "checklists:evaluation": NOTHING,
    "checklists:compare": NOTHING,
    "checklists:over_time": NOTHING,
    "checklists:fill": NOTHING,
    # Earlier coaches come to a list of their own ratings.
    "checklists:about_person": (("earlier_coach", "ended_today"), ()),
    "people:person": (COACHES, ()),
    "programmes:contact": NOTHING,
    "coaches:end": ((), COACHES),
    "coaches:move": ((), COACHES),
    "coaches:swap": ((), COACHES),
    "coaches:follow": ((), COACHES),
    "practice:group": (("stand_in",), ()),
    "practice:end_group": ((), ("stand_in",)),
    "practice:note_meeting": ((), ("stand_in",)),
    "practice:recording": NOTHING,
    # Ragnhild's ladder, and the last page of Kjell's certificate, which is the stand-in's own.
    "certification:candidacy": NOTHING,
    "certification:decide": NOTHING,
    "certification:close": NOTHING,
    "certification:take_back": NOTHING,
    "certification:issue": NOTHING,
    "certification:certificate": (("stand_in",), ()),
    "certification:withdraw": ((), ("stand_in",)),
}
# Pages of one's own, where something about Ingrid could slip in.
OWN = ("overview:home", "supervision:sessions", "supervision:goals", "checklists:checklists", "checklists:given",
       "coaches:my_places", "certification:decisions", "practice:groups", "people:mine")  # fmt: skip


@pytest.mark.parametrize("name", sorted(ROWS_OF_RELATED))
def test_what_a_relation_opens(name: str, world: World) -> None:
    address = ROWS[name].address(name, world)
    sees, forbidden = ROWS_OF_RELATED[name]
    right = {who: 200 if who in sees else 403 if who in forbidden else 404 for who in RELATED}
    answers = {who: world.client(who).get(address) for who in RELATED}
    assert {who: answer.status_code for who, answer in answers.items()} == right, address
    assert [leak for who, answer in answers.items() for leak in leaks(who, answer)] == [], address


@pytest.mark.parametrize("name", OWN)
def test_own_pages_hold_nothing_of_others(name: str, world: World) -> None:
    address = ROWS[name].address(name, world)
    answers = {who: world.client(who).get(address, follow=True) for who in RELATED}
    assert {answer.status_code for answer in answers.values()} <= {200, 403}
    assert [leak for who, answer in answers.items() for leak in leaks(who, answer)] == [], address


@pytest.mark.parametrize("who", RELATED)
def test_what_each_is_to_ingrid(who: str, world: World) -> None:
    assert relations(world[who], About(world["leader"], world["programme"])) == IS_TO_INGRID[who]
