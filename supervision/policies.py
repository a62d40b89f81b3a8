"""Who may plan, change, record and read a session. Asks the rights table; a seat opens what the table says."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from coaches.models import Placement
from programmes.leaving import is_shut_to
from programmes.models import Membership, SupervisionRuleVersion
from programmes.policies import belongs, branch_paths
from programmes.relations import About, Reads, Rows, relations
from programmes.rights import Relation, Sight, Thing, may_see
from supervision.models import Attendance, SessionRecording, SupervisionSession

Seat = Attendance.Seat
State = SupervisionSession.State
LEADING = (Seat.LEAD, Seat.CO_LEAD)
SEAT_RELATIONS = frozenset({Relation.PRESENT, Relation.LED})


def seat_relations(rows: Iterable[Attendance], state: str) -> set[Relation]:
    """PRESENT and LED from one person's own seats.

    Before a session is held whoever is invited prepares it, and counts as present. Afterwards present means came:
    whoever stayed away has their own things only.
    """
    found: set[Relation] = set()
    for row in rows:
        came = row.present is True or (row.present is None and state in (State.PLANNED, State.HELD))
        if not came or state == State.CANCELLED:
            continue
        found.add(Relation.PRESENT)
        if row.seat in LEADING:
            found.add(Relation.LED)
    return found


def session_reads(viewer: User, about: About) -> Reads:
    """The viewer's seats in the session that is looked at, if any is."""
    if about.session_id is None:
        return {}
    return {"seats": Attendance.objects.filter(session_id=about.session_id, person=viewer).select_related("session")}


def session_relations(viewer: User, about: About, rows: Rows) -> set[Relation]:
    """PRESENT and LED in the session that is looked at."""
    seats = rows.get("seats")
    return seat_relations(seats, seats[0].session.state) if seats else set()


@dataclass(frozen=True)
class SessionSight:
    """What one person may see of one session."""

    relations: frozenset[Relation]
    is_seated: bool
    leads: bool
    # Had a seat, and has no role in the programme any more: reads what is their own, and does nothing.
    has_left: bool = False
    # Of whoever knows of the session as a coordinator alone: the branches whose people stand by name.
    paths: tuple[str, ...] | None = None

    @property
    def facts(self) -> bool:
        """That it was planned or held, who came, and its theme."""
        return self.is_seated or may_see(Thing.SESSION_FACT, self.relations - {Relation.OBSERVER})

    @property
    def words(self) -> bool:
        """Everybody's questions and the shared notes."""
        return may_see(Thing.SHARED_WORDS, self.relations, Sight.FULL)

    @property
    def contact(self) -> bool:
        """Where it is and the link to it: for those who are in it."""
        return self.is_seated and not self.has_left


def sight(
    viewer: User, session: SupervisionSession, attendances: Sequence[Attendance], *, is_here: bool | None = None
) -> SessionSight:
    """What `viewer` may see of the session. `is_here` says whether they have a role in its programme, where the caller
    knows; else one query for whoever has a seat. For all others a few for each person in it."""
    own = [row for row in attendances if row.person_id == viewer.pk]
    if is_here is None:
        is_here = not own or belongs(viewer, session.programme)
    if own and not is_here:
        if is_shut_to(viewer, session.programme):
            return SessionSight(frozenset(), False, False)
        return SessionSight(frozenset(), True, False, has_left=True)
    if own:
        leads = any(row.seat in LEADING for row in own)
        return SessionSight(frozenset(seat_relations(own, session.state)), True, leads)
    found: set[Relation] = set()
    paths = tuple(branch_paths(viewer, session.programme))
    if any(row.organisation and row.organisation.path.startswith(paths) for row in attendances if paths):
        return SessionSight(frozenset({Relation.COORDINATOR}), False, False, paths=paths)
    # Facts belong to the organisation of that day: a coordinator's right comes from there, not from where the people
    # are now; and an observer sees figures, no pages.
    elsewhere = {Relation.COORDINATOR, Relation.OBSERVER, Relation.SELF, Relation.DECIDES_STEP, Relation.EARLIER_COACH}
    for row in _whom_they_coach(viewer, session, attendances):
        if not found:
            known = relations(viewer, About(row.person, session.programme, session.pk)) - elsewhere
            if Relation.STAND_IN in known and not _is_last_or_next(session, row.person):
                known -= {Relation.STAND_IN}
            found |= known
    return SessionSight(frozenset(found), False, False)


def _whom_they_coach(viewer: User, session: SupervisionSession, attendances: Sequence[Attendance]) -> list[Attendance]:
    """Those in the session who have, or whose coach has, a place with `viewer`: only they can open it. Two queries."""
    live = Placement.objects.live().filter(programme=session.programme)
    mine = set(live.filter(coach=viewer).values_list("supervisee_id", flat=True))
    if not mine:
        return []
    people = {row.person_id for row in attendances}
    under = set(live.filter(coach__in=mine, supervisee__in=people).values_list("supervisee_id", flat=True))
    return [row for row in attendances if row.person_id in mine | under]


def _is_last_or_next(session: SupervisionSession, person: User) -> bool:
    """Whether it is the person's last finished session or the next planned one: what a stand-in sees."""
    own = SupervisionSession.objects.filter(attendances__person=person, programme=session.programme)
    last = own.filter(state=State.FINISHED).order_by("-starts_at", "-pk").values_list("pk", flat=True).first()
    coming = own.filter(state=State.PLANNED, starts_at__gte=timezone.now()).order_by("starts_at", "pk")
    return session.pk in (last, coming.values_list("pk", flat=True).first())


def may_change(viewer: User, attendances: Sequence[Attendance], session: SupervisionSession) -> bool:
    """Whether `viewer`, who belongs to the programme, may move, cancel or record it: whoever leads, and who planned it
    with a seat in it."""
    return any(
        row.person_id == viewer.pk and (row.seat in LEADING or session.planned_by_id == viewer.pk)
        for row in attendances
    )


def may_hold_consent(viewer: User, row: SessionRecording, attendances: Sequence[Attendance]) -> bool:
    """Whether `viewer` holds the statement of consent: the one whom the film shows, and who led the session."""
    own = [one for one in attendances if one.person_id == viewer.pk]
    return row.person_id == viewer.pk or Relation.LED in seat_relations(own, row.session.state)


def leading_roles(version: SupervisionRuleVersion) -> set[int]:
    """The roles whose holders may plan under the rule: who leads, and where roles are switched everybody in it."""
    found = {version.supervisor_role_id}
    if version.rotates_roles or version.reciprocal:
        found |= {role.pk for role in version.supervisee_roles.all()}
        found |= {role.pk for role in version.observer_roles.all()}
    return found


def plans_at_all(viewer: User) -> bool:
    """Whether there is any rule under which `viewer` may plan. One query."""
    held = Membership.objects.active(timezone.localdate()).filter(person=viewer).values("role_id")
    in_turns = Q(reciprocal=True) | Q(rotates_roles=True)
    roles = Q(supervisor_role__in=held) | in_turns & (Q(supervisee_roles__in=held) | Q(observer_roles__in=held))
    return SupervisionRuleVersion.objects.filter(roles, is_current=True).exists()


def may_plan(viewer: User, version: SupervisionRuleVersion) -> bool:
    """Whether `viewer` holds a role under which sessions of this rule are planned. One query beside the roles."""
    return (
        Membership.objects.active(timezone.localdate())
        .filter(person=viewer, role_id__in=leading_roles(version))
        .exists()
    )
