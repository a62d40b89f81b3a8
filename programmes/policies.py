"""Who belongs where: hats, branches, and who may do what with organisations and memberships."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.models import User
from programmes.models import Membership, Organisation, Programme, ProgrammeRole
from programmes.models.programme import ProgrammeRoleKind

Kind = ProgrammeRole.Kind


@dataclass(frozen=True)
class Hat:
    """One role of a person in one programme, with the organisations where it is held."""

    programme: Programme
    role: ProgrammeRole
    organisations: tuple[Organisation, ...]
    in_training: bool

    @property
    def key(self) -> str:
        """The value of `hat` in the URL."""
        return f"{self.programme.pk}-{self.role.key}"

    @property
    def paths(self) -> tuple[str, ...]:
        """The branches that the role covers, as organisation paths."""
        return tuple(organisation.path for organisation in self.organisations)


def hats_of(user: User) -> list[Hat]:
    """All hats of a person from active memberships, by programme and the pack's order of roles. One query."""
    memberships = (
        Membership.objects.active(timezone.localdate())
        .filter(person=user)
        .select_related("role__programme__network", "organisation")
        .order_by("role__programme_id", "role__order", "organisation__path")
    )
    found: dict[int, list[Membership]] = {}
    for membership in memberships:
        found.setdefault(membership.role_id, []).append(membership)
    return [
        Hat(
            programme=held[0].role.programme,
            role=held[0].role,
            organisations=tuple(membership.organisation for membership in held),
            in_training=all(membership.in_training for membership in held),
        )
        for held in found.values()
    ]


def holds(user: User, programme: Programme, *kinds: ProgrammeRoleKind) -> bool:
    """Whether the person has an active role of one of these kinds in the programme."""
    return (
        Membership.objects.active(timezone.localdate())
        .filter(person=user, role__programme=programme, role__kind__in=kinds)
        .exists()
    )


def branch_paths(user: User, programme: Programme, kind: ProgrammeRoleKind = Kind.COORDINATOR) -> list[str]:
    """The organisation paths that the person answers for (or observes) in the programme."""
    return list(
        Membership.objects.active(timezone.localdate())
        .filter(person=user, role__programme=programme, role__kind=kind)
        .values_list("organisation__path", flat=True)
        .distinct()
    )


def under(paths: list[str] | tuple[str, ...], field: str = "organisation__path") -> Q:
    """A condition: the organisation lies in one of the branches. No branches: nothing."""
    condition = Q(pk__in=[])
    for path in paths:
        condition |= Q(**{f"{field}__startswith": path})
    return condition


def people_in_branch(paths: list[str] | tuple[str, ...], programme: Programme) -> QuerySet[User]:
    """Whoever has an open membership in these branches in this programme."""
    memberships = Membership.objects.open().filter(under(paths), role__programme=programme)
    return User.objects.known().filter(pk__in=memberships.values("person_id"))


def people_of_network(path: str) -> QuerySet[User]:
    """Whoever has an open role anywhere in the network with this path, in any programme."""
    held = Membership.objects.open().filter(organisation__path__startswith=path)
    return User.objects.known().filter(pk__in=held.values("person_id"))


def above(paths: list[str] | tuple[str, ...]) -> list[str]:
    """The paths of all organisations above these branches, the branches themselves left out."""
    found = set()
    for path in paths:
        parts = path.strip("/").split("/")
        found |= {"/".join(parts[:depth]) + "/" for depth in range(1, len(parts))}
    return sorted(found)


def share_an_organisation(one: str, other: str) -> bool:
    """Whether two paths lie in one organisation: one in the other, or both in the same one right under the network."""
    first, second = one.strip("/").split("/"), other.strip("/").split("/")
    return one.startswith(other) or other.startswith(one) or first[:2] == second[:2]


def is_coordinator_of(user: User, person: User, programme: Programme) -> bool:
    """Whether `person` has an open membership in the branch that `user` coordinates in the programme."""
    paths = branch_paths(user, programme)
    return bool(paths) and people_in_branch(paths, programme).filter(pk=person.pk).exists()


def belongs(user: User, programme: Programme) -> bool:
    """Whether the person has an active role in the programme, in training or not. Who has left has none."""
    return Membership.objects.active(timezone.localdate()).filter(person=user, role__programme=programme).exists()


def may_give_role(
    user: User, role: ProgrammeRole, organisation: Organisation, branches: list[str] | None = None
) -> bool:
    """Whether `user` may give, end or correct `role` there: in the own branch; coordinators only below it.

    The system user acts for the operator's commands and for the clock. `branches` as `branch_paths` finds them, where
    many roles are asked about.
    """
    if user.is_system:
        return True
    paths = branch_paths(user, role.programme) if branches is None else branches
    if role.kind == Kind.COORDINATOR:
        return any(organisation.path.startswith(path) and organisation.path != path for path in paths)
    return any(organisation.path.startswith(path) for path in paths)


def coordinated_paths(user: User) -> list[str]:
    """The branches that the person coordinates, in any programme."""
    return list(
        Membership.objects.active(timezone.localdate())
        .filter(person=user, role__kind=Kind.COORDINATOR)
        .values_list("organisation__path", flat=True)
        .distinct()
    )


def may_change_organisation(user: User, organisation: Organisation) -> bool:
    """Whether `user` coordinates a branch, in any programme, in which the organisation lies."""
    return user.is_system or any(organisation.path.startswith(path) for path in coordinated_paths(user))


def is_strange_to(person: User, organisation: Organisation) -> bool:
    """Whether only other networks know the person: their name on file is then neither shown nor overwritten."""
    here = organisation.network_path
    paths = list(person.memberships.values_list("organisation__path", flat=True))
    paths += Organisation.objects.filter(first_coordinator=person).values_list("path", flat=True)
    return person.is_staff or (bool(paths) and not any(path.startswith(here) for path in paths))


def signs_in(person: User) -> bool:
    """Whether the person has a password already; an invitation would then be of no use."""
    return person.has_usable_password()


def may_change_contact(user: User, person: User, programme: Programme) -> bool:
    """Whether `user` may correct name and address: the own coordinator, until the person signs in.

    From then on only the person: whoever could change the address could take over the account. Nor is anybody
    changed whom another network knows too.
    """
    if signs_in(person) or is_known_elsewhere(person, programme.network):
        return False
    return user.is_system or is_coordinator_of(user, person, programme)


def is_known_elsewhere(person: User, network: Organisation) -> bool:
    """Whether another network than this one has, or had, the person."""
    return person.memberships.exclude(organisation__path__startswith=network.path).exists()
