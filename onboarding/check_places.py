"""Who has room: the places that the sheet gives out, in the order of its rows, and who could take somebody instead."""

from __future__ import annotations

from collections import defaultdict
from itertools import islice

from common.text import fold_for_search
from onboarding.checked import Checked
from onboarding.targets import Target, Targets
from onboarding.world import KnownRule, World

NEARBY = 3


class Places:
    """What is claimed by rows, beside what is taken already."""

    def __init__(self, world: World, targets: Targets) -> None:
        self.world, self.targets = world, targets
        self.claims: dict[tuple[str, int], list[str]] = defaultdict(list)
        self.numbered: dict[str, list[str]] = defaultdict(list)
        # (supervisee, rule) to supervisor.
        self.placed: dict[tuple[str, int], str] = {}
        self._able: dict[int, list[Target]] = {}
        self._near: dict[tuple[int, object], list[Target]] = defaultdict(list)

    def claim(self, name: str, target: Target, rule: KnownRule) -> None:
        """One more with the supervisor, by name."""
        self.claims[target.key, rule.id].append(name)
        if rule.has_places:
            self.numbered[target.key].append(name)

    def is_full(self, target: Target, rule: KnownRule) -> bool:
        """Whether the rule's caseload, or the coach's places, are reached."""
        pk = target.person.id if target.person else 0
        under = self.world.under_rule.get((pk, rule.id), 0) + len(self.claims[target.key, rule.id])
        taken = self.world.taken.get(pk, 0) + len(self.numbered[target.key])
        return under >= rule.caseload or (rule.has_places and taken >= self.world.offered.get(pk, 4))

    def limit(self, target: Target, rule: KnownRule) -> int:
        """How many the supervisor can have under the rule."""
        offered = self.world.offered.get(target.person.id if target.person else 0, 4)
        return min(rule.caseload, offered) if rule.has_places else rule.caseload

    def holders(self, target: Target, rule: KnownRule) -> list[str]:
        """Names of those whom the sheet has placed there, the first eight."""
        return (self.numbered[target.key] if rule.has_places else self.claims[target.key, rule.id])[:8]

    def with_room(self, one: Checked, but: Target, rule: KnownRule) -> list[Target]:
        """Up to three who could take the person instead of `but`, those of the same organisation first."""
        able = self._with_role(rule)
        near = [target for target in self._near.get((rule.id, place_of(one)), []) if target.key != but.key][:NEARBY]
        others = (target for target in able if target.key not in (but.key, one.key) and target not in near)
        return [*near, *islice(others, NEARBY - len(near))]

    def _with_role(self, rule: KnownRule) -> list[Target]:
        """Everybody who has room under the rule, by name; asked when all places are given out, so it stays true."""
        if rule.id not in self._able:
            for person in self.world.people.values():
                if not person.strange and self.world.may_supervise(person, rule.programme_id):
                    self.targets.known(person)
            able = [
                target
                for target in self.targets.by_key.values()
                if not self.is_full(target, rule) and rule.supervisor_role_id in self.targets.roles(target, ready=True)
            ]
            self._able[rule.id] = sorted(able, key=lambda target: fold_for_search(target.name))
            for target in self._able[rule.id]:
                held = {organisation for _role, organisation in target.person.held} if target.person else set()
                for place in {*held, *(place_of(row) for row in target.rows)}:
                    self._near[rule.id, place].append(target)
        return self._able[rule.id]


def place_of(one: Checked) -> object:
    """A row's organisation, known or to be made."""
    return one.organisation if one.organisation is not None else one.new_organisation
