"""What a step of an agenda can capture: one entry for each key that the packs use.

How a capture is asked for (`kind`), of whom (`scope`), and who reads it once the session is finished (`audience`):

* SESSION: everybody who was in the session. What is said aloud in the group and noted on the shared page: the
  question, what was thought aloud, ways to go, what was practised, the goal.
* PERSON: the person it is about, and those who led. How useful the talk was for one of them.
* LEADS: those who led. What becomes rows of its own when the record is finished (strengths become feedback, which its
  receiver, its giver and those who led read; goals become goals).
* AUTHOR: the one who wrote it, nobody else, and it is written on one's own page, never on the shared one: wellbeing
  always, and one's own reflection where the programme's form says that only the supervisee sees it (rights.md:
  "private notes, own reflection, wellbeing: author only").

A capture that is `part_of` another is asked for together with it. A key that is not here is a text for the group, so
that a new pack loses nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from supervision.models import AgendaNote

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

Audience = AgendaNote.Audience


class Kind(StrEnum):
    """How it is asked for."""

    TEXT = "text"
    LINE = "line"
    NUMBER = "number"
    YES_NO = "yes_no"
    RATING = "rating"
    CHOICE = "choice"
    CHOICES = "choices"
    DAY = "day"
    PERSON = "person"
    OPTIONS = "options"
    STRENGTHS = "strengths"
    FEEDBACK = "feedback"
    GOAL = "goal"
    REVIEW = "review"
    RECORDING = "recording"
    CHECKLISTS = "checklists"
    PROMPTS = "prompts"


class Scope(StrEnum):
    """Of whom, in a step that is not repeated: once for the group, or once for each who is supervised."""

    GROUP = "group"
    EACH = "each"


@dataclass(frozen=True)
class Capture:
    """One thing that a step captures."""

    key: str
    kind: Kind
    label: str | StrPromise
    scope: Scope = Scope.EACH
    audience: str = Audience.SESSION
    help: str | StrPromise = ""
    # The part of the pack that holds the choices (see readers.pack_parts).
    source: str = ""
    # Asked for before the session can be marked as held, unless the step was not done.
    needed: bool = False
    part_of: str = ""
    # What it is called where it is its author's alone.
    own_label: str | StrPromise = ""
    rows: int = 3


_K, _S, _A = Kind, Scope, Audience

_ALL = (
    # Since last time
    Capture("goal_status", _K.REVIEW, _("What happened with the goal?"), audience=_A.LEADS, needed=True),
    Capture("action_status", _K.REVIEW, _("What happened with the agreed step?"), audience=_A.LEADS, needed=True),
    Capture("goal_comment", _K.TEXT, _("What was tried, and what happened?"), part_of="goal_status"),
    Capture("tasks_done", _K.TEXT, _("Tasks since last time"), rows=2),
    Capture("win", _K.TEXT, _("Something that went well"), rows=2),
    Capture("challenge", _K.TEXT, _("Something that is difficult"), rows=2),
    # The frame
    Capture("expectation_note", _K.TEXT, _("What you expect of this hour"), scope=_S.GROUP),
    Capture("agreement_ref", _K.YES_NO, _("Have you gone through the agreement?"), scope=_S.GROUP),
    # What is brought
    Capture("question_text", _K.TEXT, _("The question"), needed=True),
    Capture("question_tags", _K.LINE, _("Themes of the question"), help=_("A few words, with commas between.")),
    Capture("help_wanted", _K.LINE, _("The kind of help that is wanted")),
    Capture("situation_note", _K.TEXT, _("The situation"), scope=_S.GROUP),
    Capture("session_goals", _K.TEXT, _("Goals for this session"), rows=2),
    # The clip
    Capture("recording_ref", _K.RECORDING, _("Where the recording lies"), audience=_A.LEADS),
    Capture("clip_start", _K.LINE, _("The clip begins at"), part_of="recording_ref"),
    Capture("clip_end", _K.LINE, _("The clip ends at"), part_of="recording_ref"),
    Capture("consent_check", _K.YES_NO, _("Is the consent valid?"), part_of="recording_ref"),
    # Thinking
    Capture("reflection_note", _K.TEXT, _("What was thought aloud"), rows=5, own_label=_("My reflections")),
    Capture("prompt_used", _K.PROMPTS, _("Which questions were asked?"), scope=_S.GROUP),
    Capture("resources_seen", _K.TEXT, _("What already works")),
    Capture("insights", _K.TEXT, _("What became clear")),
    Capture("themes", _K.TEXT, _("What you recognised"), scope=_S.GROUP),
    Capture("chime_areas", _K.CHOICES, _("Areas of CHIME"), scope=_S.GROUP, source="chime"),
    Capture("role_star_point", _K.CHOICE, _("Point of the role star"), scope=_S.GROUP, source="role_star"),
    Capture("activity", _K.CHOICE, _("What you worked with"), source="activities"),
    # Feedback
    Capture("strengths", _K.STRENGTHS, _("Strengths the others saw"), audience=_A.LEADS),
    Capture("feedback_strengths", _K.FEEDBACK, _("Strengths"), audience=_A.LEADS),
    Capture("feedback_growth", _K.TEXT, _("Something to develop"), part_of="feedback_strengths"),
    # Ways to go
    Capture("options", _K.OPTIONS, _("Ways to do it")),
    Capture("chosen_option", _K.CHOICE, _("The one chosen"), part_of="options"),
    Capture("practice_done", _K.YES_NO, _("Practised in the room?"), needed=True),
    Capture("practice_minutes", _K.NUMBER, _("For how many minutes?")),
    Capture("practice_note", _K.TEXT, _("What was practised")),
    # What is agreed
    Capture("goal_text", _K.GOAL, _("New goal"), audience=_A.LEADS, needed=True),
    Capture("goal_due", _K.DAY, _("By when"), part_of="goal_text"),
    Capture("action_text", _K.GOAL, _("The agreed step"), audience=_A.LEADS, needed=True),
    Capture("action_due", _K.DAY, _("By when"), part_of="action_text"),
    Capture("pass_on", _K.CHOICE, _("To be passed on"), source="pass_on"),
    Capture("next_session", _K.DAY, _("Next session"), scope=_S.GROUP),
    Capture("next_coach", _K.PERSON, _("Coach next time"), scope=_S.GROUP),
    # Looking back
    Capture("checklist_refs", _K.CHECKLISTS, _("Checklists you looked at"), scope=_S.GROUP, audience=_A.LEADS),
    Capture("checklist_note", _K.TEXT, _("What stands out, what is left out?"), scope=_S.GROUP, rows=2),
    Capture("instruments_reviewed", _K.CHOICES, _("Went through"), scope=_S.GROUP, source="instruments"),
    Capture("portfolio_gap", _K.TEXT, _("What is still needed for certification"), audience=_A.PERSON, rows=2),
    Capture("session_rating", _K.RATING, _("How useful was it, from 1 to 5?"), audience=_A.PERSON),
    Capture("wellbeing_1_5", _K.RATING, _("How I am, from 1 to 5"), audience=_A.AUTHOR),
)

REGISTRY: dict[str, Capture] = {capture.key: capture for capture in _ALL}


def capture_of(key: str) -> Capture:
    """The entry for a key of a pack; an unknown key is a text for the group, labelled with the key's own words."""
    return REGISTRY.get(key) or Capture(key, Kind.TEXT, key.replace("_", " ").capitalize(), scope=Scope.GROUP)


def keys_of(kind: Kind) -> list[str]:
    """The keys of all captures of a kind that the product knows."""
    return [capture.key for capture in _ALL if capture.kind == kind]


def asked_together(keys: list[str]) -> list[Capture]:
    """The captures of a step, without those that are asked for as a part of another one of the same step."""
    captures = [capture_of(key) for key in keys]
    return [capture for capture in captures if not (capture.part_of and capture.part_of in keys)]
