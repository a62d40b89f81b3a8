"""Open, save, send in: the acts, with both databases' constraints behind them."""

import datetime as dt
from decimal import Decimal

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import translation

from accounts.models import AuditEvent
from checklists.actions.evaluate import Given, Place, open_evaluation, save_draft, submit
from checklists.models import Evaluation, Item
from checklists.tests.factories import EvaluationFactory, published
from coaches.tests.factories import PlacementFactory
from common.errors import Conflict, DomainError, NotAllowed
from practice.tests.factories import GroupFactory, MeetingFactory
from programmes.tests.factories import Cast, small_programme

pytestmark = [pytest.mark.django_db, pytest.mark.both]
DAY = dt.date(2026, 3, 2)
RATERS = {"filled_by": ["group_leader", "peer_coach", "mentor"], "allows_raters": ["self", "co_leader", "peer_coach"]}


@pytest.fixture
def cast():
    translation.activate("en")
    with time_machine.travel("2026-03-02 12:00+01:00", tick=False):
        yield small_programme()


def pair(cast: Cast):
    coach, leader = cast.member("peer_coach"), cast.member("group_leader")
    PlacementFactory(coach=coach, supervisee=leader, rule=cast.rules["group"])
    return coach, leader


def about_meeting(cast: Cast, leader):
    group = GroupFactory(programme=cast.programme, organisation=cast.office, led_by=[leader])
    return published(cast.programme, about="group_meeting", **RATERS), MeetingFactory(group=group)


def items(version):
    return list(Item.objects.filter(section__version=version).order_by("section__order", "order"))


def test_a_coach_opens_one_about_a_meeting_and_the_trail_says_so(cast):
    coach, leader = pair(cast)
    version, meeting = about_meeting(cast, leader)
    one = open_evaluation(by=coach, version=version, about=leader, seen_on=DAY, place=Place(meeting=meeting))
    assert (one.part, one.thing, one.state, one.person, one.meeting) == (
        "coach",
        f"meeting:{meeting.pk}",
        "draft",
        leader,
        meeting,
    )
    event = AuditEvent.objects.get(subject=f"evaluation:{one.pk}")
    assert (event.verb, event.organisation_path) == ("evaluation.begun", cast.office.path)
    assert event.facts == {"checklist": "process", "version": 1, "part": "coach"}


def test_opening_twice_gives_back_the_draft(cast):
    _coach, leader = pair(cast)
    version, meeting = about_meeting(cast, leader)
    place = Place(meeting=meeting)
    one = open_evaluation(by=leader, version=version, about=leader, seen_on=DAY, place=place)
    again = open_evaluation(by=leader, version=version, about=leader, seen_on=DAY, place=place)
    assert (one.pk, one.part) == (again.pk, "self")
    with pytest.raises(IntegrityError), transaction.atomic():
        EvaluationFactory(version=version, person=leader, thing=one.thing, state="draft")


def test_strangers_and_others_groups_are_refused(cast):
    coach, leader = pair(cast)
    version, meeting = about_meeting(cast, leader)
    for stranger in (cast.member("peer_coach"), cast.member("group_leader"), cast.member("coordinator")):
        with pytest.raises(NotAllowed):
            open_evaluation(by=stranger, version=version, about=leader, seen_on=DAY, place=Place(meeting=meeting))
    elsewhere = MeetingFactory(group=GroupFactory(programme=cast.programme, led_by=[cast.member("group_leader")]))
    with pytest.raises(DomainError) as refusal:
        open_evaluation(by=coach, version=version, about=leader, seen_on=DAY, place=Place(meeting=elsewhere))
    assert refusal.value.code == "group"
    with pytest.raises(DomainError) as refusal:
        open_evaluation(by=coach, version=version, about=leader, seen_on=DAY)
    assert refusal.value.code == "place"


def test_a_co_leader_rates_as_co_leader_and_a_day_ahead_is_refused(cast):
    leader, other = cast.member("group_leader"), cast.member("group_leader")
    group = GroupFactory(programme=cast.programme, led_by=[leader, other])
    version = published(cast.programme, about="group_leader", **RATERS)
    one = open_evaluation(by=other, version=version, about=leader, seen_on=DAY, place=Place(group=group))
    assert (one.part, one.thing) == ("co_leader", f"group:{group.pk}")
    with pytest.raises(DomainError) as refusal:
        open_evaluation(
            by=other, version=version, about=leader, seen_on=DAY + dt.timedelta(days=1), place=Place(group=group)
        )
    assert refusal.value.field == "seen_on"


def test_the_second_rater_joins_what_the_first_began(cast):
    coach, leader = pair(cast)
    version = published(cast.programme, **RATERS)
    own = open_evaluation(by=leader, version=version, about=leader, seen_on=dt.date(2026, 2, 10))
    assert own.thing == f"person:{leader.pk}:2026-02-10"
    assert open_evaluation(by=coach, version=version, about=leader, seen_on=DAY).thing == own.thing
    Evaluation.objects.filter(rater=leader).update(state="submitted", submitted_at="2026-02-10T12:00Z")
    later = open_evaluation(by=leader, version=version, about=leader, seen_on=DAY)
    assert later.thing == f"person:{leader.pk}:2026-03-02"


def test_a_retired_or_anonymous_version_is_not_opened(cast):
    leader = cast.member("group_leader")
    old = published(cast.programme)
    published(cast.programme, number=2)
    old.refresh_from_db()
    hidden = published(cast.programme, "weekly", anonymous=True)
    for version in (old, hidden):
        with pytest.raises(NotAllowed):
            open_evaluation(by=leader, version=version, about=leader, seen_on=DAY)


def test_organisation_and_programme_by_those_who_answer_for_them(cast):
    coordinator = cast.member("coordinator")
    unit = published(cast.programme, "unit", about="unit", filled_by=["coordinator"])
    whole = published(cast.programme, "health", about="programme", filled_by=["coordinator"])
    assert open_evaluation(by=coordinator, version=unit, about=cast.office, seen_on=DAY).organisation == cast.office
    assert (
        open_evaluation(by=coordinator, version=whole, about=cast.programme, seen_on=DAY).programme == cast.programme
    )
    with pytest.raises(NotAllowed):
        open_evaluation(by=coordinator, version=unit, about=cast.top, seen_on=DAY)
    with pytest.raises(NotAllowed):
        open_evaluation(by=cast.member("group_leader"), version=whole, about=cast.programme, seen_on=DAY)


def draft(cast, **fields):
    leader = cast.member("group_leader")
    version = published(cast.programme, words=("proud",), numbers=("clips",), **fields)
    return leader, open_evaluation(by=leader, version=version, about=leader, seen_on=DAY)


def test_a_draft_keeps_what_is_answered_and_counts_its_saves(cast):
    leader, one = draft(cast)
    first, second, third, clips, proud = items(one.version)
    answers = {
        first.pk: Given(value=1, text="A comment"),
        second.pk: Given(not_applicable=True),
        clips.pk: Given(number=Decimal("6")),
        proud.pk: Given(text="The group"),
    }
    saved = save_draft(by=leader, evaluation=one, seen=1, answers=answers)
    kept = {row.item_id: (row.value, row.not_applicable, row.number, row.text) for row in saved.answers.all()}
    assert kept == {
        first.pk: (1, False, None, "A comment"),
        second.pk: (None, True, None, ""),
        clips.pk: (None, False, 6, ""),
        proud.pk: (None, False, None, "The group"),
    }
    assert saved.revision == 2
    save_draft(by=leader, evaluation=one, seen=2, answers={first.pk: Given(value=0)})
    assert list(one.answers.values_list("item", "value")) == [(first.pk, 0)]


def test_a_stale_window_is_told_and_changes_nothing(cast):
    leader, one = draft(cast)
    first = items(one.version)[0]
    save_draft(by=leader, evaluation=one, seen=1, answers={first.pk: Given(value=1)})
    with pytest.raises(Conflict):
        save_draft(by=leader, evaluation=one, seen=1, answers={first.pk: Given(value=0)})
    assert one.answers.get().value == 1


@pytest.mark.parametrize(
    "given",
    [Given(value=2), Given(value=1, not_applicable=True), Given(number=Decimal(1)), Given(value=-1)],
)
def test_answers_that_the_item_does_not_have(cast, given):
    leader, one = draft(cast)
    with pytest.raises(DomainError) as refusal:
        save_draft(by=leader, evaluation=one, seen=1, answers={items(one.version)[0].pk: given})
    assert refusal.value.code == "answer"


def test_an_item_of_another_checklist_is_refused(cast):
    leader, one = draft(cast)
    strange = items(published(cast.programme, "other"))[0]
    with pytest.raises(DomainError):
        save_draft(by=leader, evaluation=one, seen=1, answers={strange.pk: Given(value=1)})


def test_sent_in_whole_and_never_changed(cast):
    leader, one = draft(cast)
    answers = {item.pk: Given(value=1) for item in items(one.version) if item.kind == "scale"}
    sent = submit(by=leader, evaluation=one, seen=1, answers=answers)
    assert (sent.state, sent.submitted_at) == ("submitted", dt.datetime(2026, 3, 2, 11, tzinfo=dt.UTC))
    assert AuditEvent.objects.filter(verb="evaluation.submitted", subject=f"evaluation:{one.pk}").count() == 1
    with pytest.raises(DomainError) as refusal:
        save_draft(by=leader, evaluation=one, seen=2, answers={})
    assert refusal.value.code == "submitted"
    assert one.answers.count() == 3


def test_what_has_no_answer_is_counted_and_nothing_is_sent_in(cast):
    leader, one = draft(cast)
    first = items(one.version)[0]
    with pytest.raises(DomainError) as refusal:
        submit(by=leader, evaluation=one, seen=1, answers={first.pk: Given(value=1)})
    assert refusal.value.code == "unanswered"
    assert str(refusal.value) == "2 items have no answer yet. Answer them, or say that they do not apply."
    one.refresh_from_db()
    assert (one.state, one.revision) == ("draft", 1)


def test_nobody_fills_in_for_another(cast):
    _leader, one = draft(cast)
    with pytest.raises(NotAllowed):
        save_draft(by=cast.member("group_leader"), evaluation=one, seen=1, answers={})


def test_a_draft_of_a_role_that_one_has_lost_is_not_sent_in(cast):
    """The control: with the role back the same draft is sent in."""
    coach, leader = pair(cast)
    version, meeting = about_meeting(cast, leader)
    one = open_evaluation(by=coach, version=version, about=leader, seen_on=DAY, place=Place(meeting=meeting))
    answers = {item.pk: Given(value=1) for item in items(version)}
    held = coach.memberships.filter(role__key="peer_coach")
    held.update(ended_on=DAY, ended_by=cast.member("coordinator"))
    with pytest.raises(NotAllowed, match="no longer have a role"):
        submit(by=coach, evaluation=one, seen=one.revision, answers=answers)
    one.refresh_from_db()
    assert (one.state, one.answers.count()) == ("draft", 0)
    held.update(ended_on=None, ended_by=None)
    assert submit(by=coach, evaluation=one, seen=one.revision, answers=answers).state == "submitted"


def test_the_page_of_such_a_draft_says_so_and_keeps_what_was_typed(client, cast):
    coach, leader = pair(cast)
    version, meeting = about_meeting(cast, leader)
    one = open_evaluation(by=coach, version=version, about=leader, seen_on=DAY, place=Place(meeting=meeting))
    coach.memberships.update(ended_on=DAY, ended_by=leader)
    cast.member("observer", person=coach)
    coach.language = "en"
    coach.save(update_fields=["language"])
    client.force_login(coach)
    first = items(version)[0]
    fields = {f"i{item.pk}": "1" for item in items(version)}
    page = client.post(f"/checklists/{one.pk}/fill/", {"version": one.revision, "do": "finish", **fields})
    assert page.status_code == 403
    assert "You no longer have a role that fills in this checklist" in page.content.decode()
    assert one.answers.get(item=first).value == 1
    one.refresh_from_db()
    assert one.state == "draft"
