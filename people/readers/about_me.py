"""The trail about oneself: who did what, and when; never what was said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from accounts.models import AuditPerson, User
from accounts.trail_words import words_for
from common.lists import KeysetPage, keyset_page


@dataclass(frozen=True)
class TrailLine:
    """One act that concerned the reader."""

    at: datetime
    by: str
    words: str


def events_about(person: User, *, cursor: str | None) -> tuple[KeysetPage[AuditPerson], list[TrailLine]]:
    """A page of what was done to the person, newest first, with its lines. Two queries."""
    found = AuditPerson.objects.filter(person_id=person.pk).select_related("event")
    page = keyset_page(found, keys=("-event_id",), cursor=cursor)
    names = dict(User.objects.filter(pk__in={row.event.by_id for row in page}).values_list("pk", "name"))
    lines = [TrailLine(row.event.at, names.get(row.event.by_id, ""), words_for(row.event.verb)) for row in page]
    return page, lines
