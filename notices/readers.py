"""What somebody has been told, for that person alone."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from accounts.models import User
from common.lists import KeysetPage, keyset_page
from notices import kinds
from notices.models import TURNED_OFF, Notice, OptOut

State = Notice.State


@dataclass(frozen=True)
class Told:
    """One notice as its recipient sees it: what it was about, where that is, and what became of the mail."""

    notice: Notice
    label: str
    page: str
    outcome: str


def told(person: User, cursor: str | None) -> tuple[KeysetPage[Notice], list[Told]]:
    """A page of what `person` was told, newest first. One query, and one for each sort of thing that has a page."""
    page = keyset_page(Notice.objects.filter(recipient=person), keys=("-id",), cursor=cursor)
    known = {kind.key: kind for kind in kinds.every()}
    pages: dict[int, str] = {}
    for finder in {known[notice.kind].pages for notice in page if notice.kind in known}:
        pages |= finder(person, [one for one in page if one.kind in known and known[one.kind].pages is finder])
    return page, [_line(notice, known.get(notice.kind), pages.get(notice.pk, "")) for notice in page]


def _line(notice: Notice, kind: kinds.Kind | None, page: str) -> Told:
    label = str(kind.label) if kind else _("Something that is no longer told")
    return Told(notice, label, page, _outcome(notice))


def _outcome(notice: Notice) -> str:
    """What became of the mail, as a word for people."""
    if notice.state == State.CLOSED and notice.closed_reason == TURNED_OFF:
        return _("Not sent: you have turned these mails off")
    return {
        State.WAITING: _("On its way"),
        State.SENDING: _("On its way"),
        State.SENT: _("Sent by e-mail"),
        State.CLOSED: _("Not sent: no longer needed"),
        State.FAILED: _("Could not be delivered"),
    }[State(notice.state)]


def choosable() -> list[kinds.Kind]:
    """The kinds that a person may turn off."""
    return [kind for kind in kinds.every() if kind.may_opt_out]


def turned_off(person: User) -> set[str]:
    """The kinds that `person` has turned off. One query."""
    return set(OptOut.objects.filter(person=person).values_list("kind", flat=True))
