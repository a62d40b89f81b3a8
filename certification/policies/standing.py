"""Who may decide about whom: who holds the roles, and who has supervised the candidate. Read for many at once."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from certification.models import Candidacy, Step
from certification.progress import Sat, months_before
from coaches.models import Placement
from programmes.models import Membership, ProgrammeRole
from supervision.models import Attendance, SupervisionSession

INDEPENDENT_MONTHS = 12
Kind = ProgrammeRole.Kind
_LEADS = (Attendance.Seat.LEAD, Attendance.Seat.CO_LEAD)


@dataclass(frozen=True)
class Holder:
    """Somebody who holds a role and is not in training for it, with where."""

    person: User
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

    def role_of(self, step: Step, candidacy: Candidacy) -> ProgrammeRole | None:
        """The role that decides the step; for a decision outside, the one that records it."""
        return self.role(candidacy, step.approver_role.key if step.approver_role else "")

    def role(self, candidacy: Candidacy, key: str) -> ProgrammeRole | None:
        """A role of the candidacy's programme; an empty key is the role that records outside decisions."""
        return self.roles.get((candidacy.track.programme_id, key or candidacy.track_version.recorded_by))

    def may(self, candidacy: Candidacy, role: ProgrammeRole | None) -> list[User]:
        """Who holds the role and has the candidate in their world, the candidate left out. Sorted by name.

        Coordinators and observers: in their branch. Peer coaches: the candidate's own, else any of the role. Mentors:
        in the whole programme, since an independent one never supervised the candidate.
        """
        if role is None:
            return []
        holders = self.holders.get((role.programme_id, role.key), [])
        found = [
            one for one in holders if one.person.pk != candidacy.person_id and self._in_world(one, role, candidacy)
        ]
        if role.kind == Kind.PEER_COACH:
            own = self.coaches.get((candidacy.person_id or 0, role.programme_id), set())
            found = [one for one in found if one.person.pk in own] or found
        return sorted((one.person for one in found), key=lambda person: (person.sort_name, person.pk))

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

    def deciders(self, candidacy: Candidacy, step: Step) -> list[User]:
        """Who may decide the step today."""
        found = self.may(candidacy, self.role_of(step, candidacy))
        return [one for one in found if not step.independent or self.is_independent(one.pk, candidacy)]

    def _in_world(self, holder: Holder, role: ProgrammeRole, candidacy: Candidacy) -> bool:
        if role.kind not in (Kind.COORDINATOR, Kind.OBSERVER):
            return True
        return any(path.startswith(own) for path in self.paths_of(candidacy) for own in holder.paths)

    def paths_of(self, candidacy: Candidacy) -> set[str]:
        """Where the candidate belongs: open memberships in the programme, or the organisation itself."""
        if candidacy.organisation:
            return {candidacy.organisation.path}
        return self.paths.get((candidacy.person_id or 0, candidacy.track.programme_id), set())


def standing_for(candidacies: Collection[Candidacy], steps: Iterable[Step], viewer: User | None = None) -> Standing:
    """Everything needed to say who may decide about these candidates. Four queries at most.

    With a `viewer` only that person, and the candidates' own coaches, are looked at as deciders: enough to say what
    waits for the viewer.
    """
    standing = Standing(day=timezone.localdate())
    people = {candidacy.person_id for candidacy in candidacies if candidacy.person_id}
    _read_roles(standing, candidacies, steps)
    if people:
        _read_placements(standing, people)
        _read_sessions(standing, people)
    _read_memberships(standing, people, viewer)
    return standing


def _read_roles(standing: Standing, candidacies: Iterable[Candidacy], steps: Iterable[Step]) -> None:
    """The roles that decide; most come with the steps."""
    for step in steps:
        if step.approver_role:
            standing.roles[(step.approver_role.programme_id, step.approver_role.key)] = step.approver_role
    named = {
        (candidacy.track.programme_id, key)
        for candidacy in candidacies
        for key in (candidacy.track_version.recorded_by or candidacy.track_version.decided_by,)
    }
    if unknown := named - standing.roles.keys():
        condition = Q(pk__in=[])
        for programme_id, key in unknown:
            condition |= Q(programme=programme_id, key=key)
        found = ProgrammeRole.objects.filter(condition)
        standing.roles.update({(role.programme_id, role.key): role for role in found})


def _read_memberships(standing: Standing, people: set[int], viewer: User | None) -> None:
    """Who holds the roles, and where the candidates belong: one query for both."""
    roles = {role.pk: role for role in standing.roles.values() if not role.in_training}
    programmes = {role.programme_id for role in standing.roles.values()}
    deciding = Q(role__in=roles, in_training=False)
    wanted = {viewer.pk, *(coach for own in standing.coaches.values() for coach in own)} if viewer else None
    if wanted is not None:
        deciding &= Q(person__in=wanted)
    open_ones = Membership.objects.open().filter(deciding | Q(person__in=people, role__programme__in=programmes))
    found: dict[tuple[int, str], dict[User, list[str]]] = defaultdict(lambda: defaultdict(list))
    for held in open_ones.select_related("person", "role", "organisation"):
        if held.person_id in people:
            key = (held.person_id, held.role.programme_id)
            standing.paths.setdefault(key, set()).add(held.organisation.path)
        if held.role_id in roles and _decides(held, standing.day) and (wanted is None or held.person_id in wanted):
            found[(held.role.programme_id, held.role.key)][held.person].append(held.organisation.path)
    standing.holders = {
        key: [Holder(person, tuple(paths)) for person, paths in held.items()] for key, held in found.items()
    }


def _decides(held: Membership, day: dt.date) -> bool:
    """Active on the day (as `MembershipQuerySet.active` says of open ones), and not in training."""
    ended = held.planned_end_on is not None and held.planned_end_on <= day
    return not held.in_training and held.started_on <= day and not ended


def _read_placements(standing: Standing, people: set[int]) -> None:
    """Coaches in force, everybody placed with the candidate in the last months, and who supervises the coaches."""
    since = months_before(standing.day, INDEPENDENT_MONTHS)
    lately = Q(state=Placement.State.OPEN) | Q(state=Placement.State.ENDED, ended_on__gte=since)
    rows = Placement.objects.filter(lately, Q(supervisee__in=people) | Q(coach__in=people)).values_list(
        "coach_id",
        "supervisee_id",
        "programme_id",
        "state",
        "coach__placements_as_supervisee__coach_id",
        "coach__placements_as_supervisee__state",
    )
    for coach, supervisee, programme_id, state, above, above_state in rows:
        if state == Placement.State.OPEN:
            standing.coaches.setdefault((supervisee, programme_id), set()).add(coach)
        if above_state == Placement.State.OPEN:
            standing.mentors_of.setdefault(coach, set()).add(above)
        for one, other in ((coach, supervisee), (supervisee, coach)):
            if one in people:
                standing.supervised_by.setdefault(one, set()).add(other)


def _read_sessions(standing: Standing, people: set[int]) -> None:
    """The seats that candidates took; who led them lately, or was led by them. One query for both."""
    since = months_before(standing.day, INDEPENDENT_MONTHS)
    started = timezone.make_aware(dt.datetime.combine(since, dt.time.min))
    held = (SupervisionSession.State.HELD, SupervisionSession.State.FINISHED)
    there = Attendance.objects.exclude(present=False).filter(session__state__in=held)
    own = there.filter(person__in=people, session__starts_at__gte=started).values("session_id")
    rows = there.filter(Q(person__in=people) | Q(session__in=own)).values_list(
        "session_id", "person_id", "seat", "present", "session__rule_id", "session__state", "session__starts_at"
    )
    sessions: dict[int, list[tuple[int, bool]]] = defaultdict(list)
    for session_id, person_id, seat, present, rule_id, state, starts_at in rows:
        if person_id in people and present and state == SupervisionSession.State.FINISHED:
            seat_taken = Sat(rule_id, seat, session_id, timezone.localdate(starts_at))
            standing.seats.setdefault(person_id, []).append(seat_taken)
        if starts_at >= started:
            sessions[session_id].append((person_id, seat in _LEADS))
    for session in sessions.values():
        for person_id, leads in session:
            if person_id in people:
                others = {other for other, other_leads in session if other != person_id and (leads or other_leads)}
                standing.supervised_by.setdefault(person_id, set()).update(others)
