"""Everything that a sheet is checked against, in a number of queries that does not grow with the rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

from django.db.models import Q
from django.utils.timezone import localdate

from accounts.models import User
from certification.models import Certificate, StepRecord, TrackVersion
from certification.readers.variants import variants_by_programme
from coaches.models import CoachProfile, EarlierSession, Placement
from common.text import fold_for_search, normalise_email
from onboarding.sheet import PeopleSheet
from onboarding.world import KnownOrganisation, KnownPerson, KnownProgramme, KnownRole, KnownRule, World
from programmes.models import (
    Membership,
    MembershipRequest,
    Organisation,
    Programme,
    ProgrammeRole,
    SupervisionRuleVersion,
)
from programmes.policies import branch_paths

T = TypeVar("T")

# As many values as one query takes on both databases.
AT_ONCE = 900


def load_world(home: Organisation, by: User, sheet: PeopleSheet) -> World:
    """What is known in the network of `home`, the organisation under which the importer makes new ones."""
    network = Organisation.objects.get(path=home.network_path)
    programmes = list(Programme.objects.filter(network=network).order_by("pk"))
    world = World(
        home_path=home.path,
        home_name=home.name,
        programmes={one.pk: _programme(one, by) for one in programmes},
        roles={
            role.pk: KnownRole(role.pk, role.programme_id, role.key, role.kind, role.names, role.in_training)
            for role in ProgrammeRole.objects.filter(programme__network=network)
        },
        rules=_rules(network),
        organisations={
            one.pk: KnownOrganisation(one.pk, one.name, one.name_key, one.path)
            for one in Organisation.objects.branch(network).order_by("path")
        },
        people=_members(network),
        by_email={},
    )
    _addresses(world, network, sheet)
    _places(world, network)
    _history(world, programmes)
    world.requests = set(
        MembershipRequest.objects.filter(
            organisation__path__startswith=network.path, state=MembershipRequest.State.WAITING
        ).values_list("person_id", "role_id", "organisation_id")
    )
    return world


def _programme(programme: Programme, by: User) -> KnownProgramme:
    branches = ("",) if by.is_system else tuple(branch_paths(by, programme))
    return KnownProgramme(
        programme.pk, programme.key, programme.names, programme.short_names, programme.language, branches
    )


def _rules(network: Organisation) -> list[KnownRule]:
    versions = (
        SupervisionRuleVersion.objects.filter(
            rule__programme__network=network, is_current=True, rests_on=SupervisionRuleVersion.RestsOn.OWN
        )
        .select_related("rule", "supervisor_role")
        .prefetch_related("supervisee_roles")
        .order_by("rule__programme_id", "rule__order")
    )
    return [
        KnownRule(
            id=version.rule_id,
            programme_id=version.rule.programme_id,
            key=version.rule.key,
            names=version.names,
            supervisor_role_id=version.supervisor_role_id,
            supervisee_role_ids=frozenset(role.pk for role in version.supervisee_roles.all()),
            caseload=version.caseload_max or 0,
            has_places=version.supervisor_role.kind == ProgrammeRole.Kind.PEER_COACH,
            together=_together(version),
            one_organisation=version.source.get("same_organisation") == "yes",
        )
        for version in versions
    ]


def _together(version: SupervisionRuleVersion) -> int:
    if not version.reciprocal:
        return 0
    return 3 if version.format == SupervisionRuleVersion.Format.TRIAD else 2


def _members(network: Organisation) -> dict[int, KnownPerson]:
    """Everybody with an open role in the network."""
    people: dict[int, KnownPerson] = {}
    rows = Membership.objects.open().filter(
        organisation__path__startswith=network.path, person__erased_at__isnull=True, person__is_system=False
    )
    for pk, name, email, role, organisation in rows.order_by("person_id").values_list(
        "person_id", "person__name", "person__email", "role_id", "organisation_id"
    ):
        person = people.setdefault(pk, KnownPerson(pk, name, fold_for_search(name), email or ""))
        person.held.add((role, organisation))
    return people


def _addresses(world: World, network: Organisation, sheet: PeopleSheet) -> None:
    """People whose addresses the sheet names, wherever they are known, also outside the network."""
    emails = {
        normalise_email(word)
        for row in sheet.rows
        for name in ("email", "supervisor")
        for word in row.cells.get(name, "").replace("<", " ").replace(">", " ").split()
        if "@" in word
    }
    found: dict[int, User] = {}
    for chunk in in_chunks(sorted(emails)):
        found |= {person.pk: person for person in User.objects.known().filter(email__in=chunk)}
    ours: set[int | None] = set()
    others: set[int | None] = set()
    for ids in in_chunks(sorted(found)):
        rows = Membership.objects.filter(person__in=ids).values_list("person_id", "organisation__path")
        first = Organisation.objects.filter(first_coordinator__in=ids).values_list("first_coordinator_id", "path")
        for pk, path in [*rows, *first]:
            (ours if path.startswith(network.path) else others).add(pk)
    for pk, person in found.items():
        strange = person.is_staff or (pk in others and pk not in ours)
        known = KnownPerson(pk, person.name, person.search_name, person.email or "")
        known = world.people.setdefault(pk, known)
        known.strange = strange
        world.by_email[known.email] = pk


def _places(world: World, network: Organisation) -> None:
    ours = Q(programme__network=network)
    members = Membership.objects.open().filter(organisation__path__startswith=network.path).values("person_id")
    for placement in Placement.objects.live().filter(ours | Q(coach__in=members)).order_by("pk"):
        opened = placement.state == Placement.State.OPEN
        if opened and placement.covers_id is None:
            world.coaches[placement.supervisee_id, placement.rule_id] = placement.coach_id
            world.under_rule[placement.coach_id, placement.rule_id] += 1
        if opened and placement.place is not None:
            world.taken[placement.coach_id] += 1
    world.offered = dict(CoachProfile.objects.filter(person__in=members).values_list("person_id", "capacity"))


def _history(world: World, programmes: list[Programme]) -> None:
    """Certificates and trainings that are known, roles with a ladder, delivery models."""
    numbers = Certificate.objects.filter(programme__in=programmes, person__isnull=False)
    for programme, number, person in numbers.values_list("programme_id", "number", "person_id"):
        world.certificates[programme, number] = person or 0
    records = StepRecord.objects.filter(withdrawn_at__isnull=True, outcome="approved", step__kind="training")
    world.trained = {
        (person, programme)
        for person, programme in records.exclude(source="")
        .filter(candidacy__track__programme__in=programmes, candidacy__person__isnull=False)
        .values_list("candidacy__person_id", "candidacy__track__programme_id")
    }
    met = EarlierSession.objects.filter(programme__in=programmes).values_list("person_id", "programme_id", "held_at")
    world.met = {(person, programme, localdate(held_at).isoformat()) for person, programme, held_at in met}
    roles = {(role.programme_id, role.key): role.id for role in world.roles.values()}
    versions = TrackVersion.objects.filter(track__programme__in=programmes, is_current=True, candidate="person")
    for programme, for_role, awards in versions.values_list("track__programme_id", "for_role", "awards"):
        world.ladders |= {roles[programme, key] for key in (for_role, awards) if (programme, key) in roles}
    world.variants = variants_by_programme(programmes)


def in_chunks(values: Iterable[T]) -> Iterator[list[T]]:
    """The values in lists that one query takes."""
    iterator = iter(values)
    while chunk := list(islice(iterator, AT_ONCE)):
        yield chunk
