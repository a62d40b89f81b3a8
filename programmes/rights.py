"""Who may see what: one table. Views, templates, exports and the test sweep all ask here.

Rows are things, columns are relations of the one who looks to the person (or session) looked at, cells say how much.
Relations are found by the apps that know them and add up: the most that any relation gives is given. A relation that
is not in a row's cells gives nothing, so a new thing is closed until somebody writes its row.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import TYPE_CHECKING

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


class Thing(StrEnum):
    """What can be seen: the rows."""

    SESSION_FACT = "session_fact"
    SHARED_WORDS = "shared_words"
    PRIVATE = "private"
    GOALS = "goals"
    FEEDBACK = "feedback"
    EVALUATION = "evaluation"
    RECORDING = "recording"
    ANONYMOUS = "anonymous"
    LADDER = "ladder"
    PAPERS = "papers"
    CONTACT = "contact"
    PLACES = "places"
    TRAIL = "trail"


class Relation(StrEnum):
    """What the one who looks is to the one looked at: the columns."""

    SELF = "self"
    PRESENT = "present"
    LED = "led"
    PLACEMENT = "placement"
    STAND_IN = "stand_in"
    EARLIER_COACH = "earlier_coach"
    SUPERVISES_LEAD = "supervises_lead"
    DECIDES_STEP = "decides_step"
    COORDINATOR = "coordinator"
    OBSERVER = "observer"


class Sight(StrEnum):
    """How much is seen: the cells."""

    FULL = "full"
    OWN = "own"
    THERE = "there"
    OWN_SESSIONS = "own_sessions"
    OPEN = "open"
    OPEN_WITH_HISTORY = "open_with_history"
    AS_IT_STOOD = "as_it_stood"
    LAST_AND_NEXT = "last_and_next"
    NEXT_STEP = "next_step"
    IF_COUNTS = "if_counts"
    IF_SHARED = "if_shared"
    RELEASED = "released"
    GIVEN = "given"
    OWN_THEN_BOTH = "own_then_both"
    OWN_RATINGS = "own_ratings"
    BOTH_IN = "both_in"
    STEP_NAMES = "step_names"
    WHILE_CONSENT = "while_consent"
    AVERAGES = "averages"
    EXISTS = "exists"
    DONE = "done"
    NAME = "name"
    BRANCH = "branch"
    COUNTS = "counts"


_T, _R, _S = Thing, Relation, Sight

# rights.md, row by row. "author only" is OWN in the column SELF: nobody else is written into the row.
TABLE: dict[Thing, dict[Relation, Sight]] = {
    _T.SESSION_FACT: {
        _R.SELF: _S.FULL,
        _R.PRESENT: _S.FULL,
        _R.LED: _S.FULL,
        _R.PLACEMENT: _S.FULL,
        _R.STAND_IN: _S.LAST_AND_NEXT,
        _R.EARLIER_COACH: _S.OWN_SESSIONS,
        _R.SUPERVISES_LEAD: _S.FULL,
        _R.DECIDES_STEP: _S.IF_COUNTS,
        _R.COORDINATOR: _S.BRANCH,
        _R.OBSERVER: _S.COUNTS,
    },
    _T.SHARED_WORDS: {
        _R.SELF: _S.OWN,
        _R.PRESENT: _S.FULL,
        _R.LED: _S.FULL,
        _R.PLACEMENT: _S.OWN_SESSIONS,
        _R.EARLIER_COACH: _S.OWN_SESSIONS,
    },
    _T.PRIVATE: {_R.SELF: _S.OWN},
    _T.GOALS: {
        _R.SELF: _S.OWN,
        _R.PRESENT: _S.THERE,
        _R.LED: _S.THERE,
        _R.PLACEMENT: _S.OPEN_WITH_HISTORY,
        _R.STAND_IN: _S.OPEN,
        _R.EARLIER_COACH: _S.AS_IT_STOOD,
        _R.SUPERVISES_LEAD: _S.IF_SHARED,
        _R.COORDINATOR: _S.COUNTS,
        _R.OBSERVER: _S.COUNTS,
    },
    _T.FEEDBACK: {
        _R.SELF: _S.OWN,
        _R.PRESENT: _S.GIVEN,
        _R.LED: _S.GIVEN,
        _R.PLACEMENT: _S.RELEASED,
        _R.EARLIER_COACH: _S.GIVEN,
        _R.SUPERVISES_LEAD: _S.IF_SHARED,
        _R.COORDINATOR: _S.COUNTS,
    },
    _T.EVALUATION: {
        _R.SELF: _S.BOTH_IN,
        _R.PLACEMENT: _S.OWN_THEN_BOTH,
        _R.EARLIER_COACH: _S.OWN_RATINGS,
        _R.SUPERVISES_LEAD: _S.BOTH_IN,
        _R.DECIDES_STEP: _S.STEP_NAMES,
        _R.COORDINATOR: _S.DONE,
        _R.OBSERVER: _S.AVERAGES,
    },
    _T.RECORDING: {
        _R.SELF: _S.FULL,
        _R.PRESENT: _S.WHILE_CONSENT,
        _R.LED: _S.WHILE_CONSENT,
        _R.PLACEMENT: _S.WHILE_CONSENT,
        _R.DECIDES_STEP: _S.WHILE_CONSENT,
        _R.COORDINATOR: _S.EXISTS,
    },
    _T.ANONYMOUS: {
        _R.SELF: _S.AVERAGES,
        _R.PLACEMENT: _S.AVERAGES,
        _R.SUPERVISES_LEAD: _S.AVERAGES,
        _R.COORDINATOR: _S.AVERAGES,
        _R.OBSERVER: _S.AVERAGES,
    },
    _T.LADDER: {
        _R.SELF: _S.FULL,
        _R.PLACEMENT: _S.FULL,
        _R.STAND_IN: _S.NEXT_STEP,
        _R.SUPERVISES_LEAD: _S.FULL,
        _R.DECIDES_STEP: _S.FULL,
        _R.COORDINATOR: _S.FULL,
        _R.OBSERVER: _S.COUNTS,
    },
    _T.PAPERS: {_R.SELF: _S.FULL, _R.DECIDES_STEP: _S.STEP_NAMES, _R.COORDINATOR: _S.EXISTS},
    _T.CONTACT: {
        _R.SELF: _S.FULL,
        _R.PRESENT: _S.NAME,
        _R.LED: _S.FULL,
        _R.PLACEMENT: _S.FULL,
        _R.STAND_IN: _S.FULL,
        _R.SUPERVISES_LEAD: _S.FULL,
        _R.DECIDES_STEP: _S.NAME,
        _R.COORDINATOR: _S.FULL,
    },
    _T.PLACES: {
        _R.SELF: _S.OWN,
        _R.SUPERVISES_LEAD: _S.FULL,
        _R.COORDINATOR: _S.BRANCH,
        _R.OBSERVER: _S.COUNTS,
    },
    _T.TRAIL: {_R.SELF: _S.OWN, _R.COORDINATOR: _S.BRANCH},
}

THING_WORDS: dict[Thing, StrPromise] = {
    _T.SESSION_FACT: _("That a session was planned, held or cancelled, who came, and its theme"),
    _T.SHARED_WORDS: _("The question brought, and shared notes"),
    _T.PRIVATE: _("Private notes, your own reflection, wellbeing"),
    _T.GOALS: _("Goals"),
    _T.FEEDBACK: _("Feedback"),
    _T.EVALUATION: _("Checklists and evaluations about you"),
    _T.RECORDING: _("Where a recording lies, and comments to it"),
    _T.ANONYMOUS: _("Participants' anonymous answers"),
    _T.LADDER: _("The way to a certificate"),
    _T.PAPERS: _("Letters, references and other papers"),
    _T.CONTACT: _("Phone and address"),
    _T.PLACES: _("The places of a coach"),
    _T.TRAIL: _("The trail of what was done"),
}

RELATION_WORDS: dict[Relation, StrPromise] = {
    _R.SELF: _("you yourself"),
    _R.PRESENT: _("those who were in the session"),
    _R.LED: _("the one who led the session"),
    _R.PLACEMENT: _("your coach or mentor now"),
    _R.STAND_IN: _("a stand-in coach, while the cover lasts"),
    _R.EARLIER_COACH: _("an earlier coach"),
    _R.SUPERVISES_LEAD: _("the one who supervises your coach"),
    _R.DECIDES_STEP: _("the one who decides a step that waits"),
    _R.COORDINATOR: _("the coordinator"),
    _R.OBSERVER: _("observers"),
}

# The same on a page about somebody else, who is not the reader.
WORDS_ABOUT_ANOTHER: dict[Relation, StrPromise] = {
    **RELATION_WORDS,
    _R.SELF: _("the person the page is about"),
    _R.PLACEMENT: _("their coach or mentor now"),
    _R.SUPERVISES_LEAD: _("the one who supervises their coach"),
}

SIGHT_WORDS: dict[Sight, StrPromise] = {
    _S.FULL: _("all of it"),
    _S.OWN: _("your own"),
    _S.THERE: _("those set or taken up there"),
    _S.OWN_SESSIONS: _("from their own sessions with you"),
    _S.OPEN: _("open ones"),
    _S.OPEN_WITH_HISTORY: _("open ones, with their history"),
    _S.AS_IT_STOOD: _("as they stood when the placement ended"),
    _S.LAST_AND_NEXT: _("the last and the next"),
    _S.NEXT_STEP: _("the next step"),
    _S.IF_COUNTS: _("if it counts for that step"),
    _S.IF_SHARED: _("if you share it"),
    _S.RELEASED: _("once it is released"),
    _S.GIVEN: _("what they gave themselves"),
    _S.OWN_THEN_BOTH: _("their own at once, others once both are in"),
    _S.OWN_RATINGS: _("their own ratings"),
    _S.BOTH_IN: _("once both are in"),
    _S.STEP_NAMES: _("those that the step names"),
    _S.WHILE_CONSENT: _("while the consent holds, for its purpose"),
    _S.AVERAGES: _("averages, when enough have answered"),
    _S.EXISTS: _("that it exists"),
    _S.DONE: _("that it is done"),
    _S.NAME: _("your name"),
    _S.BRANCH: _("in their own part of the network"),
    _S.COUNTS: _("numbers only"),
}


def sights(thing: Thing, relations: Iterable[Relation]) -> frozenset[Sight]:
    """How much of `thing` these relations give together; empty means nothing."""
    row = TABLE[thing]
    return frozenset(row[relation] for relation in relations if relation in row)


def may_see(thing: Thing, relations: Iterable[Relation], *enough: Sight) -> bool:
    """Whether the relations give one of the sights named in `enough` (any at all when none is named)."""
    given = sights(thing, relations)
    return bool(given & frozenset(enough)) if enough else bool(given)


def contact_sentence(*, is_own: bool = True) -> str:
    """Who reads somebody's phone and address: all whom the table gives them in full, and those whom the person
    coaches, who must be able to reach them."""
    words = RELATION_WORDS if is_own else WORDS_ABOUT_ANOTHER
    who = ", ".join(str(words[relation]) for relation, sight in TABLE[Thing.CONTACT].items() if sight == Sight.FULL)
    if is_own:
        return gettext("Phone and e-mail are read by %(who)s, and by those whom you coach.") % {"who": who}
    return gettext("Phone and e-mail are read by %(who)s, and by those whom they coach.") % {"who": who}


def readers_of(thing: Thing, *, is_own: bool = True) -> list[tuple[StrPromise, StrPromise]]:
    """Who reads `thing`, as (who, how much) in the order of the table: for the pages that say so.

    `is_own` where the reader is the person it is about, and is spoken to as “you”.
    """
    words = RELATION_WORDS if is_own else WORDS_ABOUT_ANOTHER
    return [(words[relation], SIGHT_WORDS[sight]) for relation, sight in TABLE[thing].items()]
