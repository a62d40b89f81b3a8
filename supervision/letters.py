"""The words of mails about sessions: that and where, never what."""

from __future__ import annotations

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from accounts.models import User
from common.dates import clock, day, day_time, day_time_range
from common.texts import for_reader
from notices.letter import Letter, Link
from programmes.models import Programme
from supervision.local_time import city_of, zone_for
from supervision.models import Attendance, SupervisionSession
from supervision.reply_links import reply_token
from supervision.wording import listed


def page_of(session: SupervisionSession) -> str:
    """The path of the session's page."""
    return reverse("supervision:session", args=[session.pk])


def reply_path(session: SupervisionSession, person: User) -> str:
    """The path by which one person answers without signing in."""
    return reverse("supervision:reply", args=[reply_token(session.pk, person.pk)])


def _zone(session: SupervisionSession, person: User) -> str:
    return zone_for(person.time_zone, session.zone, session.starts_at)


def _when(session: SupervisionSession, person: User) -> str:
    """By the reader's own clock."""
    return day_time_range(session.starts_at, session.ends_at, zone=_zone(session, person))


def _where(session: SupervisionSession, person: User) -> tuple[str, ...]:
    lines = []
    if (zone := _zone(session, person)) != session.zone:
        there = {"when": day_time_range(session.starts_at, session.ends_at, zone=session.zone)}
        there |= {"place": city_of(session.zone), "own": city_of(zone)}
        lines.append(_("The time is yours (%(own)s). In %(place)s it is %(when)s.") % there)
    if session.place:
        lines.append(_("Place: %(place)s") % {"place": session.place})
    if session.video_link:
        lines.append(_("Video link: %(link)s") % {"link": session.video_link})
    return tuple(lines)


def _short(session: SupervisionSession, person: User) -> dict[str, str]:
    zone = _zone(session, person)
    return {
        "day": day(session.starts_at, zone=zone),
        "time": clock(session.starts_at, zone=zone),
        "when": _when(session, person),
    }


def _lead_name(rows: list[Attendance]) -> str:
    return next((row.person.name for row in rows if row.seat == Attendance.Seat.LEAD), "")


def _with(rows: list[Attendance], person: User) -> str:
    names = list(dict.fromkeys(row.person.name for row in rows if row.person_id != person.pk))
    return listed(names)


def _answer_links(session: SupervisionSession, person: User) -> tuple[Link, ...]:
    return (Link(_("Say whether you come"), reply_path(session, person)),)


def _place_line(session: SupervisionSession) -> str:
    return for_reader(session.programme.short_names, session.programme.language)


def planned(session: SupervisionSession, rows: list[Attendance], person: User) -> Letter:
    """The invitation."""
    meets = _("You meet %(people)s %(when)s.") % {"people": _with(rows, person), "when": _when(session, person)}
    return Letter(
        title=str(capfirst(_("%(day)s at %(time)s: your session") % _short(session, person))),
        paragraphs=(meets, *_where(session, person)),
        action=Link(_("Say whether you come"), reply_path(session, person)),
        links=(Link(_("Open the session"), page_of(session)),),
        notes=(_("The calendar file with this mail puts the session into your calendar."),),
        why=_("You get this because %(name)s planned a session with you.") % {"name": _lead_name(rows)},
        preheader=meets,
        place_line=_place_line(session),
    )


def moved(session: SupervisionSession, rows: list[Attendance], person: User) -> Letter:
    """The new time or place."""
    sentence = _("Your session with %(people)s is now %(when)s.") % {
        "people": _with(rows, person),
        "when": _when(session, person),
    }
    return Letter(
        title=_("Changed: %(day)s at %(time)s") % _short(session, person),
        paragraphs=(sentence, *_where(session, person), _("Say again whether you come.")),
        action=Link(_("Say whether you come"), reply_path(session, person)),
        links=(Link(_("Open the session"), page_of(session)),),
        notes=(_("The calendar file with this mail changes the session in your calendar."),),
        why=_("You get this because a session that you are in was changed."),
        preheader=sentence,
        place_line=_place_line(session),
    )


def cancelled(session: SupervisionSession, rows: list[Attendance], person: User) -> Letter:
    """It does not take place, or not with you."""
    if session.state == SupervisionSession.State.CANCELLED:
        sentence = _("The session with %(people)s %(when)s is cancelled.") % {
            "people": _with(rows, person),
            "when": _when(session, person),
        }
        why = _("You get this because you were invited to a session that is cancelled.")
        more: tuple[str, ...] = (_("The reason stands on its page."),)
        action: Link | None = Link(_("Open the session"), page_of(session))
    else:
        sentence = _("You are no longer asked to come to the session %(when)s.") % {"when": _when(session, person)}
        why = _("You get this because you were invited to that session before.")
        more, action = (), None
    return Letter(
        title=_("Cancelled: %(day)s at %(time)s") % _short(session, person),
        paragraphs=(sentence, *more),
        action=action,
        notes=(_("The calendar file with this mail takes the session out of your calendar."),),
        why=why,
        preheader=sentence,
        place_line=_place_line(session),
    )


def reminder(session: SupervisionSession, rows: list[Attendance], person: User) -> Letter:
    """A day before."""
    own = next((row for row in rows if row.person_id == person.pk), None)
    sentences = [_("You meet %(people)s %(when)s.") % {"people": _with(rows, person), "when": _when(session, person)}]
    action = Link(_("Open the session"), page_of(session))
    if own and own.seat == Attendance.Seat.SUPERVISEE and not own.question:
        sentences.append(_("You have not written the question you bring yet."))
        action = Link(_("Write your question"), reverse("supervision:question", args=[session.pk]))
    return Letter(
        title=str(capfirst(_("%(day)s at %(time)s: your session") % _short(session, person))),
        paragraphs=(*sentences, *_where(session, person)),
        action=action,
        links=_answer_links(session, person),
        notes=(_("Goals and questions are not repeated here, so that nobody else reads them."),),
        why=_("You get this a day before each session that you are in."),
        preheader=sentences[0],
        place_line=_place_line(session),
    )


def not_recorded(session: SupervisionSession, rows: list[Attendance], person: User) -> Letter:
    """Three days after, to those who lead."""
    sentence = _("The session %(when)s is not recorded yet.") % {
        "when": day_time(session.starts_at, zone=_zone(session, person))
    }
    return Letter(
        title=_("Not recorded yet: %(day)s at %(time)s") % _short(session, person),
        paragraphs=(sentence, _("Say who was there and finish the record. If it was not held, cancel it.")),
        action=Link(_("Record the session"), reverse("supervision:record", args=[session.pk])),
        why=_("You get this three days after a session that you led and that is not recorded."),
        preheader=sentence,
        place_line=_place_line(session),
    )


def shared(owner: User, programme: Programme) -> Letter:
    """Somebody shares something; what it is stands on the page alone."""
    sentence = _("%(name)s shares something from the supervision with you.") % {"name": owner.name}
    return Letter(
        title=_("%(name)s shares something with you") % {"name": owner.name},
        paragraphs=(sentence, _("It is not repeated here, so that nobody else reads it.")),
        action=Link(_("Read what is shared"), reverse("supervision:shared")),
        why=_("You get this because you supervise the coach of %(name)s.") % {"name": owner.name},
        preheader=sentence,
        place_line=for_reader(programme.short_names, programme.language),
    )
