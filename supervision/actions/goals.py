"""Goals outside a session, and what their owner shares."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actions.audit import record
from accounts.models import User
from coaches.actions.places import lock_people
from common.errors import DomainError, NotAllowed
from common.text import clean_text
from programmes.models import Programme
from supervision.actions.telling import tell_shared
from supervision.models import Feedback, Goal, GoalReview
from supervision.readers.goals import goal_frame
from supervision.readers.shared import who_reads_shared

GOAL_LENGTH = 1000
ONE_FORM = dt.timedelta(minutes=10)


@transaction.atomic
def set_goal(
    *,
    by: User,
    programme: Programme,
    text: str,
    fields: Mapping[str, str] | None = None,
    due_on: dt.date | None = None,
    level: str = "",
    parent: Goal | None = None,
) -> Goal:
    """Set a goal of one's own outside a session; the same form sent twice gives the one that is there.

    Raises `DomainError` for an empty one or an unknown level.
    """
    text = clean_text(text, max_length=GOAL_LENGTH, field="text")
    if not text:
        raise DomainError(_("Write what you will try."), field="text")
    frame = goal_frame(programme)
    if level and level not in {key for key, _label in frame.levels}:
        raise DomainError(_("Choose one of the levels."), field="level", status=400)
    if parent and parent.person_id != by.pk:
        raise NotAllowed(_("That goal is somebody else's."))
    wanted = {"programme": programme, "person": by, "text": text, "due_on": due_on, "level": level, "parent": parent}
    kept = {
        key: clean_text(value, max_length=GOAL_LENGTH, field=f"field-{key}")
        for key, value in (fields or {}).items()
        if value
    }
    lock_people(by)  # two forms sent in the same moment see each other
    there = Goal.objects.filter(**wanted, set_by=by, set_in__isnull=True, status=Goal.Status.NEW)
    if same := next((one for one in there if one.fields == kept), None):
        return same
    goal = Goal.objects.create(**wanted, fields=kept, set_at=timezone.now(), set_by=by)
    record(by=by, verb="goal.set", subject=f"goal:{goal.pk}", programme_id=programme.pk, people=[by])
    return goal


@transaction.atomic
def take_up_goal(*, goal: Goal, by: User, status: str, comment: str = "") -> GoalReview:
    """Say how it went with one's own goal, outside a session; the same form sent twice within a few
    minutes says it once. The same words weeks later are another time.

    Raises `DomainError` when it is closed.
    """
    goal = Goal.objects.select_for_update(of=("self",)).select_related("programme").get(pk=goal.pk)
    if goal.person_id != by.pk:
        raise NotAllowed(_("That goal is somebody else's."))
    comment = clean_text(comment, field="comment")
    last = goal.reviews.order_by("reviewed_at", "pk").last()
    same = last and (last.session_id, last.reviewed_by_id, last.status, last.comment) == (None, by.pk, status, comment)
    if last and same and last.reviewed_at > timezone.now() - ONE_FORM:
        return last
    if goal.status in Goal.CLOSED:
        raise DomainError(_("This goal is closed. Set a new one."), field="status")
    if status not in {key for key, _label in goal_frame(goal.programme).outcomes} - {Goal.Status.CHANGED}:
        raise DomainError(_("Choose what happened with the goal."), field="status", status=400)
    return review(goal=goal, by=by, status=status, comment=comment)


def review(*, goal: Goal, by: User, status: str, comment: str) -> GoalReview:
    """Keep an outcome outside a session, and close the goal when it closes it; inside the caller's transaction."""
    now = timezone.now()
    kept = GoalReview.objects.create(goal=goal, status=status, comment=comment, reviewed_at=now, reviewed_by=by)
    goal.status = status
    if status in Goal.CLOSED:
        goal.closed_at, goal.closed_by = now, by
    goal.save(update_fields=["status", "closed_at", "closed_by"])
    record(
        by=by,
        verb="goal.taken_up",
        subject=f"goal:{goal.pk}",
        programme_id=goal.programme_id,
        people=[goal.person_id] if goal.person_id else [],
        facts={"status": status},
    )
    return kept


@transaction.atomic
def share_goal(*, goal: Goal, by: User, shared: bool) -> None:
    """Let the one who supervises one's coach see the goal, and tell them; or no longer. Only its owner decides."""
    goal = Goal.objects.select_for_update(of=("self",)).get(pk=goal.pk)
    if goal.person_id != by.pk:
        raise NotAllowed(_("Only the owner shares a goal."))
    _share(goal, f"goal:{goal.pk}", by, shared=shared)


@transaction.atomic
def share_feedback(*, feedback: Feedback, by: User, shared: bool) -> None:
    """Let the one who supervises one's coach see this feedback, and tell them; or no longer. Only its receiver
    decides."""
    feedback = Feedback.objects.select_for_update(of=("self",)).get(pk=feedback.pk)
    if feedback.receiver_id != by.pk or feedback.released_at is None:
        raise NotAllowed(_("Only the receiver shares feedback."))
    _share(feedback, f"feedback:{feedback.pk}", by, shared=shared)


def _share(thing: Goal | Feedback, subject: str, by: User, *, shared: bool) -> None:
    """Nothing where it stands so already: the same button pressed twice."""
    if (thing.shared_at is not None) == shared:
        return
    thing.shared_at = timezone.now() if shared else None
    thing.save(update_fields=["shared_at"])
    verb = f"{subject.split(':')[0]}.{'shared' if shared else 'unshared'}"
    record(by=by, verb=verb, subject=subject, programme_id=thing.programme_id, people=[by])
    if shared:
        tell_shared(subject, by, thing.programme_id, who_reads_shared(by, thing.programme_id))
