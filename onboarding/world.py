"""What is known before a sheet is checked, as values: no row is read while checking."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property

from programmes.policies import above

Texts = dict[str, str]


@dataclass(frozen=True)
class KnownRole:
    """A role of a programme."""

    id: int
    programme_id: int
    key: str
    kind: str
    names: Texts
    in_training: bool = False


@dataclass(frozen=True)
class KnownRule:
    """A supervision rule that has places of its own, as it stands now."""

    id: int
    programme_id: int
    key: str
    names: Texts
    supervisor_role_id: int
    supervisee_role_ids: frozenset[int]
    caseload: int
    has_places: bool
    # How many people supervise each other under it: two, three, or 0 where one supervises the others.
    together: int
    one_organisation: bool = False


@dataclass(frozen=True)
class KnownProgramme:
    """A programme of the network. `branches` are the paths that the importer coordinates; ("",) is everywhere."""

    id: int
    key: str
    names: Texts
    short_names: Texts
    language: str
    branches: tuple[str, ...]


@dataclass(frozen=True)
class KnownOrganisation:
    """An organisation of the network; `key` is what tells its name from others."""

    id: int
    name: str
    key: str
    path: str


@dataclass
class KnownPerson:
    """Somebody with a role in the network, or whose address the sheet names. `held` are (role, organisation)."""

    id: int
    name: str
    folded: str
    email: str
    strange: bool = False
    held: set[tuple[int, int]] = field(default_factory=set)


@dataclass
class World:
    """Everything that a sheet is checked against."""

    home_path: str
    home_name: str
    programmes: dict[int, KnownProgramme]
    roles: dict[int, KnownRole]
    rules: list[KnownRule]
    organisations: dict[int, KnownOrganisation]
    people: dict[int, KnownPerson]
    by_email: dict[str, int]
    # (supervisee, rule) to coach, for open placements that are no cover.
    coaches: dict[tuple[int, int], int] = field(default_factory=dict)
    # Coach to the places taken in all programmes, and the places offered where that is not four.
    taken: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    offered: dict[int, int] = field(default_factory=dict)
    # (coach, rule) to how many.
    under_rule: dict[tuple[int, int], int] = field(default_factory=lambda: defaultdict(int))
    # (person, role, organisation) that wait for an answer.
    requests: set[tuple[int, int, int]] = field(default_factory=set)
    # (programme, certificate number) to person; (person, programme) with a training from before.
    certificates: dict[tuple[int, str], int] = field(default_factory=dict)
    trained: set[tuple[int, int]] = field(default_factory=set)
    # (person, programme, ISO day) of sessions before this service was used.
    met: set[tuple[int, int, str]] = field(default_factory=set)
    # Roles whose holders have or had a ladder to climb.
    ladders: set[int] = field(default_factory=set)
    variants: dict[int, dict[str, Texts]] = field(default_factory=dict)

    def may(self, role: KnownRole, path: str) -> bool:
        """Whether the importer may give the role there; the coordinator's only below the own organisation."""
        branches = self.programmes[role.programme_id].branches
        if "" in branches:
            return True
        if role.kind == "coordinator":
            return any(path.startswith(branch) and path != branch for branch in branches)
        return any(path.startswith(branch) for branch in branches)

    def may_supervise(self, person: KnownPerson, programme_id: int) -> bool:
        """Whether the person can be given to people of the importer's branch: from there, or from further up."""
        if self.in_branch(person, programme_id):
            return True
        higher = set(above(self.programmes[programme_id].branches))
        return any(
            self.roles[role].programme_id == programme_id and self.organisations[organisation].path in higher
            for role, organisation in person.held
            if role in self.roles and organisation in self.organisations
        )

    def in_branch(self, person: KnownPerson, programme_id: int) -> bool:
        """Whether the person holds a role in the branch that the importer coordinates."""
        branches = self.programmes[programme_id].branches
        return any(
            self.roles[role].programme_id == programme_id
            and any(self.organisations[organisation].path.startswith(branch) for branch in branches)
            for role, organisation in person.held
            if role in self.roles and organisation in self.organisations
        )

    def named(self, folded: str) -> list[KnownPerson]:
        """People of the network by their name as search folds it."""
        return [person for person in self._by_name.get(folded, ()) if not person.strange]

    @cached_property
    def _by_name(self) -> dict[str, list[KnownPerson]]:
        found: dict[str, list[KnownPerson]] = defaultdict(list)
        for person in self.people.values():
            found[person.folded].append(person)
        return found
