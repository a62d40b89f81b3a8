"""The list of people as a file for spreadsheets."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from common.exports import csv_response
from people.readers.listing import PersonRow


def people_csv(rows: Iterable[PersonRow], programme: str) -> StreamingHttpResponse:
    """One line a person: name, address, phone, roles, organisations, since, coaches."""
    header = [
        _("Name"),
        _("E-mail"),
        _("Phone"),
        _("Role"),
        _("Organisation"),
        _("Since"),
        _("Coach"),
        _("Needs a coach"),
    ]
    lines = (
        (
            row.person.name,
            row.person.email or "",
            row.person.phone,
            ", ".join(row.roles),
            ", ".join(row.organisations),
            row.since,
            ", ".join(coach.name for coach in row.coaches),
            row.needs_coach,
        )
        for row in rows
    )
    return csv_response(f"{programme} {timezone.localdate().isoformat()}.csv", header, lines)
