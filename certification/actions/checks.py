"""What must hold before a step or a certificate is decided. Each refusal says what is wrong and who can."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from certification import wording
from certification.counting import Way, months_before
from certification.models import Candidacy, Step, StepRecord
from certification.progress import Rung, State
from certification.readers.climbs import Climb, climb_of, with_all
from certification.readers.keeping import asked_of_renewal
from common.dates import date_words
from common.errors import Conflict, DomainError, NotAllowed
from common.texts import for_reader


def locked_climb(candidacy_id: int) -> Climb:
    """The candidacy, its row locked until the act is over, with everything read after the lock.

    Raises `Conflict` when it is no longer open.
    """
    Candidacy.objects.select_for_update().get(pk=candidacy_id)
    candidacy = with_all(Candidacy.objects.filter(pk=candidacy_id)).get()
    if candidacy.state != Candidacy.State.OPEN:
        raise Conflict(_("This candidacy is closed, so nothing more is decided in it."), code="closed")
    return climb_of(candidacy)


def check_may_decide(climb: Climb, step: Step, by: User) -> None:
    """Refuse a decision about oneself, without the role, or by one's own supervisor where the step asks for more."""
    if climb.standing.decides(by.pk, climb.candidacy, step):
        return
    who = wording.who_decides(climb.said(climb.rung_of(step.pk), by))
    raise NotAllowed(_refusal(climb, step, by, who), code=_reason(climb, step, by))


def check_may_withdraw(climb: Climb, record: StepRecord, by: User) -> None:
    """Refuse whoever may not take a decision back: it was not theirs, and they may not decide the step either."""
    allowed = climb.standing.deciders(climb.candidacy, climb.steps[record.step_id])
    if by.pk == climb.candidacy.person_id or by.pk not in {record.decided_by_id, *(one.pk for one in allowed)}:
        raise NotAllowed(_("Only who may decide the step can withdraw the decision."), code="role")


def _reason(climb: Climb, step: Step, by: User) -> str:
    if by.pk == climb.candidacy.person_id:
        return "oneself"
    has_role = climb.standing.may(climb.candidacy, climb.standing.role_of(step, climb.candidacy))
    return "independence" if any(person.pk == by.pk for person in has_role) else "role"


def _refusal(climb: Climb, step: Step, by: User, who: str) -> str:
    role = climb.standing.role_of(step, climb.candidacy)
    match _reason(climb, step, by):
        case "oneself":
            return _("Nobody decides about themselves. %(who)s") % {"who": who}
        case "independence":
            return _(
                "This step asks for somebody independent: who has led no session with the candidate and is not placed "
                "with them, both in the last 12 months. %(who)s"
            ) % {"who": who}
    named = for_reader(role.names) if role else climb.candidacy.track_version.recorded_by
    return _("This step is decided by the role %(role)s. %(who)s") % {"role": named, "who": who}


def check_open(climb: Climb, step: Step) -> Rung:
    """Refuse steps of another track, computed ones, shut ones, and what is decided already."""
    rung = climb.rung_of(step.pk)
    if rung is None:
        raise DomainError(_("This step belongs to another ladder."), status=400, code="other_track")
    if rung.way is not Way.DECIDED:
        raise DomainError(
            _("Nobody decides this step: it is counted from what is recorded. %(have)s")
            % {"have": wording.have(rung.way, rung.count) if rung.count else ""},
            code="computed",
        )
    if rung.state is State.DONE:
        raise already(climb.live_record(step.pk))
    if rung.state is State.SHUT:
        raise DomainError(wording.opens_after(rung.opens_after), code="shut")
    return rung


def already(record: StepRecord | None) -> Conflict:
    """The sentence for the one who came second."""
    if record is None:
        return Conflict(_("This step is approved already."), code="already")
    return Conflict(
        _("%(name)s approved this step on %(day)s.")
        % {"name": record.decided_by.name, "day": date_words(timezone.localdate(record.decided_at))},
        code="already",
    )


def check_day(day: dt.date, rung: Rung | None = None) -> None:
    """Refuse a day ahead, and one older than the step allows."""
    today = timezone.localdate()
    if day > today:
        raise DomainError(_("The day lies ahead. Write the day on which it was decided."), field="decided_on")
    months = rung.step.max_age_months if rung else None
    if months and day < months_before(today, months):
        raise DomainError(
            _("It may be at most %(months)d months old, so no older than %(day)s.")
            % {"months": months, "day": date_words(months_before(today, months), year=True)},
            field="decided_on",
            code="too_old",
        )


def check_ready(climb: Climb) -> None:
    """Refuse the certificate while a step is open: steps cannot be skipped."""
    final = climb.final
    open_ones = [rung for rung in climb.rungs if not rung.is_done and (final is None or rung.step.id != final.pk)]
    if open_ones:
        language = climb.candidacy.track.programme.language
        names = [for_reader(climb.steps[rung.step.id].names, language) for rung in open_ones]
        raise DomainError(
            _("The certificate is decided when every other step is done. Still open: %(steps)s.")
            % {"steps": wording.listing([_("“%(name)s”") % {"name": name} for name in names])},
            code="not_ready",
        )
    check_renewal(climb)


def check_renewal(climb: Climb) -> None:
    """Who holds the certificate already renews it: what the pack asks for that must be there since the last one."""
    missing = [one for one in asked_of_renewal(climb.candidacy) if one.is_open]
    if missing:
        asked = [f"{one.name}: {one.words}" for one in missing]
        raise DomainError(
            _("This renews a certificate. Since that was decided there must also be: %(asked)s.")
            % {"asked": "; ".join(asked)},
            code="renewal",
        )
