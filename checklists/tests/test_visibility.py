"""Who reads an evaluation about a person, and when: the row of the rights table, relation by relation."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from checklists import policies
from checklists.models import Evaluation
from checklists.sight import Rating, both_in
from checklists.tests.factories import EvaluationFactory, answer_all, published
from coaches.tests.factories import PlacementFactory
from practice.tests.factories import GroupFactory, MeetingFactory
from programmes.tests.factories import Cast, small_programme

pytestmark = pytest.mark.django_db
RATERS = {
    "filled_by": ["group_leader", "peer_coach", "mentor"],
    "allows_raters": ["self", "co_leader", "peer_coach", "mentor"],
}


@pytest.fixture
def cast():
    with time_machine.travel("2026-03-02 12:00+01:00", tick=False):
        yield small_programme()


class Pair:
    """A coach and a leader, the coach's mentor, and a rating of the leader by each of the two, about one meeting."""

    def __init__(self, cast: Cast, *, own: bool = True, other: bool = True) -> None:
        self.cast = cast
        self.coach, self.leader = cast.member("peer_coach"), cast.member("group_leader")
        self.mentor = cast.member("mentor")
        self.placement = PlacementFactory(coach=self.coach, supervisee=self.leader, rule=cast.rules["group"])
        PlacementFactory(coach=self.mentor, supervisee=self.coach, rule=cast.rules["mentoring"])
        self.version = published(cast.programme, about="group_meeting", **RATERS)
        self.own = self.rating(self.leader) if own else None
        self.other = self.rating(self.coach) if other else None

    def rating(self, rater, **fields) -> Evaluation:
        return answer_all(
            EvaluationFactory(version=self.version, person=self.leader, rater=rater, thing="meeting:1", **fields),
            1,
            0,
            1,
        )


def reads(client, person, evaluation) -> bool:
    client.force_login(person)
    answer = client.get(reverse("checklists:evaluation", args=[evaluation.pk]))
    assert answer.status_code in (200, 302, 404)
    return answer.status_code != 404


def test_once_both_are_in_they_are_read_by_person_coach_and_the_coachs_mentor(cast, client):
    pair = Pair(cast)
    for reader in (pair.leader, pair.coach, pair.mentor):
        assert reads(client, reader, pair.own)
        assert reads(client, reader, pair.other)


def test_before_both_are_in_each_reads_only_their_own(cast, client):
    pair = Pair(cast, own=False)
    assert reads(client, pair.coach, pair.other)
    assert not reads(client, pair.leader, pair.other)
    assert not reads(client, pair.mentor, pair.other)
    draft = pair.rating(pair.leader, state="draft")
    assert not reads(client, pair.leader, pair.other)
    assert not reads(client, pair.coach, draft)
    assert reads(client, pair.leader, draft)


def test_the_rule_of_both_is_what_keeps_it_shut(cast, client, monkeypatch):
    """Negative control: with the rule off the same page opens, so that the test above tests the rule."""
    pair = Pair(cast, own=False)
    assert not reads(client, pair.leader, pair.other)
    monkeypatch.setattr(policies.sight, "both_in", lambda ratings, oneself: True)
    assert reads(client, pair.leader, pair.other)


def test_another_meetings_rating_does_not_open_this_one(cast, client):
    pair = Pair(cast, own=False)
    EvaluationFactory(version=pair.version, person=pair.leader, thing="meeting:2")
    assert not reads(client, pair.leader, pair.other)


def test_coordinator_observer_and_strangers_read_nothing(cast, client):
    pair = Pair(cast)
    elsewhere = small_programme()
    people = [cast.member("coordinator"), cast.member("observer"), cast.member("group_leader"), cast.member("mentor")]
    people += [cast.member("peer_coach"), elsewhere.member("coordinator"), elsewhere.member("peer_coach")]
    for stranger in people:
        assert not reads(client, stranger, pair.own)
        assert not reads(client, stranger, pair.other)


def test_an_earlier_coach_keeps_what_they_gave(cast, client):
    pair = Pair(cast)
    end = {"state": "ended", "ended_on": dt.date(2026, 3, 1), "ended_by": pair.coach, "place": 1}
    type(pair.placement).objects.filter(pk=pair.placement.pk).update(**end)
    assert reads(client, pair.coach, pair.other)
    assert not reads(client, pair.coach, pair.own)


def test_a_new_coach_reads_back_a_year_and_no_further(cast, client):
    pair = Pair(cast)
    end = {"state": "ended", "ended_on": dt.date(2026, 3, 1), "ended_by": pair.coach}
    type(pair.placement).objects.filter(pk=pair.placement.pk).update(**end)
    new = cast.member("peer_coach")
    PlacementFactory(coach=new, supervisee=pair.leader, rule=cast.rules["group"], started_on=dt.date(2026, 3, 1))
    assert reads(client, new, pair.other)
    Evaluation.objects.update(seen_on=dt.date(2025, 2, 28))
    assert not reads(client, new, pair.other)
    assert reads(client, pair.leader, pair.other)


def test_a_coordinator_does_not_use_the_right_on_oneself(cast, client):
    pair = Pair(cast, own=False)
    cast.member("coordinator", person=pair.leader)
    assert not reads(client, pair.leader, pair.other)


def test_co_leaders_share_content_checklists_and_each_others_ratings_once_both_are_in(cast, client):
    pair = Pair(cast, own=False)
    partner = cast.member("group_leader")
    group = GroupFactory(programme=cast.programme, led_by=[pair.leader, partner])
    meeting = MeetingFactory(group=group)
    content = published(cast.programme, "content", kind="content", about="group_meeting")
    shared = EvaluationFactory(version=content, person=pair.leader, meeting=meeting, thing=f"meeting:{meeting.pk}")
    assert reads(client, partner, shared)
    assert not reads(client, cast.member("group_leader"), shared)

    by_partner = pair.rating(partner, part="co_leader")
    assert not reads(client, pair.leader, by_partner)
    own = pair.rating(pair.leader)
    assert reads(client, pair.leader, by_partner)
    assert reads(client, partner, own)
    assert not reads(client, partner, pair.other)


def test_a_blind_rater_waits_for_the_own_rating(cast, client):
    pair = Pair(cast, own=False, other=False)
    pair.version = published(
        cast.programme, "video", kind="video_rating", filled_by=["mentor"], source={"blind": True}
    )
    group_mentor = cast.member("mentor")
    cast.rule("direct", "mentor", ["group_leader"], caseload_max=8)
    PlacementFactory(coach=group_mentor, supervisee=pair.leader, rule=cast.rules["direct"])
    rated = pair.rating(cast.member("mentor"), part="mentor")
    assert reads(client, pair.leader, rated)
    assert reads(client, pair.coach, rated)
    assert not reads(client, group_mentor, rated)
    pair.rating(group_mentor, part="mentor")
    assert reads(client, group_mentor, rated)


def test_an_instrument_about_oneself_alone_stays_with_oneself(cast, client):
    pair = Pair(cast, own=False, other=False)
    pair.version = published(cast.programme, "readiness", kind="self")
    own = pair.rating(pair.leader)
    assert reads(client, pair.leader, own)
    assert not reads(client, pair.coach, own)
    assert not reads(client, pair.mentor, own)


@pytest.mark.parametrize(
    ("parts", "oneself", "both"),
    [
        ([], True, False),
        (["self"], True, False),
        (["coach"], True, False),
        (["self", "coach"], True, True),
        (["self", "co_leader"], True, True),
        (["coach", "mentor"], True, False),
        (["mentor"], False, True),
        ([], False, False),
    ],
)
def test_what_both_means(parts, oneself, both):
    ratings = [Rating(place, part) for place, part in enumerate(parts)]
    assert both_in(ratings, oneself=oneself) is both


def test_a_coordinator_sees_that_it_is_done_and_passed_never_what_it_says(cast, client):
    pair = Pair(cast, own=False, other=False)
    rule = {"pass_rule": {"overall_mean_at_least": 3.0}}
    pair.version = published(cast.programme, "skills", scale="quality_1_5_na", source=rule, **RATERS)
    pair.rating(pair.coach)
    client.force_login(cast.member("coordinator"))
    answer = client.get(reverse("checklists:done", args=[cast.programme.pk]))
    assert [(one.person, passed) for one, passed in answer.context["rows"]] == [(pair.leader, False)]
    words = answer.content.decode()
    assert reverse("checklists:evaluation", args=[answer.context["rows"][0][0].pk]) not in words
    assert "opening item" not in words
    client.force_login(pair.coach)
    assert client.get(reverse("checklists:done", args=[cast.programme.pk])).status_code == 404


@pytest.mark.parametrize(("people", "shown"), [(4, None), (5, 5)])
def test_an_observer_sees_averages_of_five_or_more(cast, client, people, shown):
    version = published(cast.programme, sections={"one": 2})
    for place in range(people):
        answer_all(EvaluationFactory(version=version, person=cast.member("group_leader")), 1, place % 2)
    client.force_login(cast.member("observer"))
    answer = client.get(reverse("checklists:averages", args=[cast.programme.pk]))
    (average,) = answer.context["averages"]
    assert average.people == shown
    # shares 1/2, 1, 1/2, 1, 1/2: their mean is 7/10
    assert (float(average.score.value) if average.score else None) == (0.7 if shown else None)
    client.force_login(cast.member("coordinator"))
    assert client.get(reverse("checklists:averages", args=[cast.programme.pk])).status_code == 404
