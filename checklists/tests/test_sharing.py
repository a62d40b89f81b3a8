"""Feedback that its writer agrees to share, and drafts that are thrown away."""

import pytest
import time_machine
from django.urls import reverse
from django.utils import translation

from accounts.models import AuditEvent
from checklists.actions.sharing import discard, share, unshare
from checklists.models import Answer, Evaluation
from checklists.tests.factories import EvaluationFactory, answer_all, published
from coaches.tests.factories import PlacementFactory
from common.errors import DomainError, NotAllowed
from programmes.tests.factories import small_programme

pytestmark = [pytest.mark.django_db, pytest.mark.both]
SHARED = {"shared_with": {"en": "the coach, after consent"}}


@pytest.fixture
def cast():
    translation.activate("en")
    with time_machine.travel("2026-03-02 12:00+01:00", tick=False):
        yield small_programme()


@pytest.fixture
def feedback(cast):
    """Sent in by somebody about the coach who supervises them; the coach's mentor is there too."""
    coach, leader = cast.member("peer_coach", language="en"), cast.member("group_leader", language="en")
    PlacementFactory(coach=coach, supervisee=leader, rule=cast.rules["group"])
    version = published(cast.programme, "feedback", kind="supervisee_evaluation", source=SHARED)
    one = EvaluationFactory(version=version, person=coach, rater=leader, part="observer", thing="session:1")
    return answer_all(one, 1, 0, 1)


def status(client, person, evaluation):
    client.force_login(person)
    return client.get(reverse("checklists:evaluation", args=[evaluation.pk])).status_code


def test_the_coach_reads_it_while_the_writer_agrees_and_nobody_else_does(cast, client, feedback):
    mentor = cast.member("mentor")
    PlacementFactory(coach=mentor, supervisee=feedback.person, rule=cast.rules["mentoring"])
    assert status(client, feedback.person, feedback) == 404
    share(by=feedback.rater, evaluation=feedback)
    assert status(client, feedback.person, feedback) == 200
    assert status(client, mentor, feedback) == 404
    unshare(by=feedback.rater, evaluation=feedback)
    assert status(client, feedback.person, feedback) == 404
    assert status(client, feedback.rater, feedback) == 200
    verbs = AuditEvent.objects.filter(subject=f"evaluation:{feedback.pk}").order_by("pk")
    assert [event.verb for event in verbs] == ["evaluation.shared", "evaluation.unshared"]


def test_without_the_pack_asking_consent_it_opens_as_the_table_says(client, feedback):
    """Negative control: the same rating under an instrument that asks no consent is read by the coach."""
    assert status(client, feedback.person, feedback) == 404
    type(feedback.version).objects.filter(pk=feedback.version.pk).update(source={})
    assert status(client, feedback.person, feedback) == 200


def test_the_coach_is_not_told_of_what_is_not_shared(client, feedback):
    client.force_login(feedback.person)
    assert feedback.rater.name not in client.get(reverse("checklists:about_me")).content.decode()
    share(by=feedback.rater, evaluation=feedback)
    assert feedback.rater.name in client.get(reverse("checklists:about_me")).content.decode()


def test_consent_is_given_with_the_sending_or_on_the_page_after_it(client, feedback):
    Evaluation.objects.filter(pk=feedback.pk).update(state="draft", submitted_at=None)
    client.force_login(feedback.rater)
    url = reverse("checklists:fill", args=[feedback.pk])
    page = client.get(url).content.decode()
    assert "Read by you alone, until you agree that" in page
    data = {f"i{answer.item_id}": answer.value for answer in feedback.answers.all()} | {"version": 1, "do": "finish"}
    assert client.post(url, data | {"share": "on"}).status_code == 302
    feedback.refresh_from_db()
    assert (feedback.state, bool(feedback.shared_at)) == ("submitted", True)
    page = client.get(reverse("checklists:evaluation", args=[feedback.pk])).content.decode()
    assert f"{feedback.person.name} has been able to read it since" in page
    assert client.post(reverse("checklists:share", args=[feedback.pk]), {"take_back": "1"}).status_code == 302
    feedback.refresh_from_db()
    assert feedback.shared_at is None


def test_only_the_writer_shares_and_only_where_it_is_asked(cast, client, feedback):
    with pytest.raises(NotAllowed):
        share(by=feedback.person, evaluation=feedback)
    client.force_login(feedback.person)
    assert client.post(reverse("checklists:share", args=[feedback.pk])).status_code == 404
    plain = EvaluationFactory(version=published(cast.programme), person=feedback.rater)
    with pytest.raises(DomainError) as refusal:
        share(by=plain.rater, evaluation=plain)
    assert refusal.value.code == "settled"
    draft = EvaluationFactory(version=feedback.version, person=feedback.person, rater=feedback.rater, state="draft")
    with pytest.raises(DomainError) as refusal:
        share(by=draft.rater, evaluation=draft)
    assert refusal.value.code == "draft"


def test_a_draft_is_thrown_away_with_its_answers_and_the_trail_says_so(cast, client):
    leader = cast.member("group_leader", language="en")
    draft = answer_all(EvaluationFactory(version=published(cast.programme), person=leader, state="draft"), 1, 0)
    client.force_login(leader)
    url = reverse("checklists:discard", args=[draft.pk])
    assert "It holds 2 answers, which are lost" in client.get(url).content.decode()
    assert client.post(url).status_code == 302
    assert not Evaluation.objects.filter(pk=draft.pk).exists()
    assert not Answer.objects.exists()
    event = AuditEvent.objects.get(verb="evaluation.discarded")
    assert (event.by_id, event.subject) == (leader.pk, f"evaluation:{draft.pk}")
    assert client.post(url).status_code == 404


def test_nobody_throws_away_what_is_sent_in_or_anothers(cast, client):
    leader = cast.member("group_leader")
    sent = EvaluationFactory(version=published(cast.programme), person=leader)
    with pytest.raises(DomainError) as refusal:
        discard(by=leader, evaluation=sent)
    assert refusal.value.code == "submitted"
    client.force_login(leader)
    assert client.post(reverse("checklists:discard", args=[sent.pk])).status_code == 422
    draft = EvaluationFactory(version=sent.version, person=cast.member("group_leader"), state="draft")
    with pytest.raises(NotAllowed):
        discard(by=leader, evaluation=draft)
    assert client.post(reverse("checklists:discard", args=[draft.pk])).status_code == 404
    assert Evaluation.objects.count() == 2
