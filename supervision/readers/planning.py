"""Under which rules somebody may plan, and who can be in such a session."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Count, Max, Q, QuerySet
from django.utils import timezone

from accounts.models import User
from coaches.models import EarlierSession, Placement
from programmes.models import Membership, SupervisionRuleVersion
from supervision.models import AgendaNote, Attendance, SupervisionSession
from supervision.policies import leading_roles

Format = SupervisionRuleVersion.Format
#: How long after its end a placement still lets a session be recorded afterwards.
LATE_DAYS = 60


@dataclass(frozen=True)
class Candidate:
    """Somebody who can be supervised, co-lead or observe, and what speaks for them."""

    person: User
    organisation: str = ""
    last_on: dt.date | None = None
    preselected: bool = False


@dataclass(frozen=True)
class Company:
    """Everybody who can be in a session of a rule that one person plans."""

    supervisees: list[Candidate] = field(default_factory=list)
    co_leads: list[Candidate] = field(default_factory=list)
    observers: list[Candidate] = field(default_factory=list)
    # Where people take turns at leading: who can, the one whose turn it is first.
    leads: list[Candidate] = field(default_factory=list)


def rules_to_plan(user: User) -> list[SupervisionRuleVersion]:
    """The rules, in their versions of now, under which `user` may plan; by programme and order. Five queries."""
    held = set(Membership.objects.active(timezone.localdate()).filter(person=user).values_list("role_id", flat=True))
    if not held:
        return []
    versions = (
        SupervisionRuleVersion.objects.filter(is_current=True, rule__programme__roles__in=held)
        .distinct()
        .select_related("rule__programme__network", "supervisor_role")
        .prefetch_related("supervisee_roles", "observer_roles", "co_lead_roles")
        .order_by("rule__programme_id", "rule__order")
    )
    return [version for version in versions if leading_roles(version) & held]


def placements_on(version: SupervisionRuleVersion, lead: User, day: dt.date) -> QuerySet[Placement]:
    """The placements that a session of the rule on `day` rests on: in force that day, also if ended since."""
    rule_id = version.placement_rule_id or version.rule_id
    who = Q(coach=lead) | Q(supervisee=lead) if version.reciprocal else Q(coach=lead)
    in_force = Placement.objects.in_force(day).values("pk")
    ended = Q(state=Placement.State.ENDED, started_on__lte=day, ended_on__gt=day)
    return Placement.objects.filter(who, Q(pk__in=in_force) | ended, rule_id=rule_id)


def company(version: SupervisionRuleVersion, user: User, *, afterwards: bool = False) -> Company:
    """Who can be in a session of the rule that `user` plans. At most six queries."""
    if version.rests_on == SupervisionRuleVersion.RestsOn.NONE:
        supervisees = _colleagues(version, user, [role.pk for role in version.supervisee_roles.all()])
    else:
        supervisees = _placed(version, user, afterwards)
    observers = _holders(version, [role.pk for role in version.observer_roles.all()], user)
    if version.format == Format.TRIAD:
        observers = _triad_observers(version, user, observers)
    return Company(
        supervisees=supervisees,
        co_leads=_holders(version, [role.pk for role in version.co_lead_roles.all()], user),
        observers=observers,
        leads=_whose_turn(version, user, supervisees),
    )


def _placed(version: SupervisionRuleVersion, user: User, afterwards: bool) -> list[Candidate]:
    """Whoever has a place with `user` (a pair: either way round), all preselected as far as the rule has room."""
    rule_id = version.placement_rule_id or version.rule_id
    who = Q(coach=user) | Q(supervisee=user) if version.reciprocal else Q(coach=user)
    state = Q(state=Placement.State.OPEN)
    if afterwards:
        since = timezone.localdate() - dt.timedelta(days=LATE_DAYS)
        state |= Q(state=Placement.State.ENDED, ended_on__gte=since)
    rows = (
        Placement.objects.filter(who, state, rule_id=rule_id)
        .select_related("coach", "supervisee")
        .order_by("state", "place", "supervisee__sort_name", "pk")
    )
    found: dict[int, Candidate] = {}
    for row in rows:
        other = row.supervisee if row.coach_id == user.pk else row.coach
        is_open = row.state == Placement.State.OPEN
        room = len([one for one in found.values() if one.preselected]) < version.max_supervisees
        found.setdefault(other.pk, Candidate(other, preselected=is_open and room))
    return list(found.values())


def _members(version: SupervisionRuleVersion, roles: Iterable[int], user: User) -> QuerySet[Membership]:
    return (
        Membership.objects.active(timezone.localdate())
        .filter(role_id__in=list(roles), person__erased_at__isnull=True)
        .exclude(person=user)
        .select_related("person", "organisation")
        .order_by("person__sort_name", "person_id", "pk")
    )


def _own_organisations(version: SupervisionRuleVersion, user: User) -> list[int]:
    return list(
        Membership.objects.active(timezone.localdate())
        .filter(person=user, role__programme=version.rule.programme)
        .values_list("organisation_id", flat=True)
    )


def _colleagues(version: SupervisionRuleVersion, user: User, roles: list[int]) -> list[Candidate]:
    """Colleagues of the same unit, whoever has waited longest first; the first one is preselected."""
    if version.rotates_roles:
        roles = list({*roles, *leading_roles(version)})
    members = _members(version, roles, user)
    if version.source.get("same_organisation") in ("yes", True):
        members = members.filter(organisation_id__in=_own_organisations(version, user))
    people = {member.person_id: member for member in members}
    last = _last_supervised(version, list(people))
    waiting = sorted(people.values(), key=lambda row: (last.get(row.person_id) or dt.date.min, row.person.sort_name))
    one = version.max_supervisees == 1
    return [
        Candidate(row.person, row.organisation.name, last.get(row.person_id), preselected=one and place == 0)
        for place, row in enumerate(waiting)
    ]


def _last_supervised(version: SupervisionRuleVersion, people: list[int]) -> dict[int, dt.date]:
    """The day each was last supervised under the rule, or in the programme before this service was used."""
    rows = (
        Attendance.objects.filter(
            person_id__in=people,
            seat=Attendance.Seat.SUPERVISEE,
            present=True,
            session__rule_id=version.rule_id,
            session__state=SupervisionSession.State.FINISHED,
        )
        .values("person_id")
        .annotate(last=Max("session__starts_at"))
        .values_list("person_id", "last")
    )
    before = EarlierSession.objects.filter(person_id__in=people, programme=version.rule.programme_id)
    last = dict(before.order_by().values_list("person_id").annotate(last=Max("held_at")))
    return {person_id: timezone.localdate(held_at) for person_id, held_at in (last | dict(rows)).items()}


def _holders(version: SupervisionRuleVersion, roles: list[int], user: User) -> list[Candidate]:
    if not roles:
        return []
    people = {member.person_id: member for member in _members(version, roles, user)}
    return [Candidate(row.person, row.organisation.name) for row in people.values()]


def _triad_observers(version: SupervisionRuleVersion, user: User, holders: list[Candidate]) -> list[Candidate]:
    """Where three switch roles, the third can be any colleague of the rule, beside those whose role is to observe."""
    colleagues = _colleagues(version, user, list(leading_roles(version)))
    known = {one.person.pk for one in holders}
    return holders + [Candidate(one.person, one.organisation) for one in colleagues if one.person.pk not in known]


def _whose_turn(version: SupervisionRuleVersion, user: User, others: list[Candidate]) -> list[Candidate]:
    """Who can lead, the one who has led least and longest ago first; only where people take turns at it."""
    if not (version.reciprocal or version.rotates_roles):
        return []
    people = [user, *(one.person for one in others)]
    if version.format == Format.GROUP:
        may = set(_members(version, [version.supervisor_role_id], user).values_list("person_id", flat=True))
        if Membership.objects.active(timezone.localdate()).filter(person=user, role=version.supervisor_role).exists():
            may.add(user.pk)
        people = [person for person in people if person.pk in may]
    rows = (
        Attendance.objects.filter(
            person__in=people,
            seat=Attendance.Seat.LEAD,
            session__rule_id=version.rule_id,
            session__state=SupervisionSession.State.FINISHED,
        )
        .values("person_id")
        .annotate(times=Count("session", distinct=True), last=Max("session__starts_at"))
        .values_list("person_id", "times", "last")
    )
    led = {person_id: (times, last) for person_id, times, last in rows}
    never = (0, dt.datetime.min.replace(tzinfo=dt.UTC))
    agreed = _agreed_next(version, user)
    in_turn = sorted(people, key=lambda one: (one.pk != agreed, *led.get(one.pk, never), one.pk != user.pk))
    return [Candidate(person) for person in in_turn]


def _agreed_next(version: SupervisionRuleVersion, user: User) -> int | None:
    """Whom the last session of `user` under the rule named as coach next time."""
    return (
        AgendaNote.objects.filter(
            field="next_coach",
            session__rule_id=version.rule_id,
            session__state=SupervisionSession.State.FINISHED,
            session__attendances__person=user,
        )
        .order_by("-session__starts_at", "turn")
        .values_list("value", flat=True)
        .first()
    )
