"""Only those are asked who know the relations that are wanted."""

import pytest

from programmes import relations
from programmes.relations import About, Finder, relations_among
from programmes.rights import Relation
from programmes.tests.factories import small_programme

pytestmark = [pytest.mark.django_db]


def test_finders_of_other_relations_are_not_asked(monkeypatch: pytest.MonkeyPatch, django_assert_num_queries) -> None:
    cast = small_programme()
    coach, leader = cast.member("peer_coach"), cast.member("group_leader")
    asked: list[str] = []

    def finder(name: str, *gives: Relation) -> Finder:
        return Finder(lambda *_: {}, lambda *_: asked.append(name) or set(gives), frozenset(gives))

    near = finder("near", Relation.PLACEMENT, Relation.STAND_IN)
    monkeypatch.setattr(relations, "_finders", {"near": near, "dear": finder("dear", Relation.DECIDES_STEP)})
    looked_at = [About(leader, cast.programme), About(coach, cast.programme)]
    with django_assert_num_queries(1):
        assert relations_among(coach, looked_at, {Relation.PLACEMENT}) == {Relation.PLACEMENT}
    assert asked == ["near", "near"]
    assert relations_among(coach, looked_at[:1], {Relation.DECIDES_STEP}) == {Relation.DECIDES_STEP}
    assert asked[2:] == ["dear"]
    assert relations_among(coach, [], {Relation.DECIDES_STEP}) == set()


def test_a_finder_gives_what_it_says(monkeypatch: pytest.MonkeyPatch) -> None:
    cast = small_programme()
    coach = cast.member("peer_coach")
    liar = Finder(lambda *_: {}, lambda *_: {Relation.COORDINATOR}, frozenset({Relation.PLACEMENT}))
    monkeypatch.setattr(relations, "_finders", {"liar": liar})
    with pytest.raises(AssertionError, match="liar gives"):
        relations.relations(coach, About(cast.member("group_leader"), cast.programme))
