"""Answers to invitations, and what people bring."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actions.audit import record
from accounts.models import User
from common.errors import DomainError, NotAllowed
from common.text import clean_text
from supervision.models import Attendance, SupervisionSession

State = SupervisionSession.State
QUESTION_LENGTH = 4000


@transaction.atomic
def answer(*, session: SupervisionSession, by: User, reply: str) -> None:
    """Say yes or no to an invitation; the last answer counts. Raises `DomainError` when it is too late for one."""
    rows = _own_rows(session, by)
    if reply not in (Attendance.Reply.YES, Attendance.Reply.NO):
        raise DomainError(_("Choose yes or no."), field="reply", status=400)
    if session.state == State.CANCELLED:
        raise DomainError(_("The session is cancelled. No answer is needed."))
    if session.state != State.PLANNED or session.ends_at < timezone.now():
        raise DomainError(_("The session is over. No answer is needed."))
    if all(row.reply == reply for row in rows):
        return
    Attendance.objects.filter(pk__in=[row.pk for row in rows]).update(reply=reply, replied_at=timezone.now())
    record(
        by=by,
        verb="session.answered",
        subject=f"session:{session.pk}",
        programme_id=session.programme_id,
        organisation_path=rows[0].organisation.path if rows[0].organisation else "",
        people=[by],
        facts={"reply": reply},
    )


@transaction.atomic
def bring_question(*, session: SupervisionSession, by: User, question: str) -> None:
    """Keep the question that `by` brings; an empty one takes it back. Raises `DomainError` once it is finished."""
    rows = [row for row in _own_rows(session, by) if row.seat == Attendance.Seat.SUPERVISEE]
    if not rows:
        raise NotAllowed(_("Those who are supervised bring a question."))
    if session.state in (State.FINISHED, State.CANCELLED):
        raise DomainError(_("The session is finished or cancelled. Bring your question to the next one."))
    first = min(rows, key=lambda row: row.turn)
    question = clean_text(question, max_length=QUESTION_LENGTH, field="question")
    if first.question == question:  # the same form sent twice
        return
    first.question = question
    first.question_at = timezone.now() if first.question else None
    first.save(update_fields=["question", "question_at"])


def _own_rows(session: SupervisionSession, by: User) -> list[Attendance]:
    rows = list(session.attendances.filter(person=by).select_related("organisation").select_for_update(of=("self",)))
    if not rows:
        raise NotAllowed(_("You are not in this session."))
    return rows
