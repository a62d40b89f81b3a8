"""Lists of this room as files for spreadsheets."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from common.exports import csv_response
from overview.readers.trail import Line


def trail_csv(lines: Iterable[Line]) -> StreamingHttpResponse:
    """One line an act: when, who, what, whom, facts, where."""
    header = [_("When"), _("Who"), _("What was done"), _("Whom it concerned"), _("Details"), _("Organisation")]
    rows = (
        (line.at, line.by, line.did, ", ".join(name for _pk, name in line.people), line.facts, line.organisation)
        for line in lines
    )
    return csv_response(f"trail {timezone.localdate().isoformat()}.csv", header, rows)
