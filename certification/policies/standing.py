"""Who may decide about whom: who holds the roles, and who has supervised the candidate. Read for many at once."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.models import User
from certification.counting import Sat, months_before
from certification.models import Candidacy, Step
from coaches.models import Placement
from programmes.models import Membership, ProgrammeRole
from supervision.models import Attendance, SupervisionSession

INDEPENDENT_MONTHS = 12
Kind = ProgrammeRole.Kind
_LEADS = (Attendance.Seat.LEAD, Attendance.Seat.CO_LEAD)


@dataclass(frozen=True, order=True)
class Decider:
    """Somebody who may decide, in the order of names. No more of a person is read: a role may have a thousand."""

    sort_name: str
    pk: int
    name: str


@dataclass(frozen=True)
class Holder:
    """Somebody who holds a role and is not in training for it, with where."""

    person: Decider
    paths: tuple[str, ...]


@dataclass
class Standing:
    """Facts about candidates and deciders; the questions are methods, no query in any of them."""

    day: dt.date
    holders: dict[tuple[int, str], list[Holder]] = field(default_factory=dict)
    roles: dict[tuple[int, str], ProgrammeRole] = field(default_factory=dict)
    paths: dict[tuple[int, int], set[str]] = field(default_factory=dict)
    coaches: dict[tuple[int, int], set[int]] = field(default_factory=dict)
    supervised_by: dict[int, set[int]] = field(default_factory=dict)
    mentors_of: dict[int, set[int]] = field(default_factory=dict)
    seats: dict[int, list[Sat]] = field(default_factory=dict)
    _asked: dict[tuple[int, int], list[Decider]] = field(default_factory=dict)

    def role_of(self, step: Step, candidacy: Candidacy) -> ProgrammeRole | None:
        """The role that decides the step; for a decision outside, the one that records it."""
        return self.role(candidacy, step.approver_role.key if step.approver_role else "")

    def role(self, candidacy: Candidacy, key: str) -> ProgrammeRole | None:
        """A role of the candidacy's programme; an empty key is the role that records outside decisions."""
        return self.roles.get((candidacy.track.programme_id, key or candidacy.track_version.recorded_by))

    def may(self, candidacy: Candidacy, role: ProgrammeRole | None) -> list[Decider]:
        """Who holds the role and has the candidate in their world, the candidate left out. Sorted by name.

        Coordinators and observers: in their branch. Peer coaches: the candidate's own, else any of the role. Mentors:
        in the whole programme, since an independent one never supervised the candidate.
        """
        if role is None:
            return []
        # Every rung of a ladder asks, several times, about the same few roles.
        key = (candidacy.pk, role.pk)
        if key not in self._asked:
            self._asked[key] = self._who_may(candidacy, role)
        return self._asked[key]

    def _who_may(self, candidacy: Candidacy, role: ProgrammeRole) -> list[Decider]:
        holders = self.holders.get((role.programme_id, role.key), [])
        found = [
            one for one in holders if one.person.pk != candidacy.person_id and self._in_world(one, role, candidacy)
        ]
        if role.kind == Kind.PEER_COACH:
            own = self.coaches.get((candidacy.person_id or 0, role.programme_id), set())
            found = [one for one in found if one.person.pk in own] or found
        return sorted(one.person for one in found)

    def is_independent(self, person_id: int, candidacy: Candidacy) -> bool:
        """No session led with, nor placement with, the candidate in the last twelve months."""
        return person_id not in self.supervised_by.get(candidacy.person_id or 0, set())

    def leads_independently(self, leader_id: int | None, candidacy: Candidacy) -> bool:
        """For a consultation day: independent, and not the mentor of the candidate's coach either."""
        if leader_id is None or not candidacy.person_id:
            return True
        own = self.coaches.get((candidacy.person_id, candidacy.track.programme_id), set())
        mentors = {mentor for coach in own for mentor in self.mentors_of.get(coach, set())}
        return self.is_independent(leader_id, candidacy) and leader_id not in mentors and leader_id not in own

    def deciders(self, candidacy: Candidacy, step: Step) -> list[Decider]:
        """Who may decide the step today."""
        found = self.may(candidacy, self.role_of(step, candidacy))
        if not step.independent:
            return found
        supervised_by = self.supervised_by.get(candidacy.person_id or 0, set())
        return [one for one in found if one.pk not in supervised_by]

    def decides(self, person_id: int, candidacy: Candidacy, step: Step) -> bool:
        """Whether the person may decide the step today."""
        return any(one.pk == person_id for one in self.deciders(candidacy, step))

    def _in_world(self, holder: Holder, role: ProgrammeRole, candidacy: Candidacy) -> bool:
        if role.kind not in (Kind.COORDINATOR, Kind.OBSERVER):
            return True
        return any(path.startswith(own) for path in self.paths_of(candidacy) for own in holder.paths)

    def paths_of(self, candidacy: Candidacy) -> set[str]:
        """Where the candidate belongs: open memberships in the programme, or the organisation itself."""
        if candidacy.organisation:
            return {candidacy.organisation.path}
        return self.paths.get((candidacy.person_id or 0, candidacy.track.programme_id), set())


def standing_reads(candidacies: Collection[Candidacy], viewer: User | None = None) -> dict[str, QuerySet[Any, Any]]:
    """What `standing_from` wants, by the names of its arguments.

    With a `viewer` only that person, and the candidates' own coaches, are looked at as deciders: enough to say what
    waits for the viewer.
    """
    people = {candidacy.person_id for candidacy in candidacies if candidacy.person_id}
    roles = _deciding_roles(candidacies)
    programmes = {candidacy.track.programme_id for candidacy in candidacies}
    held = Membership.objects.active(timezone.localdate()).order_by("pk")
    holders = held.filter(role__in=roles.filter(in_training=False).values("pk"), in_training=False)
    if viewer is not None:
        coaches = Placement.objects.open().filter(supervisee__in=people, covers__isnull=True).values("coach")
        holders = holders.filter(Q(person=viewer) | Q(person__in=coaches))
    belongs = Membership.objects.open().filter(person__in=people, role__programme__in=programmes)
    return {
        "roles": roles,
        "holders": holders.values_list(*_HOLDER),
        "belongs": belongs.values_list("person_id", "role__programme_id", "organisation__path"),
        "placed": _placements(people),
        **_sessions(people),
    }


def standing_from(
    candidacies: Collection[Candidacy],
    *,
    roles: Iterable[ProgrammeRole],
    holders: Iterable[tuple[Any, ...]],
    belongs: Iterable[tuple[Any, ...]],
    placed: Iterable[tuple[Any, ...]],
    own_seats: Iterable[tuple[Any, ...]],
    other_seats: Iterable[tuple[Any, ...]],
) -> Standing:
    """Everything needed to say who may decide about these candidates, from the rows of `standing_reads`."""
    standing = Standing(day=timezone.localdate(), roles={(role.programme_id, role.key): role for role in roles})
    people = {candidacy.person_id for candidacy in candidacies if candidacy.person_id}
    for person_id, programme_id, path in belongs:
        standing.paths.setdefault((person_id, programme_id), set()).add(path)
    standing.holders = _holders(holders)
    _take_placements(standing, people, placed)
    _take_sessions(standing, people, [*own_seats, *other_seats])
    return standing


def _deciding_roles(candidacies: Iterable[Candidacy]) -> QuerySet[ProgrammeRole]:
    """The roles that the steps name, and those that decide the certificate or record a decision outside."""
    versions = {candidacy.track_version_id for candidacy in candidacies}
    condition = Q(
        pk__in=Step.objects.filter(version__in=versions, approver_role__isnull=False).values("approver_role")
    )
    named = {
        (candidacy.track.programme_id, candidacy.track_version.recorded_by or candidacy.track_version.decided_by)
        for candidacy in candidacies
    }
    for programme_id, key in sorted(named):
        condition |= Q(programme=programme_id, key=key)
    return ProgrammeRole.objects.filter(condition).order_by("pk")


_HOLDER = ("person__sort_name", "person_id", "person__name", "role__programme_id", "role__key", "organisation__path")


def _holders(rows: Iterable[tuple[Any, ...]]) -> dict[tuple[int, str], list[Holder]]:
    found: dict[tuple[int, str], dict[Decider, list[str]]] = defaultdict(lambda: defaultdict(list))
    for sort_name, pk, name, programme_id, key, path in rows:
        found[(programme_id, key)][Decider(sort_name, pk, name)].append(path)
    return {key: [Holder(person, tuple(paths)) for person, paths in held.items()] for key, held in found.items()}


def _placements(people: set[int]) -> QuerySet[Placement, tuple[Any, ...]]:
    """Placements in force of candidates and those of the last months, with who supervises the coach."""
    since = months_before(timezone.localdate(), INDEPENDENT_MONTHS)
    lately = Q(state=Placement.State.OPEN) | Q(state=Placement.State.ENDED, ended_on__gte=since)
    return Placement.objects.filter(lately, Q(supervisee__in=people) | Q(coach__in=people)).values_list(
        "coach_id",
        "supervisee_id",
        "programme_id",
        "state",
        "covers_id",
        "coach__placements_as_supervisee__coach_id",
        "coach__placements_as_supervisee__state",
    )


def _take_placements(standing: Standing, people: set[int], rows: Iterable[tuple[Any, ...]]) -> None:
    for coach, supervisee, programme_id, state, covers, above, above_state in rows:
        # A stand-in sees the next step and decides none (rights.md), but counts as somebody placed with the candidate.
        if state == Placement.State.OPEN and covers is None:
            standing.coaches.setdefault((supervisee, programme_id), set()).add(coach)
        if above_state == Placement.State.OPEN:
            standing.mentors_of.setdefault(coach, set()).add(above)
        for one, other in ((coach, supervisee), (supervisee, coach)):
            if one in people:
                standing.supervised_by.setdefault(one, set()).add(other)


def _sessions(people: set[int]) -> dict[str, QuerySet[Attendance, tuple[Any, ...]]]:
    """The seats that candidates took, and those of others in their sessions of the last months.

    Two reads, each by its index: as one condition with "or" it reads every seat there is.
    """
    held = (SupervisionSession.State.HELD, SupervisionSession.State.FINISHED)
    there = Attendance.objects.exclude(present=False).filter(session__state__in=held)
    lately = there.filter(person__in=people, session__starts_at__gte=_since(timezone.localdate()))
    others = there.filter(session__in=lately.values("session_id")).exclude(person__in=people)
    columns = (
        "session_id",
        "person_id",
        "seat",
        "present",
        "session__rule_id",
        "session__state",
        "session__starts_at",
    )
    return {
        "own_seats": there.filter(person__in=people).values_list(*columns),
        "other_seats": others.values_list(*columns),
    }


def _since(day: dt.date) -> dt.datetime:
    """Where the months begin in which a session makes somebody less than independent."""
    return timezone.make_aware(dt.datetime.combine(months_before(day, INDEPENDENT_MONTHS), dt.time.min))


def _take_sessions(standing: Standing, people: set[int], rows: Iterable[tuple[Any, ...]]) -> None:
    """The seats of candidates; who led them lately, or was led by them."""
    since = _since(standing.day)
    sessions: dict[int, list[tuple[int, bool]]] = defaultdict(list)
    for session_id, person_id, seat, present, rule_id, state, starts_at in rows:
        if person_id in people and present and state == SupervisionSession.State.FINISHED:
            seat_taken = Sat(rule_id, seat, session_id, timezone.localdate(starts_at))
            standing.seats.setdefault(person_id, []).append(seat_taken)
        if starts_at >= since:
            sessions[session_id].append((person_id, seat in _LEADS))
    for session in sessions.values():
        for person_id, leads in session:
            if person_id in people:
                others = {other for other, other_leads in session if other != person_id and (leads or other_leads)}
                standing.supervised_by.setdefault(person_id, set()).update(others)
