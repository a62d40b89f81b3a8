"""Taking an import back: places and roles get no days at all, people nobody has met here are emptied. What has been
used since stays, and is listed."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actions.people import forget_unused
from accounts.models import User
from certification.actions.history import take_back_history
from coaches.actions.endings import end_placement
from coaches.actions.history import take_back_sessions_before
from coaches.models import Placement
from common.errors import DomainError
from onboarding.actions.import_rows import KEPT, Hand
from onboarding.findings import STOP, Finding
from onboarding.models import ImportRow
from programmes.actions.memberships import correct_membership, end_membership
from programmes.models import MembershipRequest
from supervision.models import Attendance

RowState = ImportRow.State


def end_row(row: ImportRow, hand: Hand) -> None:
    """The places first, of all rows, so that no role is taken from under a place."""
    row.state = RowState.UNPLACED
    for placement in Placement.objects.live().filter(pk__in=row.made.get("placements", [])):
        if _met(placement):
            _kept(row, _("They have met since. End the place by hand."))
            continue
        try:
            with transaction.atomic():
                begun = placement.started_on <= timezone.localdate()
                end_placement(by=hand.by, placement=placement, ended_on=placement.started_on if begun else None)
        except DomainError as error:
            _kept(row, str(error))
    row.save(update_fields=KEPT)


def close_row(row: ImportRow, hand: Hand) -> None:
    """The role, what was noted from before, the request, and a person who came with this import and was never here."""
    try:
        with transaction.atomic():
            _close(row, hand)
    except DomainError as error:
        _kept(row, str(error))
    row.save(update_fields=KEPT)


def _close(row: ImportRow, hand: Hand) -> None:
    person = row.person
    row.state = RowState.TAKEN_BACK
    if row.request_id is not None:
        _withdraw(row.request_id)
        return
    if person is None or row.membership is None:
        return
    if why := _used(row, person):
        raise DomainError(why)
    take_back_history(records=row.made.get("steps", []), certificates=row.made.get("certificates", []), by=hand.by)
    take_back_sessions_before(ids=row.made.get("sessions", []), by=hand.by)
    membership, today = row.membership, timezone.localdate()
    if membership.ended_on is None:
        if membership.started_on > today:
            correct_membership(
                by=hand.by,
                membership=membership,
                organisation=membership.organisation,
                started_on=today,
                ended_on=None,
            )
        end_membership(by=hand.by, membership=membership, ended_on=membership.started_on)
    if row.person_is_new and not person.memberships.open().exists():
        forget_unused(by=hand.by, person=person)


def _used(row: ImportRow, person: User) -> str:
    """Why the role stays: somebody has begun to use it. Empty when nobody has."""
    membership = row.membership
    if person.has_usable_password() and row.person_is_new:
        return _("They have signed in since. End the role by hand.")
    programme = membership.role.programme_id if membership else 0
    since = membership.added_at if membership else timezone.now()
    if Attendance.objects.filter(person=person, session__programme=programme, session__planned_at__gte=since).exists():
        return _("They are in a session since. End the role by hand.")
    live = Placement.objects.live().filter(programme=programme)
    if live.filter(coach=person).exists() or live.filter(supervisee=person).exists():
        others = person.memberships.open().filter(role__programme=programme).exclude(pk=row.membership_id or 0)
        if not others.exists():
            return _("They have a place since. End the place first, then the role.")
    return ""


def _met(placement: Placement) -> bool:
    return Attendance.objects.filter(
        person=placement.supervisee_id,
        session__rule=placement.rule_id,
        session__planned_at__gte=placement.placed_at,
        session__attendances__person=placement.coach_id,
    ).exists()


def _withdraw(request_id: int) -> None:
    """The question to somebody of another network is taken back unless it was answered."""
    waiting = MembershipRequest.objects.filter(pk=request_id, state=MembershipRequest.State.WAITING)
    if not waiting.update(state=MembershipRequest.State.DECLINED, answered_at=timezone.now()):
        raise DomainError(_("The person has answered already. End the role by hand."))


def _kept(row: ImportRow, why: str) -> None:
    row.state = RowState.KEPT
    row.findings = [*row.findings, Finding(STOP, "said", f"{row.number}", {"text": why}).as_json()]
