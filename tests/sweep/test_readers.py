"""A field that takes confidential words says beside itself who reads them: every form is walked, and every
confidential field of `fields.py` is written in one of them or never by a person."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import pytest
from lxml import html

from programmes.rights import RELATION_WORDS, TABLE, Relation, Sight, Thing
from tests.sweep.acts import ACTS
from tests.sweep.fields import CONFIDENTIAL
from tests.sweep.pages import rolled_back
from tests.sweep.rows import ROWS
from tests.sweep.shape import without_numbers
from tests.sweep.test_acts import buttons_to
from tests.sweep.world import World

pytestmark = pytest.mark.django_db

#: Confidential fields, and where a person writes them: an act, and the field of its form (ids as 0).
WRITTEN_IN: dict[str, tuple[str, str]] = {
    "accounts.AddressChange.email": ("people:address", "email"),
    "accounts.User.email": ("programmes:contact", "email"),
    "accounts.User.phone": ("people:settings", "phone"),
    "certification.Certificate.withdrawn_reason": ("certification:withdraw", "reason"),
    "certification.Evidence.reference": ("certification:hand_in", "reference"),
    "certification.StepRecord.ground": ("certification:decide", "ground"),
    "certification.StepRecord.reference": ("certification:decide", "reference"),
    "certification.StepRecord.withdrawn_reason": ("certification:take_back", "reason"),
    "checklists.Answer.text": ("checklists:fill", "c0"),
    "coaches.Absence.reason": ("coaches:room", "reason"),
    "onboarding.ImportRow.cells": ("onboarding:imports", "file"),
    "practice.Moment.comment": ("practice:note_moment", "comment"),
    "practice.Recording.location": ("practice:note_recording", "location"),
    "practice.Recording.papers_place": ("practice:note_recording", "papers_place"),
    "supervision.AgendaNote.value": ("supervision:record", "practice-practice_note-0-0"),
    "supervision.Attendance.question": ("supervision:question", "question"),
    "supervision.Feedback.strength": ("supervision:record", "positive_feedback-strengths-0-0-0"),
    "supervision.Goal.fields": ("supervision:new_goal", "field-how_i_will_notice"),
    "supervision.Goal.text": ("supervision:new_goal", "text"),
    "supervision.GoalReview.comment": ("supervision:goal", "comment"),
    "supervision.PrivateNote.text": ("supervision:own", "note"),
    "supervision.RecordDraft.fields": ("supervision:record", "own"),
    "supervision.SupervisionSession.cancelled_reason": ("supervision:cancel", "reason"),
    "supervision.SupervisionSession.place": ("supervision:plan", "place"),
    "supervision.SupervisionSession.video_link": ("supervision:plan", "video_link"),
}
#: Confidential fields that no form of these pages writes, each with its reason.
NOT_WRITTEN: dict[str, str] = {
    "accounts.AddressChange.code": "made by the product",
    "accounts.AddressChange.former": "made by the product",
    "accounts.AuditEvent.facts": "made by the product",
    "accounts.Invitation.code": "made by the product",
    "accounts.User.password": "a password; nobody reads it",
    "certification.Certificate.pdf": "made by the product",
    "certification.Certificate.text": "made by the product",
    "certification.StepRecord.counted": "made by the product",
    "certification.StepRecord.outside_number": "on decisions made outside: certification/tests/test_decide.py",
    "certification.StepRecord.source": "from a file, whose upload says who reads it",
    "checklists.EvaluationRound.code": "made by the product",
    "coaches.EarlierSession.source": "from a file, whose upload says who reads it",
    "notices.Notice.arguments": "made by the product",
    "notices.Notice.last_error": "made by a mail server",
    "onboarding.ImportRow.findings": "from a file, whose upload says who reads it",
    "onboarding.ImportRow.made": "from a file, whose upload says who reads it",
    "onboarding.ImportRow.plan": "from a file, whose upload says who reads it",
    "onboarding.ImportRun.answers": "from a file, whose upload says who reads it",
    "onboarding.ImportRun.columns": "from a file, whose upload says who reads it",
    "onboarding.ImportRun.filename": "from a file, whose upload says who reads it",
    "onboarding.ImportRun.organisations_made": "from a file, whose upload says who reads it",
    "onboarding.ImportRun.unread": "from a file, whose upload says who reads it",
    "practice.Recording.purposes": "ticked, not written",
    "programmes.MembershipRequest.written_name": "from a file, whose upload says who reads it",
    "supervision.Agreement.clauses": "has no page yet",
    "supervision.Feedback.growth": "in the record of programmes that ask for it, in the same part as the strength",
}
#: Fields that take words which are open (`fields.OPEN`), or no words: names, days, numbers. By act, "" for any.
OPEN_WORDS: dict[tuple[str, str], str] = {
    ("", "name"): "a name",
    ("", "title"): "of a training",
    ("", "minutes"): "a number",
    ("", "consents_asked"): "a number",
    ("", "consents_given"): "a number",
    ("", "guest"): "a name; the field says who sees it",
    ("", "point"): "minutes and seconds",
    ("", "manager"): "a name",
    ("certification:new_training", "days"): "days",
    ("certification:new_training", "place"): "of a training",
}
TYPED = ".//textarea | .//input[not(@type) or contains('|text|url|email|tel|file|', concat('|', @type, '|'))]"


@cache
def _walked() -> dict[tuple[str, str], str]:
    return {}


@pytest.fixture
def said(world: World) -> dict[tuple[str, str], str]:
    """By act and field, the sentence beside it; empty where there is none. Walked once."""
    found = _walked()
    if not found:
        for name in ACTS:
            found |= {(name, field): words for field, words in _fields_of(name, world)}
    return found


def _fields_of(name: str, world: World) -> Iterator[tuple[str, str]]:
    """The fields that take words in the form of the act, as the first who may do it gets it."""
    act = ACTS[name]
    for who in act.by or sorted(ROWS[name].sees):
        with rolled_back():
            if act.first:
                act.first(world)
            response = world.client(who).get(act.page(name, world), follow=True)
            forms = list(dict.fromkeys(form for form, _button in buttons_to(name, response)))
        for form in forms:
            for field in form.xpath(TYPED):
                yield without_numbers(field.get("name") or ""), sentence_at(field)
        if forms:
            return


def sentence_at(field: html.HtmlElement) -> str:
    """What stands below the field, below a later one of the same part of the form, in the same step of a record, or
    above the whole form where all of it is read by the same."""
    own = field.xpath("//*[@id=$id]", id=f"{field.get('id')}_readers")
    later = field.xpath("following::p[@class='readers'][1]")
    parts = field.xpath("ancestor::*[self::fieldset or self::section or @class='step']") or field.xpath(
        "ancestor::form"
    )
    inside = [one for one in later if set(parts) & set(one.iterancestors())]
    step = field.xpath("ancestor::section[1]//p[@class='readers']")
    above = field.xpath("//main//p[@class='readers' and not(ancestor::form)]")
    return " ".join("".join(one.text_content() for one in (own or inside or step or above)[:1]).split())


def test_every_field_of_words_says_who_reads_it(said: dict[tuple[str, str], str]) -> None:
    no_words = {key for key in said if {key, ("", key[1])} & set(OPEN_WORDS)}
    silent = {key for key, words in said.items() if not words and key not in no_words}
    assert silent == set()


def test_every_confidential_field_is_among_them(said: dict[tuple[str, str], str]) -> None:
    assert set(CONFIDENTIAL) == set(WRITTEN_IN) | set(NOT_WRITTEN)
    assert not set(WRITTEN_IN) & set(NOT_WRITTEN)
    assert [field for field, where in WRITTEN_IN.items() if not said.get(where)] == []


def test_a_field_without_a_sentence_is_seen() -> None:
    """The control."""
    page = html.document_fromstring(
        "<main><form><fieldset><input id=a name=a><p class=readers>Read by you</p></fieldset>"
        "<fieldset><input id=b name=b></fieldset><input id=c name=c><div id=c_readers>Read by all</div></form></main>"
    )
    assert [sentence_at(one) for one in page.xpath("//input")] == ["Read by you", "", "Read by all"]


def test_what_a_goal_says_is_the_table(world: World) -> None:
    page = world.client("leader").get(
        ROWS["supervision:goal"].address("supervision:goal", world), headers={"accept-language": "en"}
    )
    told = page.context["form"].fields["comment"].readers
    for relation, sight in TABLE[Thing.GOALS].items():
        named = str(RELATION_WORDS[relation]) in told
        assert named == (sight not in (Sight.COUNTS, Sight.IF_SHARED) and relation != Relation.SELF), relation
