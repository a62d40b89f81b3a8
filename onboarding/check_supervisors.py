"""Who supervises a row's person: found by address or name, with the right role, and with room. Two passes, since a
supervisor may stand further down in the sheet."""

from __future__ import annotations

import re

from common.text import fold_for_search, normalise_email
from onboarding.check_places import Places
from onboarding.check_trios import rings_of
from onboarding.checked import NONE, Answers, Checked
from onboarding.findings import Choice
from onboarding.role_words import squeezed
from onboarding.targets import Target, Targets
from onboarding.world import KnownRule, World
from programmes.policies import share_an_organisation

ASKS = "supervisor"
_ADDRESS = re.compile(r"[^\s<>(),;:]+@[^\s<>(),;]+")
_NONE = Choice(NONE, "choose_none")


class Supervisors:
    """The places that the sheet gives out, in the order of its rows."""

    def __init__(self, rows: list[Checked], world: World, answers: Answers) -> None:
        self.rows, self.world, self.chosen = rows, world, answers.get(ASKS, {})
        self.targets = Targets(rows, world)
        self.places = Places(world, self.targets)
        self.full: list[tuple[Checked, Target, KnownRule]] = []

    def check(self) -> None:
        """Find every supervisor, then say who has room, close the rings of three, say which rows wait for others."""
        for one in self.rows:
            if one.repeats is None and one.role is not None and one.text("supervisor"):
                self._check(one)
        for one, target, rule in self.full:
            self._ask_full(one, target, rule)
        self._close_rings()
        self._wait()

    def _check(self, one: Checked) -> None:
        answer = self.chosen.get(str(one.number), "")
        if answer == NONE:
            return
        rules = self._rules(one)
        if rules is None:
            return
        target = self._answered(answer) or self._find(one, rules)
        if target is None:
            return
        rule = self._fitting(one, target, rules)
        if rule is None:
            return
        one.supervisor, one.rule = target.key, rule.id
        self._take(one, target, rule)

    def _rules(self, one: Checked) -> list[KnownRule] | None:
        rules = [rule for rule in self.world.rules if one.role in rule.supervisee_role_ids]
        written = one.text("rule")[:80]
        if not rules:
            self._ask(one, "supervisor_not_needed", role=self._role(one.role))
            return None
        if not written:
            return rules
        meant = [
            rule
            for rule in rules
            if squeezed(written) in {squeezed(rule.key), *(squeezed(name) for name in rule.names.values())}
        ]
        if not meant:
            one.stop("rule_unknown", "rule", text=written, rules=[rule.names for rule in rules])
            return None
        return meant

    def _answered(self, answer: str) -> Target | None:
        kind, _, key = answer.partition(":")
        if kind == "person" and key.isdigit() and int(key) in self.world.people:
            return self.targets.known(self.world.people[int(key)])
        return self.targets.by_key.get(answer) if kind == "row" else None

    def _find(self, one: Checked, rules: list[KnownRule]) -> Target | None:
        text = " ".join(one.text("supervisor").split())[:120]
        if address := _ADDRESS.search(text):
            return self._addressed(one, normalise_email(address[0]), text)
        found = self.targets.named(fold_for_search(text), one)
        wanted = {rule.supervisor_role_id for rule in rules}
        able = [target for target in found if self.targets.roles(target) & wanted]
        if len(found) > 1 and len(able) == 1:
            found = able
        if len(found) == 1:
            one.note("supervisor_by_name", "supervisor", text=text, who=found[0].who)
            return found[0]
        if not found:
            self._ask(one, "supervisor_unknown", text=text)
            return None
        choices = [Choice(target.key, "choose_person", {"who": target.who}) for target in (able or found)[:10]]
        self._ask(one, "supervisor_several", choices, text=text)
        return None

    def _addressed(self, one: Checked, email: str, text: str) -> Target | None:
        known = self.world.people.get(self.world.by_email.get(email, 0))
        written = self.targets.of_email(email)
        if known is not None and known.strange:
            # Somebody of another network: the name on file is not shown, only how the sheet calls them.
            self._ask(one, "supervisor_request", name=written.name if written else text)
            return None
        target = self.targets.known(known) if known else written
        if target is None:
            self._ask(one, "supervisor_unknown", text=text)
        return target

    def _fitting(self, one: Checked, target: Target, rules: list[KnownRule]) -> KnownRule | None:
        """The first rule that fits both; what stands in the way is asked about or told."""
        if target.key == one.key:
            one.stop("supervisor_self", "supervisor")
            return None
        if any(row.is_request for row in target.rows):
            self._ask(one, "supervisor_request", name=target.name)
            return None
        programme = one.programme or 0
        if not target.rows and target.person and not self.world.may_supervise(target.person, programme):
            self._ask(one, "supervisor_outside", name=target.name)
            return None
        roles = self.targets.roles(target)
        fitting = [rule for rule in rules if rule.supervisor_role_id in roles]
        if not fitting:
            self._ask_role(one, target, rules)
            return None
        near = [rule for rule in fitting if not rule.one_organisation or self._share(one, target)]
        if not near:
            self._ask(one, "supervisor_elsewhere", name=target.name, person=one.name, rule=fitting[0].names)
            return None
        return near[0]

    def _share(self, one: Checked, target: Target) -> bool:
        """Whether the row's person and the supervisor belong to one organisation."""
        own = self.targets.path_of(one)
        return any(share_an_organisation(own, path) for path in self.targets.paths(target, one.programme or 0))

    def _ask_role(self, one: Checked, target: Target, rules: list[KnownRule]) -> None:
        unread = [row for row in target.rows if row.role is None]
        if unread:
            name = target.name or unread[0].text("name")[:80]
            self._ask(one, "supervisor_waits", name=name, row=unread[0].number)
            return
        has = [self._role(role) for role in sorted(self.targets.roles(target, one.programme))]
        needed = list(dict.fromkeys(rule.supervisor_role_id for rule in rules))
        facts = {"name": target.name, "role": self._role(one.role), "needed": [self._role(role) for role in needed]}
        self._ask(one, "supervisor_role" if has else "supervisor_no_role", has=has, **facts)

    def _take(self, one: Checked, target: Target, rule: KnownRule) -> None:
        """Give the place, unless the person has a supervisor already or the supervisor is full."""
        person, coach, placed = one.person, target.person, self.places.placed
        current = self.world.coaches.get((person, rule.id)) if person is not None else None
        if current is not None and coach is not None and current == coach.id:
            one.is_placed = True
            return
        before = placed.get((one.key, rule.id))
        other = self.world.people.get(current or 0) if current else self.targets.by_key.get(before or "")
        if before == target.key:
            one.is_placed = True
        elif current is not None or other is not None:
            self._ask(one, "supervisor_other", name=one.name, coach=other.name if other else "–")
        elif self.places.is_full(target, rule):
            self.full.append((one, target, rule))
        else:
            self._claim(one, target, rule)

    def _claim(self, one: Checked, target: Target, rule: KnownRule) -> None:
        self.places.placed[one.key, rule.id] = target.key
        self.places.claim(one.name or one.sheet.cell(one.number, "name"), target, rule)
        if rule.together == 2:
            self.places.placed[target.key, rule.id] = one.key
            self.places.claim(target.name, self.targets.by_key.get(one.key, target), rule)
        held = {role for role, _organisation in target.person.held} if target.person else set()
        if rule.supervisor_role_id not in held:
            one.depends_on = next(row.number for row in target.rows if row.role == rule.supervisor_role_id)

    def _ask_full(self, one: Checked, target: Target, rule: KnownRule) -> None:
        room = self.places.with_room(one, target, rule)
        choices = [Choice(other.key, "choose_with_room", {"who": other.who}) for other in room]
        self._ask(
            one,
            "supervisor_full",
            choices,
            name=target.name,
            limit=self.places.limit(target, rule),
            who=self.places.holders(target, rule),
            room=[other.name for other in room],
        )

    def _close_rings(self) -> None:
        """Rows of a rule for three know the third one; without a whole ring they ask."""
        rules = {rule.id: rule for rule in self.world.rules if rule.together == 3}
        if not rules:
            return
        rings = rings_of(self.rows, rules.values())
        for one in self.rows:
            if one.rule not in rules or not one.supervisor or one.is_placed:
                continue
            ring = rings.get((one.key, one.rule or 0))
            if ring is not None:
                one.third = ring[2]
            else:
                self._ask(one, "supervisor_three", name=one.name, rule=rules[one.rule or 0].names)

    def _role(self, role: int | None) -> dict[str, str]:
        return self.world.roles[role].names if role in self.world.roles else {}

    def _ask(self, one: Checked, code: str, choices: list[Choice] | None = None, /, **params: object) -> None:
        """A question at the row, which goes on without a supervisor until it is answered."""
        one.supervisor, one.rule = "", None
        one.ask(code, "supervisor", ASKS, str(one.number), [*(choices or []), _NONE], **params)

    def _wait(self) -> None:
        """Rows whose supervisor's own row cannot come in wait for it, and so on down the sheet."""
        by_number = {one.number: one for one in self.rows}
        changed = True
        while changed:
            changed = False
            for one in self.rows:
                above = by_number.get(one.depends_on or 0)
                if above is not None and above.state in ("refused", "question"):
                    name = above.name or above.text("name")[:80]
                    one.depends_on = None
                    self._ask(one, "supervisor_waits", name=name, row=above.number)
                    changed = True
