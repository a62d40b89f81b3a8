"""Loading a session for the one who asks: 404 outside one's world, 403 for what is seen but not one's own."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.signed_in import user
from common.errors import NotAllowed
from programmes.views.access import hats
from supervision.models import Attendance, SupervisionSession
from supervision.policies import SessionSight, may_change, sight
from supervision.readers.record import attendances_of, session_of
from supervision.readers.sessions import in_branch


@dataclass(frozen=True)
class Loaded:
    """A session with everybody in it, and what the reader may see."""

    session: SupervisionSession
    attendances: list[Attendance]
    sight: SessionSight
    user: User

    @property
    def may_change(self) -> bool:
        """Whether the reader may move, cancel or record it."""
        return not self.sight.has_left and may_change(self.user, self.attendances, self.session)

    @property
    def own(self) -> Attendance | None:
        """The reader's seat; the supervised one where there are several."""
        rows = [row for row in self.attendances if row.person_id == self.user.pk]
        supervised = [row for row in rows if row.seat == Attendance.Seat.SUPERVISEE]
        return (supervised or rows or [None])[0]

    @property
    def lead(self) -> User | None:
        """Who leads (first)."""
        return next((row.person for row in self.attendances if row.seat == Attendance.Seat.LEAD), None)

    @property
    def people(self) -> list[Attendance]:
        """One row for each person, in the order of turns."""
        return list({row.person_id: row for row in reversed(self.attendances)}.values())[::-1]

    @property
    def named(self) -> list[Attendance]:
        """Those of them whom the reader sees by name: to a coordinator only people of the own branches."""
        paths = self.sight.paths
        return self.people if paths is None else [row for row in self.people if in_branch(row, paths)]

    @property
    def elsewhere(self) -> int:
        """How many stand as a number."""
        return len(self.people) - len(self.named)


def load(request: HttpRequest, pk: int) -> Loaded:
    """The session, if the reader may know of it; else Http404."""
    me = user(request)
    session = session_of(pk)
    if session is None:
        raise Http404
    attendances = attendances_of(session)
    # The frame reads the hats too, once for both.
    is_here = any(hat.programme.pk == session.programme_id for hat in hats(request))
    seen = sight(me, session, attendances, is_here=is_here)
    if not seen.facts:
        raise Http404
    return Loaded(session, attendances, seen, me)


def load_to_lead(request: HttpRequest, pk: int) -> Loaded:
    """The session, if the reader leads it. Raises Http404, or `NotAllowed` for somebody who only sees it."""
    found = load(request, pk)
    if not found.sight.leads:
        raise NotAllowed(_("Only those who lead the session write its record."))
    return found


def load_to_change(request: HttpRequest, pk: int) -> Loaded:
    """The session, if the reader may move or cancel it. Raises Http404 or `NotAllowed`."""
    found = load(request, pk)
    if not found.may_change:
        raise NotAllowed(_("Only those who lead the session can change it."))
    return found


def load_seated(request: HttpRequest, pk: int) -> Loaded:
    """The session, if the reader has a seat in it, now or before leaving. Raises Http404 or `NotAllowed`."""
    found = load(request, pk)
    if not found.sight.is_seated:
        raise NotAllowed(_("You are not in this session."))
    return found


def load_to_take_part(request: HttpRequest, pk: int) -> Loaded:
    """The session, if the reader is in it, to answer or to be told where. Raises Http404 or `NotAllowed`."""
    found = load_seated(request, pk)
    if found.sight.has_left:
        raise NotAllowed(_("You have no role in this programme any more, so you read only what is your own."))
    return found
