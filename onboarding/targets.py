"""Everybody who could be meant in the column Supervisor: people who are known, rows of the sheet, or both."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from onboarding.checked import Checked
from onboarding.world import KnownPerson, World

# Of more people of one name nobody could choose.
MOST_NAMESAKES = 20


@dataclass
class Target:
    """A possible supervisor: somebody known, rows of the sheet, or both."""

    key: str
    name: str
    email: str
    person: KnownPerson | None = None
    rows: list[Checked] = field(default_factory=list)

    @property
    def who(self) -> str:
        """Name and address."""
        return f"{self.name} ({self.email})" if self.email else self.name


class Targets:
    """The possible supervisors by key ("person:5", "row:7"), found by address and by name."""

    def __init__(self, rows: Iterable[Checked], world: World) -> None:
        self.world = world
        self.by_key: dict[str, Target] = {}
        self.by_email: dict[str, str] = {}
        self._by_name: dict[str, set[str]] = defaultdict(set)
        self._namesakes: dict[tuple[str, int], list[Target]] = {}
        for one in rows:
            self._add_row(one)

    def _add_row(self, one: Checked) -> None:
        target = self.by_key.get(one.key)
        if target is None:
            known = self.world.people.get(one.person or 0)
            name = known.name if known else one.name
            target = self.by_key[one.key] = Target(one.key, name, one.email, known)
        target.rows.append(one)
        if one.email and not any(finding.code == "email_twice" for finding in one.findings):
            self.by_email.setdefault(one.email, one.key)
        if one.folded:
            self._by_name[one.folded].add(one.key)

    def known(self, person: KnownPerson) -> Target:
        """The target of somebody who is known, made where there is none."""
        key = f"person:{person.id}"
        return self.by_key.setdefault(key, Target(key, person.name, person.email, person))

    def of_email(self, email: str) -> Target | None:
        """Whoever has the address in the sheet."""
        return self.by_key.get(self.by_email.get(email, ""))

    def named(self, folded: str, one: Checked) -> list[Target]:
        """People of that name who could be meant; found once for each name, however many rows write it."""
        asked = (folded, one.programme or 0)
        if asked not in self._namesakes:
            keys = set(self._by_name.get(folded, ()))
            for person in self.world.named(folded) if folded else []:
                if self.world.may_supervise(person, one.programme or 0):
                    keys.add(self.known(person).key)
            self._namesakes[asked] = [self.by_key[key] for key in sorted(keys)]
        return [target for target in self._namesakes[asked][: MOST_NAMESAKES + 1] if target.key != one.key]

    def roles(self, target: Target, programme: int | None = None, *, ready: bool = False) -> set[int]:
        """Roles held, and those that the sheet gives (only by rows that can come in, where `ready`)."""
        held = {role for role, _organisation in target.person.held} if target.person else set()
        rows = [row for row in target.rows if not (ready and (row.stopped or row.asks))]
        roles = held | {row.role for row in rows if row.role is not None}
        return {
            role
            for role in roles
            if role in self.world.roles and programme in (None, self.world.roles[role].programme_id)
        }

    def paths(self, target: Target, programme: int) -> set[str]:
        """Where the person has, or gets, a role in the programme; what is to be made lies under the importer's own."""
        found = set()
        for role, organisation in target.person.held if target.person else ():
            if self.world.roles[role].programme_id == programme and organisation in self.world.organisations:
                found.add(self.world.organisations[organisation].path)
        return found | {path for row in target.rows if row.programme == programme and (path := self.path_of(row))}

    def path_of(self, one: Checked) -> str:
        """The path of a row's organisation; of a new one, the path as it will begin."""
        known = self.world.organisations.get(one.organisation or 0)
        if known is not None:
            return known.path
        return f"{self.world.home_path}new {one.new_organisation}/" if one.new_organisation else ""
