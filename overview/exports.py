"""Lists of this room as files for spreadsheets."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.http import StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from coaches.models import Placement
from common.exports import csv_response
from overview.readers.coverage import RuleCoverage
from overview.readers.trail import Line


def trail_csv(lines: Iterable[Line]) -> StreamingHttpResponse:
    """One line an act: when, who, what, whom, facts, where."""
    header = [_("When"), _("Who"), _("What was done"), _("Whom it concerned"), _("Details"), _("Organisation")]
    rows = (
        (line.at, line.by, line.did, ", ".join(name for _pk, name in line.people), line.facts, line.organisation)
        for line in lines
    )
    return csv_response(f"trail {timezone.localdate().isoformat()}.csv", header, rows)


def people_csv(rows: Iterable[Placement]) -> StreamingHttpResponse:
    """One line a placement: who, where, coach, last and next session, whether they met in time."""
    header = [_("Name"), _("E-mail"), _("Organisation"), _("Coach"), _("Since"), _("Last session"), _("Next session")]
    header.append(_("Met in time"))
    lines = ((one.supervisee.name, one.supervisee.email or "", *_meetings(one)) for one in rows)
    return csv_response(f"supervised {timezone.localdate().isoformat()}.csv", header, lines)


def _meetings(one: Any) -> tuple[Any, ...]:
    """The rest of a line; `one` is a row of `people_rows`."""
    return (one.organisation or "", one.coach.name, one.started_on, _day(one.last_at), _day(one.next_at), one.on_time)


def coaches_csv(rows: Iterable[Any]) -> StreamingHttpResponse:
    """One line a coach; `rows` are those of `coach_rows`."""
    header = [_("Name"), _("E-mail"), _("Organisation"), _("Places offered"), _("Places taken"), _("Last session")]
    header += [_("Next session"), _("Away")]
    lines = (
        (
            one.name,
            one.email or "",
            one.organisation or "",
            one.capacity,
            one.taken,
            _day(one.last_at),
            _day(one.next_at),
            one.away,
        )
        for one in rows
    )
    return csv_response(f"coaches {timezone.localdate().isoformat()}.csv", header, lines)


def selected_csv(people: Iterable[User]) -> StreamingHttpResponse:
    """Name, address and phone of the people selected."""
    lines = [(person.name, person.email or "", person.phone) for person in people]
    header = [_("Name"), _("E-mail"), _("Phone")]
    return csv_response(f"selected {timezone.localdate().isoformat()}.csv", header, lines)


def _day(moment: dt.datetime | None) -> dt.date | None:
    return timezone.localdate(moment) if moment else None


def coverage_csv(rules: Iterable[RuleCoverage]) -> StreamingHttpResponse:
    """One line an organisation under a rule, and one for all of them; what is masked stays empty."""
    header = [_("Supervision"), _("Days"), _("Organisation"), _("Supervised"), _("Met in time"), _("Per cent")]
    lines = (
        (rule.name, rule.days, row.label or _("All"), row.people, row.met, row.percent)
        for rule in rules
        for row in (*rule.organisations, rule.whole)
    )
    return csv_response(f"coverage {timezone.localdate().isoformat()}.csv", header, lines)
