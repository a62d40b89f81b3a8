"""What people are told about sessions: kinds, what falls due by the clock, and the calendar file that goes along."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from notices import kinds
from notices.due import local_wall_before
from notices.kinds import Attachment, Due, Kind
from notices.letter import Letter
from notices.models import Notice
from programmes.policies import belongs
from supervision import letters
from supervision.actions.telling import CANCELLED, MOVED, PLANNED, REMINDER
from supervision.invites import CANCEL, REQUEST, calendar_file
from supervision.models import Attendance, SupervisionSession
from supervision.readers.record import attendances_of, session_of

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

Words = Callable[[SupervisionSession, list[Attendance], User], Letter]
StillWanted = Callable[[Notice], bool | str]
State = SupervisionSession.State
NOT_RECORDED = "session_not_recorded"
REMIND_HOURS = 24
RECORD_WITHIN = dt.timedelta(days=3)


def _subject(notice: Notice) -> tuple[SupervisionSession, list[Attendance]]:
    """The session of a notice, with everybody in it; read once for a notice, of which letter, file and all else ask.

    Raises LookupError when it is gone.
    """
    known: tuple[SupervisionSession, list[Attendance]] | None = notice.__dict__.get("_session")
    if known is None:
        session = session_of(int(notice.subject.split(":")[1]))
        if session is None:
            raise LookupError(notice.subject)
        known = notice.__dict__["_session"] = (session, attendances_of(session))
    return known


def _letter(words: Words) -> Callable[[Notice], Letter]:
    def letter(notice: Notice) -> Letter:
        session, rows = _subject(notice)
        return words(session, rows, notice.recipient)

    return letter


def _file(method: str) -> Callable[[Notice], Attachment | None]:
    def attachment(notice: Notice) -> Attachment | None:
        session, rows = _subject(notice)
        sequence = notice.arguments.get("sequence")
        content = calendar_file(
            session, rows, notice.recipient, path=letters.page_of(session), method=method, sequence=sequence
        )
        return Attachment(filename="session.ics", content=content, mimetype="text/calendar", method=method)

    return attachment


def _answers_to_lead(notice: Notice) -> tuple[str, str] | None:
    _session, rows = _subject(notice)
    for row in rows:
        if row.seat == Attendance.Seat.LEAD and row.person.email and row.person_id != notice.recipient_id:
            return row.person.name, row.person.email
    return None


def _invited_still(notice: Notice) -> bool | str:
    """An invitation or a change is worth sending while it says how things are: not moved on, cancelled or over."""
    session, rows = _subject(notice)
    if session.state == State.CANCELLED:
        return "cancelled"
    if session.sequence != notice.arguments.get("sequence"):
        return "moved" if _is_told_anew(notice) else _is_in(notice, rows)
    return _is_in(notice, rows)


def _is_in(notice: Notice, rows: list[Attendance]) -> bool | str:
    if not any(row.person_id == notice.recipient_id for row in rows):
        return "no longer invited"
    session, _rows = _subject(notice)
    return belongs(notice.recipient, session.programme) or "left"


def _is_told_anew(notice: Notice) -> bool:
    """Whether a later notice tells the same person of the session as it is now."""
    return Notice.objects.filter(
        kind__in=(PLANNED, MOVED), subject=notice.subject, recipient_id=notice.recipient_id, pk__gt=notice.pk
    ).exists()


def _cancelled_still(notice: Notice) -> bool | str:
    """A cancellation is not sent to somebody who was invited again since."""
    session, rows = _subject(notice)
    back = session.state == State.PLANNED and any(row.person_id == notice.recipient_id for row in rows)
    return "invited again" if back else True


def reminders_due(now: dt.datetime, horizon: dt.timedelta) -> Iterator[Due]:
    """A day before each planned session, to everybody in it who has not said no; 24 hours by the wall clock."""
    margin = dt.timedelta(hours=REMIND_HOURS + 2)
    rows = (
        Attendance.objects.filter(
            session__state=State.PLANNED, session__starts_at__gt=now, session__starts_at__lte=now + margin
        )
        .exclude(reply=Attendance.Reply.NO)
        .exclude(person__email=None)
        .values_list(
            "session_id", "person_id", "session__starts_at", "session__zone", "session__programme_id",
            "session__sequence", "session__planned_at",
        )
        .distinct()
    )  # fmt: skip
    for session_id, person_id, starts_at, zone, programme_id, sequence, planned_at in rows:
        due_at = local_wall_before(starts_at, zone, hours=REMIND_HOURS)
        if due_at <= now and planned_at < due_at:  # planned within the last day: the invitation was the reminder
            yield Due(f"session:{session_id}", person_id, due_at, programme_id, arguments={"sequence": sequence})


def _reminder_still(notice: Notice) -> bool | str:
    session, rows = _subject(notice)
    if session.state != State.PLANNED:
        return session.state
    if local_wall_before(session.starts_at, session.zone, hours=REMIND_HOURS) != notice.due_at:
        return "moved"
    if (here := _is_in(notice, rows)) is not True:
        return here
    own = [row for row in rows if row.person_id == notice.recipient_id]
    if own[0].reply == Attendance.Reply.NO:
        return "said no"
    return "told within the day" if _was_told_since(notice) else True


def _was_told_since(notice: Notice) -> bool:
    """Whether an invitation or a change within the last day was the reminder already."""
    told = Notice.objects.filter(kind__in=(PLANNED, MOVED), subject=notice.subject, recipient_id=notice.recipient_id)
    return told.filter(due_at__gte=notice.due_at).exists()


def unrecorded_due(now: dt.datetime, horizon: dt.timedelta) -> Iterator[Due]:
    """Three days after a session that is not recorded, to those who lead it."""
    rows = (
        Attendance.objects.filter(
            session__state__in=(State.PLANNED, State.HELD),
            session__starts_at__lte=now - RECORD_WITHIN,
            session__starts_at__gte=now - RECORD_WITHIN - horizon,
            seat__in=(Attendance.Seat.LEAD, Attendance.Seat.CO_LEAD),
        )
        .exclude(person__email=None)
        .values_list("session_id", "person_id", "session__starts_at", "session__programme_id", "session__planned_at")
        .distinct()
    )
    for session_id, person_id, starts_at, programme_id, planned_at in rows:
        if planned_at < starts_at + RECORD_WITHIN:  # noted afterwards, or come in with history: nothing to remind of
            yield Due(f"session:{session_id}", person_id, starts_at + RECORD_WITHIN, programme_id)


def _unrecorded_still(notice: Notice) -> bool | str:
    session, rows = _subject(notice)
    if session.state not in (State.PLANNED, State.HELD):
        return session.state
    if (here := _is_in(notice, rows)) is not True:
        return here
    return True if session.starts_at + RECORD_WITHIN == notice.due_at else "moved"


def _pages(person: User, notices: list[Notice]) -> dict[int, str]:
    """The pages of the sessions in which `person` still has a seat. One query."""
    ids = {notice.pk: int(notice.subject.partition(":")[2]) for notice in notices}
    seated = set(
        Attendance.objects.filter(person=person, session__in=ids.values()).values_list("session_id", flat=True)
    )
    return {pk: reverse("supervision:session", args=[session]) for pk, session in ids.items() if session in seated}


def _with_file(key: str, label: StrPromise, words: Words, still_wanted: StillWanted, method: str, **more: Any) -> None:
    """Register a kind that carries the calendar file; answers go to the one who leads."""
    kinds.register(
        Kind(
            key=key,
            label=label,
            letter=_letter(words),
            still_wanted=still_wanted,
            attachment=_file(method),
            reply_to=_answers_to_lead,
            pages=_pages,
            **more,
        )
    )


_with_file(PLANNED, _("Invitation to a session"), letters.planned, _invited_still, REQUEST)
_with_file(MOVED, _("A session was changed"), letters.moved, _invited_still, REQUEST)
_with_file(CANCELLED, _("A session was cancelled"), letters.cancelled, _cancelled_still, CANCEL)
_with_file(
    REMINDER,
    _("Reminder of a session"),
    letters.reminder,
    _reminder_still,
    REQUEST,
    due=reminders_due,
    horizon=dt.timedelta(hours=24),
    may_opt_out=True,
    when=_("a day before it begins"),
)
kinds.register(
    Kind(
        key=NOT_RECORDED,
        label=_("A session is not recorded"),
        letter=_letter(letters.not_recorded),
        due=unrecorded_due,
        horizon=dt.timedelta(days=14),
        still_wanted=_unrecorded_still,
        may_opt_out=True,
        when=_("three days after, to those who led it"),
        pages=_pages,
    )
)
