"""Deciding a step: approved, or sent back with a reason; one record each, never changed, only withdrawn."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from certification.actions.checks import (
    already,
    check_day,
    check_may_decide,
    check_may_withdraw,
    check_open,
    locked_climb,
)
from certification.actions.trail import note, told
from certification.models import Candidacy, Step, StepRecord
from certification.models.candidacy import StepRecordOutcome as Outcome
from certification.readers.climbs import Climb, climb_of, with_all
from common.errors import Conflict, DomainError
from common.text import clean_line, clean_text
from notices.actions.write import write_notice


@dataclass(frozen=True)
class Ruling:
    """What is written about a decision. `outside_number` is for decisions of a role outside."""

    decided_on: dt.date
    ground: str = ""
    reference: str = ""
    outside_number: str = ""


def approve_step(*, candidacy: Candidacy, step: Step, ruling: Ruling, by: User) -> StepRecord:
    """Approve a decided step. Raises `NotAllowed`, `DomainError` or `Conflict` (somebody was quicker)."""
    return _decide(candidacy, step, Outcome.APPROVED, ruling, by)


def send_back_step(*, candidacy: Candidacy, step: Step, ruling: Ruling, by: User) -> StepRecord:
    """Send a step back with a reason; the candidate is told that it was. Raises as :func:`approve_step`."""
    return _decide(candidacy, step, Outcome.SENT_BACK, ruling, by)


def _decide(candidacy: Candidacy, step: Step, outcome: Outcome, ruling: Ruling, by: User) -> StepRecord:
    try:
        with transaction.atomic():
            climb = locked_climb(candidacy.pk)
            return _record(climb, step, outcome, ruling, by)
    except IntegrityError:
        fresh = climb_of(with_all(Candidacy.objects.filter(pk=candidacy.pk)).get())
        raise already(fresh.live_record(step.pk)) from None


def _record(climb: Climb, step: Step, outcome: Outcome, ruling: Ruling, by: User) -> StepRecord:
    check_may_decide(climb, step, by)
    rung = check_open(climb, step)
    final = climb.final
    if final and final.pk == step.pk and outcome == Outcome.APPROVED:
        raise DomainError(_("This step is approved by issuing the certificate."), code="final")
    if outcome == Outcome.APPROVED:
        check_day(ruling.decided_on, rung)
    else:
        check_day(ruling.decided_on)
    if outcome == Outcome.SENT_BACK and (there := _same_record(climb, step, ruling, by)):
        return there
    record = add_record(climb.candidacy, step, outcome, ruling, by)
    verb = "step.approved" if outcome == Outcome.APPROVED else "step.sent_back"
    note(climb.candidacy, by=by, verb=verb, step=step.key, decided_on=ruling.decided_on.isoformat())
    write_notice(
        kind="step_approved" if outcome == Outcome.APPROVED else "step_sent_back",
        subject=f"step_record:{record.pk}",
        recipient=told(climb.candidacy),
        programme_id=climb.candidacy.track.programme_id,
    )
    return record


def _same_record(climb: Climb, step: Step, ruling: Ruling, by: User) -> StepRecord | None:
    """The step as the same person has sent it back in the same words, with nothing handed in since: a form that came
    twice. A second approval the database refuses."""
    last = climb.live_record(step.pk)
    if last is None or last.decided_by_id != by.pk or last.outcome != Outcome.SENT_BACK:
        return None
    answered = any(one.step_id == step.pk and one.added_at > last.decided_at for one in climb.evidence)
    same = (last.ground, last.decided_on) == (ruling.ground.strip(), ruling.decided_on)
    return last if same and not answered else None


def add_record(
    candidacy: Candidacy, step: Step, outcome: Outcome, ruling: Ruling, by: User, counted: str = ""
) -> StepRecord:
    """The row itself, its texts cleaned. Raises `DomainError` when a ground is missing."""
    ground = clean_text(ruling.ground, max_length=2000, field="ground")
    if not ground:
        if outcome == Outcome.SENT_BACK:
            raise DomainError(_("Say what is missing before you send the step back."), field="ground")
        raise DomainError(_("Say on what ground you decide, in a sentence."), field="ground")
    return StepRecord.objects.create(
        candidacy=candidacy,
        step=step,
        outcome=outcome,
        decided_at=timezone.now(),
        decided_by=by,
        decided_on=ruling.decided_on,
        ground=ground,
        reference=clean_line(ruling.reference, max_length=300, field="reference"),
        outside_number=clean_line(ruling.outside_number, max_length=60, field="outside_number"),
        counted=counted,
    )


@transaction.atomic
def withdraw_record(*, record: StepRecord, reason: str, by: User) -> StepRecord:
    """Take a decision back; the row stays. Who made it may, and whoever may decide the step today.

    Raises `NotAllowed`, `DomainError` without a reason, `Conflict` when the candidacy is closed or it is withdrawn.
    """
    climb = locked_climb(record.candidacy_id)
    check_may_withdraw(climb, record, by)
    reason = clean_line(reason, max_length=300, field="reason")
    if not reason:
        raise DomainError(_("Say why the decision is withdrawn."), field="reason")
    live = StepRecord.objects.filter(pk=record.pk, withdrawn_at__isnull=True)
    if not live.update(withdrawn_at=timezone.now(), withdrawn_by=by, withdrawn_reason=reason):
        raise Conflict(_("This decision is withdrawn already."), code="already")
    note(climb.candidacy, by=by, verb="step.withdrawn", step=climb.steps[record.step_id].key)
    write_notice(
        kind="step_reopened",
        subject=f"step_record:{record.pk}",
        recipient=told(climb.candidacy),
        programme_id=climb.candidacy.track.programme_id,
    )
    record.refresh_from_db()
    return record
