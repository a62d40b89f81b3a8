"""What the page says about its readers is what the policy lets them read: the same question asked of both."""

import datetime as dt

import pytest
from django.utils import translation

from checklists import policies
from checklists.readership import readers_words
from checklists.sight import Rating
from checklists.tests.factories import EvaluationFactory, published
from checklists.who_reads import When, opens
from programmes.rights import Relation
from programmes.tests.factories import small_programme

pytestmark = pytest.mark.django_db
BOTH = {"filled_by": ["group_leader", "mentor"], "allows_raters": ["self", "mentor"]}
INSTRUMENTS = {
    "compared": ("process", BOTH),
    "of others": ("video_rating", {"filled_by": ["mentor"]}),
    "of oneself": ("self", {"filled_by": ["group_leader"]}),
    "content": ("content", {"filled_by": ["group_leader"]}),
    "with consent": ("supervisee_evaluation", {"source": {"shared_with": {"en": "the coach"}}}),
}
FROM = {
    When.SENT_IN: (True, True),
    When.BOTH_IN: (False, True),
    When.NEVER: (False, False),
    When.SHARED: (False, False),
}


def seen_by(relation, evaluation, ratings):
    viewer = evaluation.person if relation is Relation.SELF else small_programme().member("observer")
    reader = policies.Reader(
        viewer=viewer,
        person=evaluation.person,
        programme=evaluation.version.checklist.programme,
        relations=frozenset({relation}),
        reads_from=dt.date(2020, 1, 1),
        roles=frozenset(),
        leads_with=frozenset(),
        named=frozenset({evaluation.version.checklist.key}),
    )
    return policies.may_read(reader, evaluation, ratings)


@pytest.mark.parametrize("name", INSTRUMENTS)
def test_each_relation_reads_from_the_time_that_is_said(name):
    kind, fields = INSTRUMENTS[name]
    cast = small_programme()
    version = published(cast.programme, "it", kind=kind, **fields)
    leader, rater = cast.member("group_leader"), cast.member("mentor")
    one = EvaluationFactory(version=version, person=leader, rater=rater, part="mentor")
    alone, both = [Rating(rater.pk, "mentor")], [Rating(rater.pk, "mentor"), Rating(leader.pk, "self")]
    for relation, when in opens(version).items():
        expected = FROM[when]
        if when is When.NEVER and relation in (Relation.SELF, Relation.PLACEMENT, Relation.SUPERVISES_LEAD):
            expected = (False, seen_by(relation, one, both))  # another's rating of what only oneself fills in: none
        assert (seen_by(relation, one, alone), seen_by(relation, one, both)) == expected, relation
    assert opens(version)[Relation.SELF] in (When.BOTH_IN, When.SENT_IN, When.NEVER, When.SHARED)


@pytest.mark.parametrize(
    ("name", "said", "unsaid"),
    [
        ("compared", "Once your rating and another’s are both in, also by Ingrid Moen, the coach", "you agree"),
        ("of others", "Once it is sent in, also by Ingrid Moen, the coach or mentor of Ingrid Moen", "both in"),
        ("of oneself", "whoever decides a step that asks for it", "the coach or mentor"),
        ("content", "those who lead the group with you", "the coach or mentor"),
        ("with consent", "Read by you alone, until you agree that Ingrid Moen reads it", "whoever decides"),
    ],
)
def test_the_sentence_of_each_kind_of_instrument(name, said, unsaid):
    kind, fields = INSTRUMENTS[name]
    cast = small_programme()
    version = published(cast.programme, "it", kind=kind, **fields)
    leader = cast.member("group_leader", name="Ingrid Moen")
    one = EvaluationFactory(version=version, person=leader, rater=cast.member("mentor"), part="mentor")
    with translation.override("en"):
        words = readers_words(one)
    assert said in words
    assert unsaid not in words
    assert "The coordinator sees that it is done" in words
