"""A field that takes confidential words says below itself who reads them."""

from __future__ import annotations

import pytest

from programmes.rights import RELATION_WORDS, TABLE, Relation, Sight, Thing
from tests.sweep.rows import ROWS
from tests.sweep.world import World

pytestmark = pytest.mark.django_db

# Address, who opens it, and the field.
FIELDS = (
    ("supervision:question", "leader", "question"),
    ("supervision:own", "leader", "note"),
    ("supervision:record", "coach", "own"),
    ("supervision:goal", "leader", "comment"),
    ("certification:decide", "other_mentor", "ground"),
    ("certification:hand_in", "coach", "reference"),
    ("certification:take_back", "mentor", "reason"),
    ("coaches:room", "coach", "reason"),
    ("people:settings", "leader", "phone"),
)


@pytest.mark.parametrize(("name", "who", "field"), FIELDS)
def test_a_field_says_who_reads_it(name: str, who: str, field: str, world: World) -> None:
    answer = world.client(who).get(ROWS[name].address(name, world), follow=True)
    page = answer.content.decode()
    assert f'name="{field}"' in page, answer.status_code
    assert f'id="id_{field}_readers"' in page


def test_what_a_goal_says_is_the_table(world: World) -> None:
    page = world.client("leader").get(
        ROWS["supervision:goal"].address("supervision:goal", world), headers={"accept-language": "en"}
    )
    told = page.context["form"].fields["comment"].readers
    for relation, sight in TABLE[Thing.GOALS].items():
        named = str(RELATION_WORDS[relation]) in told
        assert named == (sight not in (Sight.COUNTS, Sight.IF_SHARED) and relation != Relation.SELF), relation
