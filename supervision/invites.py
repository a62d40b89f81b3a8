"""The calendar file of a session (iCalendar, RFC 5545 and 5546): invitation, change and cancellation.

The UID never changes; SEQUENCE grows with each change that is mailed, so that calendars replace what they have. The
start is local time with its zone, for a series of clock changes must not move it.
"""

from __future__ import annotations

import datetime as dt
import zoneinfo
from collections.abc import Sequence

from django.conf import settings
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, Timezone, vCalAddress, vText

from accounts.models import User
from programmes.terms import term
from supervision.models import Attendance, SupervisionSession

REQUEST, CANCEL = "REQUEST", "CANCEL"
_STATUS = {
    Attendance.Reply.NONE: "NEEDS-ACTION",
    Attendance.Reply.YES: "ACCEPTED",
    Attendance.Reply.NO: "DECLINED",
}


def calendar_file(
    session: SupervisionSession,
    attendances: Sequence[Attendance],
    recipient: User,
    *,
    path: str,
    method: str = REQUEST,
    sequence: int | None = None,
) -> bytes:
    """The file for one recipient, in the language now active.

    `attendances` with their people; `path` is the session's page. The recipient stands as the one attendee, since
    what others answered, and their addresses, are not theirs to see. `sequence` is the session's unless given.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Supervision//Supervision sessions//EN")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    calendar.add_component(_zone(session))
    calendar.add_component(_event(session, attendances, recipient, path, method, sequence))
    return bytes(calendar.to_ical())


def _zone(session: SupervisionSession) -> Timezone:
    """The rules of the zone round the session, so that calendars that know no zone names read it right."""
    around = session.starts_at.date()
    return Timezone.from_tzid(
        session.zone, first_date=around - dt.timedelta(days=366), last_date=around + dt.timedelta(days=366)
    )


def _event(
    session: SupervisionSession,
    attendances: Sequence[Attendance],
    recipient: User,
    path: str,
    method: str,
    sequence: int | None,
) -> Event:
    place = zoneinfo.ZoneInfo(session.zone)
    url = f"{settings.SITE_URL}{path}"
    event = Event()
    event.add("uid", f"{session.uid}@{settings.SITE_HOST}")
    event.add("sequence", session.sequence if sequence is None else sequence)
    event.add("dtstamp", session.cancelled_at or session.planned_at)
    event.add("dtstart", session.starts_at.astimezone(place))
    event.add("dtend", session.ends_at.astimezone(place))
    event.add("summary", term(session.programme, "session"))
    if where := session.place or session.video_link:
        event.add("location", where)
    event.add("description", "\n".join(_description(session, attendances, url)))
    event.add("url", url)
    event.add("status", "CANCELLED" if method == CANCEL else "CONFIRMED")
    event.add("organizer", _organizer(attendances), encode=False)
    own = next((row for row in attendances if row.person_id == recipient.pk), None)
    if recipient.email:
        event.add("attendee", _attendee(recipient, own.reply if own else ""), encode=False)
    return event


def _description(session: SupervisionSession, attendances: Sequence[Attendance], url: str) -> list[str]:
    names = list(dict.fromkeys(row.person.name for row in attendances))
    lines = [_("With: %(names)s") % {"names": ", ".join(names)}]
    if session.video_link:
        lines.append(session.video_link)
    return [*lines, _("More, and your answer: %(url)s") % {"url": url}]


def _organizer(attendances: Sequence[Attendance]) -> vCalAddress:
    """The house sends, in the name of whoever leads: answers by mail lead nowhere, so the page takes them."""
    address = vCalAddress(f"mailto:{settings.DEFAULT_FROM_EMAIL.rsplit('<', 1)[-1].rstrip('>')}")
    lead = next((row.person.name for row in attendances if row.seat == Attendance.Seat.LEAD), "")
    if lead:
        address.params["cn"] = vText(_plain(lead))
    return address


def _attendee(person: User, reply: str) -> vCalAddress:
    address = vCalAddress(f"mailto:{person.email}")
    address.params["cn"] = vText(_plain(person.name))
    address.params["role"] = vText("REQ-PARTICIPANT")
    address.params["partstat"] = vText(_STATUS[Attendance.Reply(reply)])
    address.params["rsvp"] = vText("FALSE")
    return address


def _plain(name: str) -> str:
    """A name fit for a parameter: quotes and control characters cannot stand there (RFC 5545, 3.2)."""
    return "".join(sign for sign in name if sign.isprintable() and sign not in '"')
