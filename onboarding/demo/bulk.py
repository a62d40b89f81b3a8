"""A large network for measuring: rows by the thousand, written past the acts and only into the demo.

What the acts would have checked holds all the same, since the constraints are the database's own. No notice, no trail
and no words are made: what is measured is lists, counts and look-ups.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterator

from django.contrib.auth.hashers import make_password
from django.db import connection
from django.utils import timezone

from accounts.models import User
from coaches.models import PLACES, Placement
from common.text import fold_for_search, fold_for_sort
from onboarding.demo.network import Made
from programmes.models import Membership, Organisation, ProgrammeRole, SupervisionRuleVersion
from supervision.actions.planning import agenda_of
from supervision.models import Attendance, SupervisionSession

BATCH = 2000
LEADERS = len(PLACES)
FIRST = ("Anne", "Bjørn", "Cecilie", "Dag", "Eli", "Frode", "Gro", "Håkon", "Ida", "Jon", "Kaia", "Leif", "Máret")
LAST = (
    "Aas",
    "Berg",
    "Dahl",
    "Eira",
    "Fjære",
    "Haugen",
    "Iversen",
    "Lie",
    "Moen",
    "Nguyễn",
    "Solberg",
    "Utsi",
    "Ødegård",
)


def add_people(made: Made, total: int) -> None:
    """Add groups of one coach and four leaders until the database knows `total` people (or the next full group)."""
    missing = total - User.objects.known().count()
    if missing <= 0:
        return
    units = list(Organisation.objects.branch(made.network).filter(children__isnull=True))
    groups = -(-missing // (LEADERS + 1))
    users = User.objects.bulk_create(_people(groups * (LEADERS + 1), made), batch_size=BATCH)
    leader, coach = made.role("dua", "group_leader"), made.role("dua", "peer_coach")
    memberships: list[Membership] = []
    placements: list[Placement] = []
    for number, first in enumerate(range(0, len(users), LEADERS + 1)):
        unit = units[number % len(units)]
        head, *others = users[first : first + LEADERS + 1]
        memberships += [_membership(made, head, coach, unit), _membership(made, head, leader, unit)]
        memberships += [_membership(made, one, leader, unit) for one in others]
        placements += [_placement(made, head, one, place) for one, place in zip(others, PLACES, strict=True)]
    Membership.objects.bulk_create(memberships, batch_size=BATCH)
    Placement.objects.bulk_create(placements, batch_size=BATCH)


def _people(count: int, made: Made) -> Iterator[User]:
    password = make_password(None)
    names = itertools.cycle(f"{first} {last}" for last in LAST for first in FIRST)
    for number, name in zip(range(count), names, strict=False):
        yield User(
            email=f"p{number}@many.solvik.example",
            name=name,
            sort_name=fold_for_sort(name),
            search_name=fold_for_search(name),
            password=password,
        )


def _membership(made: Made, person: User, role: ProgrammeRole, unit: Organisation) -> Membership:
    return Membership(
        person=person,
        role=role,
        organisation=unit,
        started_on=made.before(500),
        added_at=timezone.now(),
        added_by=made.coordinator,
    )


def _placement(made: Made, coach: User, supervisee: User, place: int) -> Placement:
    return Placement(
        coach=coach,
        supervisee=supervisee,
        programme=made.programmes["dua"],
        rule=made.rule("dua", "peer_coach_group"),
        supervisor_kind=ProgrammeRole.Kind.PEER_COACH,
        place=place,
        started_on=made.before(490),
        placed_at=timezone.now(),
        placed_by=made.coordinator,
    )


def add_sessions(made: Made, total: int) -> None:
    """Add finished sessions of coaches with their leaders, a week apart, until there are `total`."""
    missing = total - SupervisionSession.objects.count()
    rule = made.rule("dua", "peer_coach_group")
    version = SupervisionRuleVersion.objects.select_related("rule").get(rule=rule, is_current=True)
    tables: dict[int, list[int]] = {}
    for placement in Placement.objects.open().filter(rule=rule).order_by("coach_id", "place"):
        tables.setdefault(placement.coach_id, []).append(placement.supervisee_id)
    homes = dict(
        Membership.objects.open().filter(role__programme=rule.programme_id).values_list("person_id", "organisation_id")
    )
    agenda = agenda_of(version)
    turns = itertools.cycle(tables.items())
    noon = timezone.make_aware(dt.datetime.combine(made.today, dt.time(12)))
    for first in range(0, max(missing, 0), BATCH):
        rows = []
        for number in range(first, min(first + BATCH, missing)):
            at = noon - dt.timedelta(days=8 + 7 * (number // len(tables)), minutes=number % len(tables))
            rows.append(
                SupervisionSession(
                    programme_id=rule.programme_id,
                    rule=rule,
                    rule_version=version,
                    agenda=agenda,
                    state=SupervisionSession.State.FINISHED,
                    starts_at=at,
                    zone="Europe/Oslo",
                    minutes=version.minutes,
                    planned_at=at,
                    planned_by=made.coordinator,
                    finished_at=at,
                    finished_by=made.coordinator,
                )
            )
        sessions = SupervisionSession.objects.bulk_create(rows)
        Attendance.objects.bulk_create(_seats(sessions, turns, homes), batch_size=BATCH)


def take_stock() -> None:
    """Tell the database how its tables look now: planned with the figures of an empty one, a page took minutes."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _seats(
    sessions: list[SupervisionSession], turns: Iterator[tuple[int, list[int]]], homes: dict[int, int]
) -> Iterator[Attendance]:
    for session, (coach, supervisees) in zip(sessions, turns, strict=False):
        yield _seat(session, coach, Attendance.Seat.LEAD, homes)
        for person in supervisees:
            yield _seat(session, person, Attendance.Seat.SUPERVISEE, homes)


def _seat(session: SupervisionSession, person_id: int, seat: str, homes: dict[int, int]) -> Attendance:
    return Attendance(
        session=session, person_id=person_id, seat=seat, present=True, organisation_id=homes.get(person_id)
    )
