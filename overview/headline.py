"""The first line of the home page: what should I do now? A sentence with a name, a time or a number in it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from babel import Locale
from babel.dates import format_date
from babel.lists import format_list
from django.contrib.humanize.templatetags.humanize import apnumber
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from common.dates import clock, date_words, day, local_date, since_days
from overview.figures import masked_share

SOON = 7  # days in which a session is named by its weekday and comes before all else
NAMED = 3  # people named before the others become a number


@dataclass(frozen=True)
class Ahead:
    """The next session: when, where on the clock, and with whom (first names, who leads first)."""

    starts_at: dt.datetime
    zone: str
    leads: bool
    names: Sequence[str]

    @property
    def days(self) -> int:
        """Days until it; 0 today."""
        return -since_days(self.starts_at, zone=self.zone)


@dataclass(frozen=True)
class Standing:
    """Everything that the first line weighs."""

    name: str
    ahead: Ahead | None = None
    record_from: dt.datetime | None = None
    records: int = 0
    requests: int = 0
    unplaced: int = 0
    not_met: int = 0
    to_plan: Sequence[str] = ()
    needs_coach: bool = False
    figures: str = ""


def headline(standing: Standing) -> str:
    """The sentence. What comes within a week first, then what is late, then what others wait for."""
    if standing.ahead and standing.ahead.days < SOON:
        return meets(standing.ahead)
    if standing.record_from:
        return _records(standing.record_from, standing.records)
    if standing.unplaced or standing.not_met:
        return network_line(standing.unplaced, standing.not_met)
    if standing.requests:
        return _("Another network asks whether you join it")
    if standing.ahead:
        return meets(standing.ahead)
    if standing.to_plan:
        return _("Plan the next session with %(names)s") % {"names": listed(standing.to_plan)}
    if standing.needs_coach:
        return _("You have no coach yet, and your coordinator sees it")
    if standing.figures:
        return standing.figures
    # Decisions are read after the page, so the line says nothing about them.
    if standing.name:
        return _("Nothing is urgent, %(name)s") % {"name": standing.name}
    return _("Nothing is urgent")


def headline_for_beginners() -> str:
    """The first line in a network where nobody else is yet."""
    return _("Begin by bringing your people in")


def meets(ahead: Ahead) -> str:
    """“On Thursday at 13:00 you meet Ingrid, Jonas and Máret”."""
    who = _with_whom(ahead)
    time = clock(ahead.starts_at, zone=ahead.zone)
    if ahead.days == 0:
        sentence = _("Today at %(time)s you meet %(who)s") % {"time": time, "who": who}
    elif ahead.days == 1:
        sentence = _("Tomorrow at %(time)s you meet %(who)s") % {"time": time, "who": who}
    else:
        when = weekday(ahead.starts_at, ahead.zone) if ahead.days < SOON else day(ahead.starts_at, zone=ahead.zone)
        sentence = _("On %(day)s at %(time)s you meet %(who)s") % {"day": when, "time": time, "who": who}
    return capfirst(sentence)


def _with_whom(ahead: Ahead) -> str:
    names = list(ahead.names)
    if not names:
        return _("nobody yet")
    if not ahead.leads and len(names) > 1:
        return _("%(name)s and the group") % {"name": names[0]}
    if len(names) > NAMED + 1:
        rest = len(names) - NAMED
        others = ngettext("%(count)s other", "%(count)s others", rest) % {"count": apnumber(rest)}
        return listed([*names[:NAMED], others])
    return listed(names)


def _records(first: dt.datetime, number: int) -> str:
    if number == 1:
        return _("Record the session of %(day)s") % {"day": date_words(first)}
    return _("%(number)s sessions wait for your record") % {"number": capfirst(in_words(number))}


def network_line(unplaced: int, not_met: int) -> str:
    """“Three people need a coach, and two have not met for too long”."""
    parts = []
    if unplaced:
        sentence = ngettext("%(number)s person needs a coach", "%(number)s people need a coach", unplaced)
        parts.append(sentence % {"number": in_words(unplaced)})
    if not_met:
        sentence = ngettext("%(number)s has not met for too long", "%(number)s have not met for too long", not_met) % {
            "number": in_words(not_met)
        }
        parts.append(sentence)
    return capfirst(_("%(one)s, and %(other)s") % {"one": parts[0], "other": parts[1]} if parts[1:] else parts[0])


def bench_line(unplaced: int, not_met: int, supervised: int) -> str:
    """The first line of the workbench."""
    if unplaced or not_met:
        return network_line(unplaced, not_met)
    if supervised:
        return _("Everybody has a coach and has met in time")
    return _("Nobody is supervised here yet")


def share_line(part: int, whole: int) -> str:
    """“91 % of those supervised have met in time”; empty where it would tell about fewer than five people."""
    share = masked_share(part, whole)
    return _("%(share)s of those supervised have met in time") % {"share": share} if share else ""


def in_words(number: int) -> str:
    """Words to ten, figures above, as in sentences; “99+” where counting stopped."""
    return "99+" if number > 99 else str(apnumber(number))


def listed(names: Sequence[str]) -> str:
    """``Ingrid, Jonas and Máret`` in the reader's language."""
    language = _language()
    # British English, as everywhere here: no comma before the last one.
    return format_list(list(names), locale="en_GB" if language == "en" else language)


def weekday(moment: dt.datetime, zone: str) -> str:
    """``Thursday``, ``torsdag``."""
    return format_date(local_date(moment, zone=zone), "EEEE", locale=Locale.parse(_language()))


def today_line() -> str:
    """``Tuesday 24 November``: above the first line."""
    return capfirst(day(timezone.localdate()))


def _language() -> str:
    return (get_language() or "en").split("-")[0]
