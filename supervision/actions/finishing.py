"""Finishing a record: what was written becomes goals, outcomes, feedback and references, and is given out.

A record that was opened again and is finished once more changes what it gave out before, and adds or takes away only
what the correction added or took away.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from common.errors import DomainError
from supervision.actions.recordings import keep_recordings
from supervision.actions.trail import trail
from supervision.captures import Kind, capture_of
from supervision.models import (
    AgendaNote,
    Attendance,
    Feedback,
    Goal,
    GoalReview,
    SessionEvaluation,
    SupervisionSession,
)
from supervision.readers.goals import GoalFrame, frame_of
from supervision.sheet import STEP_FIELD

Seat = Attendance.Seat


def finish(*, session: SupervisionSession, by: User) -> None:
    """Mark the session as held and finished; inside the caller's transaction, with the row locked.

    Raises `DomainError` when nobody came who leads or nobody who is supervised, or when a goal was changed and the
    new one is missing.
    """
    rows = list(session.attendances.select_related("person"))
    _check_attendance(rows)
    came = {row.person_id for row in rows if row.present}
    notes = [
        note
        for note in session.notes.exclude(audience=AgendaNote.Audience.AUTHOR).order_by("step__order", "turn", "pk")
        if note.person_id is None or note.person_id in came
    ]
    frame = frame_of(session.agenda.goals, session.programme.language)
    goals = _goals(session, by, _of(notes, Kind.GOAL), frame)
    _reviews(session, by, _of(notes, Kind.REVIEW), goals)
    _feedback(session, by, notes, rows)
    keep_recordings(session=session, by=by, notes=_of(notes, Kind.RECORDING))
    _evaluations(session, _of(notes, Kind.CHECKLISTS))
    session.state = SupervisionSession.State.FINISHED
    session.finished_at, session.finished_by = timezone.now(), by
    session.save(update_fields=["state", "finished_at", "finished_by"])
    trail(session, "session.finished", by, {"came": len(came), "of": len({row.person_id for row in rows})})


def _said_at(session: SupervisionSession) -> dt.datetime:
    """When goals, outcomes and feedback were said: in the session, however late it is recorded. The last outcome of a
    goal is then that of the latest session, and people read the day on which they met."""
    return min(timezone.now(), session.ends_at)


def _check_attendance(rows: list[Attendance]) -> None:
    unknown = next((row for row in rows if row.present is None), None)
    if unknown:
        raise DomainError(
            _("Say whether %(name)s came.") % {"name": unknown.person.name}, field=f"came-{unknown.person_id}"
        )
    if not any(row.present and row.seat == Seat.LEAD for row in rows):
        raise DomainError(_("Nobody who leads was there. Change who is in the session, or cancel it."))
    if not any(row.present and row.seat == Seat.SUPERVISEE for row in rows):
        raise DomainError(_("Nobody who is supervised came. Cancel the session instead: then it does not count."))


def _of(notes: Iterable[AgendaNote], kind: Kind) -> list[AgendaNote]:
    return [note for note in notes if note.field != STEP_FIELD and capture_of(note.field).kind == kind]


def _goals(session: SupervisionSession, by: User, notes: list[AgendaNote], frame: GoalFrame) -> dict[int, Goal]:
    """One goal a person, made or changed; returns them by person."""
    before: dict[int, Goal] = {goal.person_id or 0: goal for goal in Goal.objects.filter(set_in=session)}
    first = frame.fields[0][0] if frame.fields else "text"
    found: dict[int, Goal] = {}
    for note in notes:
        text = (note.value or {}).get(first)
        if not text or note.person_id is None:
            continue
        goal = before.pop(note.person_id, None) or Goal(
            programme=session.programme,
            person_id=note.person_id,
            set_in=session,
            set_at=_said_at(session),
            set_by=by,
            level=frame.level_in_session,
        )
        goal.text = text
        goal.fields = {key: value for key, value in note.value.items() if key not in (first, "by_when")}
        due = note.value.get("by_when")
        goal.due_on = dt.date.fromisoformat(due) if due else None
        goal.save()
        found[note.person_id] = goal
    for goal in before.values():
        if not goal.reviews.exists() and not Goal.objects.filter(Q(successor=goal) | Q(parent=goal)).exists():
            goal.delete()
    return found


def _reviews(session: SupervisionSession, by: User, notes: list[AgendaNote], goals: dict[int, Goal]) -> None:
    wanted = {int(pk): one for note in notes for pk, one in (note.value or {}).items() if one.get("status")}
    taken = {goal.pk: goal for goal in Goal.objects.select_for_update().filter(pk__in=wanted)}
    before = {review.goal_id: review for review in GoalReview.objects.filter(session=session).select_related("goal")}
    for pk, goal in taken.items():
        one = wanted[pk]
        review = before.pop(pk, None) or GoalReview(
            goal=goal, session=session, reviewed_at=_said_at(session), reviewed_by=by
        )
        review.status, review.comment = one["status"], one.get("comment", "")
        review.save()
        _restate(goal, by, goals.get(goal.person_id or 0))
    for review in before.values():
        goal = review.goal
        review.delete()
        _restate(goal, by, None)


def _restate(goal: Goal, by: User, new: Goal | None) -> None:
    """The goal stands as its last review left it; a changed one names the goal that took its place."""
    last = goal.reviews.order_by("reviewed_at", "pk").last()
    goal.status = last.status if last else Goal.Status.NEW
    if goal.status == Goal.Status.CHANGED and goal.successor_id is None:
        taken = new is not None and Goal.objects.filter(successor=new).exclude(pk=goal.pk).exists()
        if new is None or taken:
            raise DomainError(
                _("“%(goal)s” was changed. Write the new goal too, or choose another outcome.") % {"goal": goal.text},
                code="no_successor",
            )
        goal.successor = new
    elif goal.status != Goal.Status.CHANGED:
        goal.successor = None
    if goal.status in Goal.CLOSED:
        closed_at = last.reviewed_at if last else timezone.now()
        goal.closed_at, goal.closed_by = goal.closed_at or closed_at, goal.closed_by or by
    else:
        goal.closed_at = goal.closed_by = None
    goal.save(update_fields=["status", "successor", "closed_at", "closed_by"])


def _feedback(session: SupervisionSession, by: User, notes: list[AgendaNote], rows: list[Attendance]) -> None:
    """Strengths from the others and feedback from the one who led the turn, released to those whom they are about."""
    leads = {row.turn: row.person_id for row in rows if row.seat == Seat.LEAD}
    wanted: list[tuple[int, int, int, str, str]] = []
    for note in _of(notes, Kind.STRENGTHS):
        wanted += [(one["from"], note.person_id or 0, note.turn, one["text"], "") for one in note.value or []]
    for note in _of(notes, Kind.FEEDBACK):
        value: dict[str, Any] = note.value or {}
        if value.get("strength"):
            giver = leads.get(note.turn, by.pk)
            wanted.append((giver, note.person_id or 0, note.turn, value["strength"], value.get("growth", "")))
    before: dict[tuple[int, int, int], list[Feedback]] = {}
    for one in Feedback.objects.filter(session=session).order_by("pk"):
        before.setdefault((one.giver_id, one.receiver_id, one.turn), []).append(one)
    for giver, receiver, turn, strength, growth in wanted:
        if giver == receiver:
            continue
        kept = before.get((giver, receiver, turn))
        row = (
            kept.pop(0)
            if kept
            else Feedback(
                programme=session.programme,
                session=session,
                giver_id=giver,
                receiver_id=receiver,
                turn=turn,
                given_at=_said_at(session),
            )
        )
        row.strength, row.growth, row.released_at = strength, growth, row.released_at or timezone.now()
        row.save()
    Feedback.objects.filter(pk__in=[one.pk for rest in before.values() for one in rest]).delete()


def _evaluations(session: SupervisionSession, notes: list[AgendaNote]) -> None:
    """Links to the checklists that were looked at; one that belongs to another session stays there."""
    wanted = {int(pk) for note in notes for pk in note.value or []}
    linked = set(session.evaluations.values_list("evaluation_id", flat=True))
    session.evaluations.exclude(evaluation_id__in=wanted).delete()
    taken = set(SessionEvaluation.objects.filter(evaluation_id__in=wanted).values_list("evaluation_id", flat=True))
    SessionEvaluation.objects.bulk_create(
        SessionEvaluation(session=session, evaluation_id=pk) for pk in sorted(wanted - linked - taken)
    )
