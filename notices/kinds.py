"""The kinds of things that people are told. Each app registers its own in its file ``notices.py``.

Two sorts. A notice **written by an act** (an invitation, a decision) is added by `notices.actions.write.write_notice`
inside the act's transaction, and its kind has no ``due``. A notice that **falls due by the clock** (a reminder) is
found by the kind's ``due``, which the tick asks each minute; nobody writes it.

Example, in ``supervision/notices/``, imported at start by `notices.apps`::

    kinds.register(
        kinds.Kind(
            key="session_reminder",
            label=_("Reminder of a session"),
            letter=reminder_letter,  # Notice -> notices.letter.Letter; the words are in supervision/letters.py
            due=reminders_due,
            horizon=timedelta(hours=24),
            still_wanted=session_still_as_planned,
            attachment=session_calendar,
        )
    )
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from accounts.models import User
from notices.letter import Letter
from notices.models import Notice

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


@dataclass(frozen=True)
class Due:
    """Something that should have been told by now: what a kind's ``due`` gives, one for each person."""

    # A text key such as "session:7": what the notice is about.
    subject: str
    recipient_id: int
    # The moment it fell due, aware. Part of the row's key: a moved session falls due at another time and is told anew.
    due_at: datetime
    programme_id: int | None = None
    # nb, da or en; empty: the language of the recipient's profile.
    language: str = ""
    # Keys, dates and numbers that the template needs and that may be gone when it is sent. Never what was said.
    arguments: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Attachment:
    """A file that goes with the mail."""

    filename: str
    content: bytes
    mimetype: str = "application/octet-stream"
    # For calendar files: REQUEST or CANCEL, repeated in the mail's own header as calendars want it.
    method: str = ""


def _always(notice: Notice) -> bool:
    return True


def _nobody(notice: Notice) -> tuple[str, str] | None:
    return None


def _own(notice: Notice) -> str | None:
    return None


def _nowhere(person: User, notices: list[Notice]) -> Mapping[int, str]:
    return {}


@dataclass(frozen=True)
class Kind:
    """A kind of notice: who is told, when, and with which words."""

    # Stable, lower case, at most 60 characters: it is kept in the rows.
    key: str
    # What lists call it ("Reminder of a session").
    label: StrPromise | str
    # The words, in the language active when it is called (the row's). `notice.recipient` is loaded.
    letter: Callable[[Notice], Letter]
    # By the clock: everything that should have been told between `now - horizon` and `now`; the engine leaves out
    # what is older, what lies ahead and what has a row. None: rows are written by acts.
    due: Callable[[datetime, timedelta], Iterable[Due]] | None = None
    # How late is still useful.
    horizon: timedelta = timedelta(hours=24)
    # Asked once more just before sending. True: send. A short word ("moved", "cancelled", "answered"; at most 60
    # characters) or False: the row is closed unsent with that reason.
    still_wanted: Callable[[Notice], bool | str] = _always
    # The file that goes along, or None for this time.
    attachment: Callable[[Notice], Attachment | None] | None = None
    # Name and address to which an answer goes, or None: to nobody.
    reply_to: Callable[[Notice], tuple[str, str] | None] = _nobody
    # The address it goes to, where that is not the recipient's own; None: the recipient's.
    address: Callable[[Notice], str | None] = _own
    # Whether a person may choose not to get it; asked before each sending (`notices.models.OptOut`).
    may_opt_out: bool = False
    # What a person who may choose reads about it: when it comes.
    when: StrPromise | str = ""
    # Where what it is about stands, by id of the notice, as far as that person may open it now. Asked once for all
    # rows of a page, so a finder that several kinds share costs its queries once.
    pages: Callable[[User, list[Notice]], Mapping[int, str]] = _nowhere


class UnknownKindError(LookupError):
    """No app has registered this kind."""


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> Kind:
    """Add a kind; the same key twice is a mistake, unless it is the same object (a module loaded again)."""
    if kind.key in _kinds and _kinds[kind.key] is not kind:
        raise ValueError(f"the notice kind {kind.key!r} is registered twice")
    _kinds[kind.key] = kind
    return kind


def get(key: str) -> Kind:
    """The kind of that key. Raises `UnknownKindError`."""
    try:
        return _kinds[key]
    except KeyError:
        raise UnknownKindError(f"no notice kind {key!r} is registered") from None


def every() -> list[Kind]:
    """All kinds, by key."""
    return [_kinds[key] for key in sorted(_kinds)]
