"""Planning a session, changing it, cancelling it, and noting one that was not planned."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from coaches.actions.places import lock_people
from common.errors import Conflict, DomainError, NotAllowed
from programmes.models import Membership, SupervisionRuleVersion
from programmes.policies import belongs
from supervision.actions import telling
from supervision.actions.seat_checks import check_company
from supervision.actions.trail import trail
from supervision.local_time import SEMESTER, moment
from supervision.models import Agenda, Attendance, SupervisionSession
from supervision.policies import may_change, may_plan
from supervision.seating import Place

State = SupervisionSession.State


@dataclass(frozen=True)
class When:
    """Day and time on the wall clock of `zone`, length in minutes, and where."""

    day: dt.date
    time: dt.time
    zone: str
    minutes: int
    place: str = ""
    video_link: str = ""

    @property
    def starts_at(self) -> dt.datetime:
        """The moment it begins. Raises `DomainError` for a time that summer time skips or repeats."""
        return moment(self.day, self.time, self.zone)


@transaction.atomic
def plan_session(
    *,
    by: User,
    version: SupervisionRuleVersion,
    when: When,
    places: Sequence[Place],
    afterwards: bool = False,
) -> SupervisionSession:
    """Plan a session and invite everybody but `by`; `afterwards` notes one that was held unplanned and mails nobody.

    The same form sent twice gives the session that is there. Raises `NotAllowed`, and `DomainError` for a time that
    does not fit or a company that the rule does not allow.
    """
    if not may_plan(by, version):
        raise NotAllowed(_("You have no role that plans sessions under this rule."))
    starts_at = when.starts_at
    _check_moment(starts_at, afterwards)
    check_company(version, places, by=by, day=when.day)
    lock_people(by)  # of two forms sent in the same moment the second waits here, and finds the first
    if there := _planned_already(by, version, when, places):
        return there
    session = SupervisionSession.objects.create(
        programme=version.rule.programme,
        rule=version.rule,
        rule_version=version,
        agenda=agenda_of(version),
        state=State.HELD if afterwards else State.PLANNED,
        starts_at=starts_at,
        zone=when.zone,
        minutes=when.minutes,
        place=when.place,
        video_link=when.video_link,
        planned_at=timezone.now(),
        planned_by=by,
    )
    _seat(session, places)
    trail(session, "session.noted" if afterwards else "session.planned", by)
    if not afterwards:
        telling.tell(telling.PLANNED, session, [place.person for place in places], by=by)
    return session


@transaction.atomic
def change_session(
    *, session: SupervisionSession, by: User, when: When, places: Sequence[Place], sequence: int
) -> int:
    """Move a session, or change who is in it; returns how many mails leave.

    `sequence` is the one that the page showed: somebody else may have moved it meanwhile (`Conflict`). Whoever stays
    gets the same invitation with a higher number when time or place changed; who is new is invited, who is not in it
    any more gets a cancellation. After a move everybody answers anew. Where the session stands so already, as when
    the same form is sent twice, nothing changes and nobody is told.
    """
    session = _locked(session, by)
    if _stands_so(session, when, places):
        return 0
    if session.sequence != sequence:
        raise Conflict(_("The session was changed in the meantime. Look at it again before you change it."))
    starts_at = when.starts_at
    _check_moment(starts_at, session.state == State.HELD)
    check_company(session.rule_version, places, by=by, day=when.day)
    before = {row.person_id: row.person for row in session.attendances.select_related("person")}
    after = {place.person.pk: place.person for place in places}
    moved = _is_moved(session, when, starts_at)
    facts = {"from": session.starts_at.isoformat(), "to": starts_at.isoformat()} if moved else {}
    for name in ("zone", "minutes", "place", "video_link"):
        setattr(session, name, getattr(when, name))
    session.starts_at, session.sequence = starts_at, session.sequence + 1
    session.save()
    _reseat(session, places, answer_anew=moved)
    trail(session, "session.moved" if moved else "session.people_changed", by, facts, people=before)
    if session.state != State.PLANNED:
        return 0
    stays = [person for pk, person in after.items() if pk in before] if moved else []
    told = telling.tell(telling.MOVED, session, stays, by=by)
    new = [person for pk, person in after.items() if pk not in before]
    gone = [person for pk, person in before.items() if pk not in after]
    told += telling.tell(telling.PLANNED, session, new, by=by)
    return told + telling.tell(telling.CANCELLED, session, gone, by=by)


@transaction.atomic
def cancel_session(*, session: SupervisionSession, by: User, reason: str) -> int:
    """Cancel a planned session with a reason that everybody in it reads; returns how many mails leave.

    The same form sent twice changes nothing.
    """
    session = _row(session)
    if session.state == State.CANCELLED and (session.cancelled_by_id, session.cancelled_reason) == (by.pk, reason):
        return 0
    _require_open(session, by)
    if not reason:
        raise DomainError(_("Say why the session is cancelled."), field="reason", code="no_reason")
    was_planned = session.state == State.PLANNED
    session.state = State.CANCELLED
    session.cancelled_at, session.cancelled_by, session.cancelled_reason = timezone.now(), by, reason
    session.sequence += 1
    session.save()
    people = [row.person for row in session.attendances.select_related("person")]
    trail(session, "session.cancelled", by)
    return telling.tell(telling.CANCELLED, session, people, by=by) if was_planned else 0


def agenda_of(version: SupervisionRuleVersion) -> Agenda:
    """The rule's own agenda, or the programme's. Raises `DomainError` when the programme has none."""
    agendas = Agenda.objects.filter(programme_id=version.rule.programme_id, is_current=True)
    own = [agenda for agenda in agendas if agenda.rule_id == version.rule_id]
    common = [agenda for agenda in agendas if agenda.rule_id is None]
    if not own and not common:
        raise DomainError(_("This programme has no agenda. Ask the coordinator."))
    return (own or common)[0]


def _row(session: SupervisionSession) -> SupervisionSession:
    """The session as it is now, with its row locked."""
    rows = SupervisionSession.objects.select_for_update(of=("self",))
    return rows.select_related("programme", "rule_version__rule__programme").get(pk=session.pk)


def _locked(session: SupervisionSession, by: User) -> SupervisionSession:
    """The session with its row locked, if `by` may change it and it is not finished."""
    session = _row(session)
    _require_open(session, by)
    return session


def _require_open(session: SupervisionSession, by: User) -> None:
    if not may_change(by, list(session.attendances.all()), session) or not belongs(by, session.programme):
        raise NotAllowed(_("Only those who lead the session can change it."))
    if session.state in (State.FINISHED, State.CANCELLED):
        raise DomainError(_("This session is finished or cancelled and can no longer be changed."))


def _planned_already(
    by: User, version: SupervisionRuleVersion, when: When, places: Sequence[Place]
) -> SupervisionSession | None:
    """The session that `by` has planned or noted with the very same words, if there is one that was not cancelled."""
    there = SupervisionSession.objects.filter(planned_by=by, rule=version.rule, starts_at=when.starts_at)
    return next((one for one in there.exclude(state=State.CANCELLED) if _stands_so(one, when, places)), None)


def _stands_so(session: SupervisionSession, when: When, places: Sequence[Place]) -> bool:
    """Whether the session is then and there, with these people in these seats."""
    seats = set(session.attendances.values_list("person_id", "seat", "turn", "is_guest"))
    wanted = {(place.person.pk, str(place.seat), place.turn, place.is_guest) for place in places}
    return not _is_moved(session, when, when.starts_at) and seats == wanted


def _check_moment(starts_at: dt.datetime, afterwards: bool) -> None:
    now = timezone.now()
    if afterwards and starts_at > now:
        raise DomainError(
            _("That time is still ahead. Plan the session instead, so that everybody is invited."), field="day"
        )
    if not afterwards and starts_at < now - dt.timedelta(hours=1):
        raise DomainError(
            _("That time has passed. Choose a later one, or record a session that has been held."), field="day"
        )
    if starts_at > now + SEMESTER:
        raise DomainError(_("That is more than a year ahead. Choose an earlier day."), field="day")
    if starts_at < now - 5 * SEMESTER:
        raise DomainError(_("That is more than five years ago. Look at the year again."), field="day")


def _is_moved(session: SupervisionSession, when: When, starts_at: dt.datetime) -> bool:
    before = (session.starts_at, session.zone, session.minutes, session.place, session.video_link)
    return before != (starts_at, when.zone, when.minutes, when.place, when.video_link)


def _organisations(session: SupervisionSession, people: set[int]) -> dict[int, int]:
    """Where each belongs on the day: the membership under which they take part, else any of the programme."""
    rows = (
        Membership.objects.filter(
            person__in=people,
            role__programme_id=session.programme_id,
            started_on__lte=session.local_start.date(),
        )
        .exclude(ended_on__lte=session.local_start.date())
        .order_by("-started_on", "-pk")
    )
    return dict(rows.values_list("person_id", "organisation_id"))


def _seat(session: SupervisionSession, places: Sequence[Place]) -> None:
    where = _organisations(session, {place.person.pk for place in places})
    Attendance.objects.bulk_create(
        Attendance(
            session=session,
            person=place.person,
            seat=place.seat,
            turn=place.turn,
            is_guest=place.is_guest,
            organisation_id=where.get(place.person.pk),
        )
        for place in places
    )


def _reseat(session: SupervisionSession, places: Sequence[Place], *, answer_anew: bool) -> None:
    """New seats; questions stay with the people, and answers too unless the session was moved."""
    kept: dict[int, Attendance] = {}
    for row in session.attendances.all():
        if row.person_id not in kept or row.question:
            kept[row.person_id] = row
    session.attendances.all().delete()
    _seat(session, places)
    asked = set()
    for row in session.attendances.order_by("turn", "pk"):
        old = kept.get(row.person_id)
        if not old:
            continue
        row.present = old.present
        if not answer_anew:
            row.reply, row.replied_at = old.reply, old.replied_at
        if row.person_id not in asked:
            row.question, row.question_at = old.question, old.question_at
            asked.add(row.person_id)
        row.save()


def preview_change(
    *, session: SupervisionSession, by: User, when: When, places: Sequence[Place], sequence: int
) -> int:
    """How many mails `change_session` would send; nothing is kept. Raises what it would raise."""
    with transaction.atomic():
        told = change_session(session=session, by=by, when=when, places=places, sequence=sequence)
        transaction.set_rollback(True)
    return told
