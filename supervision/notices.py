"""What people are told about sessions: kinds, what falls due by the clock, and the calendar file that goes along."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator

from django.utils.translation import gettext_lazy as _

from notices import kinds
from notices.due import local_wall_before
from notices.kinds import Attachment, Due, Kind
from notices.letter import Letter
from notices.models import Notice
from supervision import letters
from supervision.actions.telling import CANCELLED, MOVED, PLANNED
from supervision.invites import CANCEL, REQUEST, calendar_file
from supervision.models import Attendance, SupervisionSession
from supervision.readers.record import attendances_of, session_of

State = SupervisionSession.State
REMINDER = "session_reminder"
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


def _letter(words: Callable[..., Letter]) -> Callable[[Notice], Letter]:
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
    return any(row.person_id == notice.recipient_id for row in rows) or "no longer invited"


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
    own = [row for row in rows if row.person_id == notice.recipient_id]
    if not own:
        return "no longer invited"
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
    session, _rows = _subject(notice)
    if session.state not in (State.PLANNED, State.HELD):
        return session.state
    return True if session.starts_at + RECORD_WITHIN == notice.due_at else "moved"


kinds.register(
    Kind(
        key=PLANNED,
        label=_("Invitation to a session"),
        letter=_letter(letters.planned),
        still_wanted=_invited_still,
        attachment=_file(REQUEST),
        reply_to=_answers_to_lead,
    )
)
kinds.register(
    Kind(
        key=MOVED,
        label=_("A session was changed"),
        letter=_letter(letters.moved),
        still_wanted=_invited_still,
        attachment=_file(REQUEST),
        reply_to=_answers_to_lead,
    )
)
kinds.register(
    Kind(
        key=CANCELLED,
        label=_("A session was cancelled"),
        letter=_letter(letters.cancelled),
        still_wanted=_cancelled_still,
        attachment=_file(CANCEL),
        reply_to=_answers_to_lead,
    )
)
kinds.register(
    Kind(
        key=REMINDER,
        label=_("Reminder of a session"),
        letter=_letter(letters.reminder),
        due=reminders_due,
        horizon=dt.timedelta(hours=24),
        still_wanted=_reminder_still,
        attachment=_file(REQUEST),
        reply_to=_answers_to_lead,
        may_opt_out=True,
    )
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
    )
)
