"""Search under one hat: people, organisations, and the fact of sessions. Accents and case are passed over."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.models import User
from coaches.models import Placement
from common.search import words_in
from common.text import fold_for_search
from programmes.models import Organisation, ProgrammeRole
from programmes.policies import Hat, people_in_branch, under
from supervision.models import Attendance

Kind = ProgrammeRole.Kind
SHOWN = 15
FEWEST_LETTERS = 2


@dataclass(frozen=True)
class Found:
    """What was found, the first of each; `more` names the parts that hold more than is shown."""

    people: list[User] = field(default_factory=list)
    organisations: list[Organisation] = field(default_factory=list)
    sessions: list[Attendance] = field(default_factory=list)
    more: frozenset[str] = frozenset()

    @property
    def is_empty(self) -> bool:
        """Whether nothing was found."""
        return not (self.people or self.organisations or self.sessions)


def long_enough(typed: str) -> bool:
    """Whether enough was typed to look for."""
    return len(fold_for_search(typed)) >= FEWEST_LETTERS


def found_under(hat: Hat, reader: User, typed: str) -> Found:
    """What the hat lets `reader` find. Three queries."""
    if not long_enough(typed):
        return Found()
    people = list(_people(hat, reader, typed)[: SHOWN + 1])
    organisations = list(_organisations(hat, typed)[: SHOWN + 1])
    sessions = list(_seats(hat, reader, typed)[: SHOWN + 1])
    numbers = {"people": len(people), "organisations": len(organisations), "sessions": len(sessions)}
    return Found(
        people=people[:SHOWN],
        organisations=organisations[:SHOWN],
        sessions=sessions[:SHOWN],
        more=frozenset(name for name, number in numbers.items() if number > SHOWN),
    )


def _people(hat: Hat, reader: User, typed: str) -> QuerySet[User]:
    """A coordinator finds everybody of the branch, others those with whom they are placed; observers nobody."""
    named = words_in(typed, "search_name")
    if hat.role.kind == Kind.COORDINATOR:
        if "@" in typed:
            named |= Q(email__startswith=typed.lower())
        found = people_in_branch(hat.paths, hat.programme)
    elif hat.role.kind == Kind.OBSERVER:
        return User.objects.none()
    else:
        live = Placement.objects.in_force(timezone.localdate()).filter(programme=hat.programme)
        mine = Q(pk__in=live.filter(coach=reader).values("supervisee_id"))
        found = User.objects.known().filter(mine | Q(pk__in=live.filter(supervisee=reader).values("coach_id")))
    return found.filter(named).order_by("sort_name", "pk")


def _organisations(hat: Hat, typed: str) -> QuerySet[Organisation]:
    """Whoever answers for a branch, or observes it, finds its organisations."""
    if hat.role.kind not in (Kind.COORDINATOR, Kind.OBSERVER):
        return Organisation.objects.none()
    return Organisation.objects.filter(under(hat.paths, "path"), words_in(typed, "search_name"))


def _seats(hat: Hat, reader: User, typed: str) -> QuerySet[Attendance]:
    """That a session was planned or held with somebody of that name: for a coordinator by the organisation of that
    day, for others in their own sessions."""
    seats = Attendance.objects.filter(words_in(typed, "person__search_name"), session__programme=hat.programme)
    if hat.role.kind == Kind.COORDINATOR:
        seats = seats.filter(under(hat.paths))
    elif hat.role.kind == Kind.OBSERVER:
        return Attendance.objects.none()
    else:
        own = Attendance.objects.filter(person=reader).values("session_id")
        seats = seats.filter(session__in=own).exclude(person=reader)
    return seats.filter(turn=1).select_related("session", "person").order_by("-session__starts_at", "pk")
