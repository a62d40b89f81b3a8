"""Who supervises a row's person: found by address or name, with the right role, and with room. Two passes, since a
supervisor may stand further down in the sheet."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import islice

from common.text import fold_for_search, normalise_email
from onboarding.checked import NONE, Answers, Checked
from onboarding.findings import Choice
from onboarding.role_words import squeezed
from onboarding.world import KnownPerson, KnownRule, World

ASKS = "supervisor"
_ADDRESS = re.compile(r"[^\s<>(),;:]+@[^\s<>(),;]+")
_NONE = Choice(NONE, "choose_none")
NEARBY = 3
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


class Supervisors:
    """The places that the sheet gives out, in the order of its rows."""

    def __init__(self, rows: list[Checked], world: World, answers: Answers) -> None:
        self.rows, self.world, self.chosen = rows, world, answers.get(ASKS, {})
        self.targets: dict[str, Target] = {}
        self.by_email: dict[str, str] = {}
        self.by_name: dict[str, set[str]] = defaultdict(set)
        self.claims: dict[tuple[str, int], list[str]] = defaultdict(list)
        self.places: dict[str, list[str]] = defaultdict(list)
        self.placed: dict[tuple[str, int], str] = {}
        self.namesakes: dict[tuple[str, int], list[Target]] = {}
        self.able: dict[int, list[Target]] = {}
        self.by_place: dict[tuple[int, object], list[Target]] = defaultdict(list)
        self.full: list[tuple[Checked, Target, KnownRule]] = []
        for one in rows:
            self._add_row(one)

    def check(self) -> None:
        """Find every supervisor, then say who has room, then which rows wait for others."""
        for one in self.rows:
            if one.repeats is None and one.role is not None and one.text("supervisor"):
                self._check(one)
        for one, target, rule in self.full:
            self._ask_full(one, target, rule)
        self._wait()

    def _add_row(self, one: Checked) -> None:
        target = self.targets.get(one.key)
        if target is None:
            known = self.world.people.get(one.person or 0)
            name = known.name if known else one.name
            target = self.targets[one.key] = Target(one.key, name, one.email, known)
        target.rows.append(one)
        if one.email and not any(finding.code == "email_twice" for finding in one.findings):
            self.by_email.setdefault(one.email, one.key)
        if one.folded:
            self.by_name[one.folded].add(one.key)

    def _known(self, person: KnownPerson) -> Target:
        key = f"person:{person.id}"
        return self.targets.setdefault(key, Target(key, person.name, person.email, person))

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
            one.ask("supervisor_not_needed", "supervisor", ASKS, str(one.number), [_NONE], role=self._role(one.role))
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
            return self._known(self.world.people[int(key)])
        return self.targets.get(answer) if kind == "row" else None

    def _find(self, one: Checked, rules: list[KnownRule]) -> Target | None:
        text = " ".join(one.text("supervisor").split())[:120]
        number = str(one.number)
        if address := _ADDRESS.search(text):
            email = normalise_email(address[0])
            known = self.world.people.get(self.world.by_email.get(email, 0))
            if known is not None and known.strange:
                one.ask("supervisor_request", "supervisor", ASKS, number, [_NONE], name=self._written(email, text))
                return None
            target = self._known(known) if known else self.targets.get(self.by_email.get(email, ""))
            if target is None:
                one.ask("supervisor_unknown", "supervisor", ASKS, number, [_NONE], text=text)
            return target
        found = self._named(fold_for_search(text), one)
        able = [target for target in found if self._roles(target) & {rule.supervisor_role_id for rule in rules}]
        if len(found) > 1 and len(able) == 1:
            found = able
        if len(found) == 1:
            one.note("supervisor_by_name", "supervisor", text=text, who=found[0].who)
            return found[0]
        if not found:
            one.ask("supervisor_unknown", "supervisor", ASKS, number, [_NONE], text=text)
            return None
        choices = [Choice(target.key, "choose_person", {"who": target.who}) for target in (able or found)[:10]]
        one.ask("supervisor_several", "supervisor", ASKS, number, [*choices, _NONE], text=text)
        return None

    def _written(self, email: str, text: str) -> str:
        """How the sheet calls somebody of another network: their name on file is not shown."""
        target = self.targets.get(self.by_email.get(email, ""))
        return target.name if target else text

    def _named(self, folded: str, one: Checked) -> list[Target]:
        """People of that name who could be meant; found once for each name, however many rows write it."""
        known = (folded, one.programme or 0)
        if known not in self.namesakes:
            keys = set(self.by_name.get(folded, ()))
            for person in self.world.named(folded) if folded else []:
                if self.world.in_branch(person, one.programme or 0):
                    keys.add(self._known(person).key)
            self.namesakes[known] = [self.targets[key] for key in sorted(keys)]
        return [target for target in self.namesakes[known][: MOST_NAMESAKES + 1] if target.key != one.key]

    def _fitting(self, one: Checked, target: Target, rules: list[KnownRule]) -> KnownRule | None:
        number = str(one.number)
        if target.key == one.key:
            one.stop("supervisor_self", "supervisor")
            return None
        if any(row.is_request for row in target.rows):
            one.ask("supervisor_request", "supervisor", ASKS, number, [_NONE], name=target.name)
            return None
        if not target.rows and target.person and not self.world.in_branch(target.person, one.programme or 0):
            one.ask("supervisor_outside", "supervisor", ASKS, number, [_NONE], name=target.name)
            return None
        roles = self._roles(target)
        fitting = [rule for rule in rules if rule.supervisor_role_id in roles]
        if not fitting:
            self._ask_role(one, target, rules)
            return None
        return fitting[0]

    def _ask_role(self, one: Checked, target: Target, rules: list[KnownRule]) -> None:
        number = str(one.number)
        unread = [row for row in target.rows if row.role is None]
        if unread:
            name = target.name or unread[0].text("name")[:80]
            one.ask("supervisor_waits", "supervisor", ASKS, number, [_NONE], name=name, row=unread[0].number)
            return
        has = [self._role(role) for role in sorted(self._roles(target, one.programme))]
        needed = list(dict.fromkeys(rule.supervisor_role_id for rule in rules))
        facts = {"name": target.name, "role": self._role(one.role), "needed": [self._role(role) for role in needed]}
        code = "supervisor_role" if has else "supervisor_no_role"
        one.ask(code, "supervisor", ASKS, number, [_NONE], has=has, **facts)

    def _take(self, one: Checked, target: Target, rule: KnownRule) -> None:
        """Give the place, unless the person has a supervisor already or the supervisor is full."""
        person, coach = one.person, target.person
        current = self.world.coaches.get((person, rule.id)) if person is not None else None
        if current is not None and coach is not None and current == coach.id:
            one.is_placed = True
            return
        before = self.placed.get((one.key, rule.id))
        other = self.world.people.get(current or 0) if current else self.targets.get(before or "")
        if before == target.key:
            one.is_placed = True
        elif current is not None or other is not None:
            coach_name = other.name if other else "–"
            self._ask(one, "supervisor_other", name=one.name, coach=coach_name)
        elif self._is_full(target, rule):
            self.full.append((one, target, rule))
        else:
            self.placed[one.key, rule.id] = target.key
            self._claim(one.name or one.sheet.cell(one.number, "name"), target, rule)
            if rule.reciprocal:
                self.placed[target.key, rule.id] = one.key
                self._claim(target.name, self.targets.get(one.key, target), rule)
            held = {role for role, _organisation in coach.held} if coach else set()
            if rule.supervisor_role_id not in held:
                one.depends_on = next(row.number for row in target.rows if row.role == rule.supervisor_role_id)

    def _claim(self, name: str, target: Target, rule: KnownRule) -> None:
        self.claims[target.key, rule.id].append(name)
        if rule.has_places:
            self.places[target.key].append(name)

    def _is_full(self, target: Target, rule: KnownRule) -> bool:
        pk = target.person.id if target.person else 0
        under = self.world.under_rule.get((pk, rule.id), 0) + len(self.claims[target.key, rule.id])
        taken = self.world.taken.get(pk, 0) + len(self.places[target.key])
        return under >= rule.caseload or (rule.has_places and taken >= self.world.offered.get(pk, 4))

    def _ask_full(self, one: Checked, target: Target, rule: KnownRule) -> None:
        pk = target.person.id if target.person else 0
        offered = self.world.offered.get(pk, 4)
        limit = min(rule.caseload, offered) if rule.has_places else rule.caseload
        room = self._with_room(one, rule)
        choices = [Choice(other.key, "choose_with_room", {"who": other.who}) for other in room]
        self._ask(
            one,
            "supervisor_full",
            choices,
            name=target.name,
            limit=limit,
            who=(self.places[target.key] if rule.has_places else self.claims[target.key, rule.id])[:8],
            room=[other.name for other in room],
        )

    def _with_room(self, one: Checked, rule: KnownRule) -> list[Target]:
        """Up to three who could take the person instead, those of the same organisation first."""
        able = self._able(rule)
        others = (target for target in able if target.key != one.key)
        near = [target for target in self.by_place.get((rule.id, _place(one)), []) if target.key != one.key][:NEARBY]
        return [*near, *islice((target for target in others if target not in near), NEARBY - len(near))]

    def _able(self, rule: KnownRule) -> list[Target]:
        """Everybody who has room under the rule, by name; asked when all places are given out, so it stays true."""
        if rule.id not in self.able:
            for person in self.world.people.values():
                if not person.strange and self.world.in_branch(person, rule.programme_id):
                    self._known(person)
            able = [
                target
                for target in self.targets.values()
                if not self._is_full(target, rule) and rule.supervisor_role_id in self._roles(target, ready=True)
            ]
            self.able[rule.id] = sorted(able, key=lambda target: fold_for_search(target.name))
            for target in self.able[rule.id]:
                held = {organisation for _role, organisation in target.person.held} if target.person else set()
                for place in {*held, *(_place(row) for row in target.rows)}:
                    self.by_place[rule.id, place].append(target)
        return self.able[rule.id]

    def _roles(self, target: Target, programme: int | None = None, *, ready: bool = False) -> set[int]:
        """Roles held, and those that the sheet gives (only by rows that can come in, where `ready`)."""
        held = {role for role, _organisation in target.person.held} if target.person else set()
        rows = [row for row in target.rows if not (ready and (row.stopped or row.asks))]
        roles = held | {row.role for row in rows if row.role is not None}
        return {
            role
            for role in roles
            if role in self.world.roles and programme in (None, self.world.roles[role].programme_id)
        }

    def _role(self, role: int | None) -> dict[str, str]:
        return self.world.roles[role].names if role in self.world.roles else {}

    def _ask(self, one: Checked, code: str, choices: list[Choice] | None = None, /, **params: object) -> None:
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


def _place(one: Checked) -> object:
    return one.organisation if one.organisation is not None else one.new_organisation
