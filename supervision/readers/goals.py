"""Goals and feedback of one person, and the programme's own fields of a goal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.utils.text import capfirst
from django.utils.translation import ngettext

from accounts.models import User
from common.texts import for_reader
from programmes.leaving import shut_to
from programmes.models import Programme
from supervision.models import Agenda, Feedback, Goal, GoalReview, SupervisionSession

#: Fields of a pack's goal that are outcomes, not parts of the goal.
OUTCOME_FIELDS = frozenset({"status", "comment", "what_i_learned"})
#: Fields that hold the day.
DAY_FIELDS = frozenset({"by_when", "time_bound"})


@dataclass(frozen=True)
class GoalFrame:
    """How a programme writes goals: its fields (the first is the goal itself), outcomes, levels and examples."""

    fields: list[tuple[str, str]] = field(default_factory=list)
    day_label: str = ""
    outcomes: list[tuple[str, str]] = field(default_factory=list)
    levels: list[tuple[str, str]] = field(default_factory=list)
    examples: list[str] = field(default_factory=list)
    max_open: int = 0

    @property
    def level_in_session(self) -> str:
        """The level of a goal set in a session: the smallest step; empty where the programme has no levels."""
        return self.levels[-1][0] if self.levels else ""


def frame_of(goals: Mapping[str, Any], language: str) -> GoalFrame:
    """The frame from an agenda's goals block, in the reader's language."""

    def words(text: Any) -> str:
        return str(capfirst(for_reader(text, language)))

    labels = {one["key"]: words(goals.get("field_names", {}).get(one["key"]) or one["names"]) for one in
              goals.get("fields", [])}  # fmt: skip
    days = [key for key in labels if key in DAY_FIELDS]
    return GoalFrame(
        fields=[(key, label) for key, label in labels.items() if key not in OUTCOME_FIELDS | DAY_FIELDS],
        day_label=labels[days[0]] if days else "",
        outcomes=[
            (key, str(capfirst(Goal.Status(key).label)))
            for key in goals.get("status_values", [])
            if key in Goal.Status and key != Goal.Status.NEW
        ],
        levels=[(one["key"], words(one["names"])) for one in goals.get("levels", [])],
        examples=[for_reader(text, language) for text in goals.get("examples", [])],
        max_open=int(goals.get("max_open_per_person") or 0),
    )


def goal_frame(programme: Programme) -> GoalFrame:
    """The frame of the programme's agenda of now; an empty one where there is none. One query."""
    agenda = Agenda.objects.filter(programme=programme, is_current=True, rule__isnull=True).first()
    return frame_of(agenda.goals if agenda else {}, programme.language)


def with_history(goals: QuerySet[Goal]) -> QuerySet[Goal]:
    """The goals with their reviews and where these were made, oldest first."""
    reviews = GoalReview.objects.select_related("session", "reviewed_by").order_by("reviewed_at", "pk")
    finished = Q(session__isnull=True) | Q(session__state=SupervisionSession.State.FINISHED)
    return goals.select_related("programme", "set_in", "set_by", "successor").prefetch_related(
        Prefetch("reviews", queryset=reviews.filter(finished), to_attr="history")
    )


@dataclass(frozen=True)
class MyGoals:
    """One person's own goals: open ones first, closed ones after."""

    open: list[Goal]
    closed: list[Goal]


def goals_of(person: User) -> QuerySet[Goal]:
    """The person's own, but for programmes that they left more than a year ago."""
    return Goal.objects.filter(person=person).exclude(programme__in=shut_to(person))


def my_goals(person: User) -> MyGoals:
    """All goals of `person` in all programmes, with their history. Two queries."""
    goals = list(with_history(goals_of(person)))
    return MyGoals(
        open=[goal for goal in goals if goal.status in Goal.OPEN],
        closed=[goal for goal in goals if goal.status in Goal.CLOSED],
    )


def feedback_for(person: User) -> QuerySet[Feedback]:
    """The feedback that `person` has received and may read: released, and not of a programme left long ago."""
    released = Feedback.objects.filter(receiver=person, released_at__isnull=False)
    return released.exclude(programme__in=shut_to(person)).select_related("giver", "session", "programme")


def limit_sentence(open_goals: int, most: int, name: str = "") -> str:
    """What to say when somebody (oneself, or `name`) has as many open goals as the programme advises; else empty."""
    if not most or open_goals < most:
        return ""
    sentence = (
        ngettext(
            "%(name)s has %(open)d open goal. The programme advises at most %(most)d at a time.",
            "%(name)s has %(open)d open goals. The programme advises at most %(most)d at a time.",
            open_goals,
        )
        if name
        else ngettext(
            "You have %(open)d open goal. The programme advises at most %(most)d at a time.",
            "You have %(open)d open goals. The programme advises at most %(most)d at a time.",
            open_goals,
        )
    )
    return sentence % {"open": open_goals, "most": most, "name": name}
