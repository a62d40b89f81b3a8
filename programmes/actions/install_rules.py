"""The supervision rules of a pack: each stable, with a new version when what it says has changed."""

from typing import Any

from django.db import transaction
from django.db.models import Max

from accounts.models import User
from programmes.models import Programme, ProgrammeRole, SupervisionRule, SupervisionRuleVersion
from programmes.pack_types import Pack, SupervisionRulePack

Roles = dict[str, ProgrammeRole]


@transaction.atomic
def install_rules(*, programme: Programme, pack: Pack, by: User) -> int:
    """Make a version of each rule that is new or changed; returns how many.

    A rule that the pack leaves out has no current version any more: nothing new is planned under it, and what hangs
    on it stays. Sessions keep the version that they have.
    """
    rules = _stable_rules(programme, pack)
    current = {
        version.rule_id: version
        for version in SupervisionRuleVersion.objects.filter(rule__programme=programme, is_current=True)
    }
    roles = _roles(programme, pack)
    made = 0
    for rule_pack in pack["supervision_rules"]:
        rule = rules[rule_pack["key"]]
        source = {name: value for name, value in rule_pack.items() if name != "agenda"}  # the agenda has its own rows
        before = current.pop(rule.pk, None)
        if before is None or before.source != source:
            _new_version(rule, rule_pack, source, roles, rules, before)
            made += 1
    for left_out in current.values():
        left_out.is_current = False
        left_out.save(update_fields=["is_current"])
    return made


def _stable_rules(programme: Programme, pack: Pack) -> dict[str, SupervisionRule]:
    rules = {rule.key: rule for rule in programme.rules.all()}
    for order, rule_pack in enumerate(pack["supervision_rules"], 1):
        rule = rules.get(rule_pack["key"])
        if rule is None:
            rule = SupervisionRule.objects.create(programme=programme, key=rule_pack["key"], order=order)
            rules[rule.key] = rule
        elif rule.order != order:
            rule.order = order
            rule.save(update_fields=["order"])
    return rules


def _roles(programme: Programme, pack: Pack) -> Roles:
    """The role row for each key of the pack; a status (a certificate) stands for the role that it is a status of."""
    roles = {role.key: role for role in programme.roles.all()}
    for role in pack["roles"]:
        if role["kind"] == "status":
            roles[role["key"]] = roles[role["is_status_of"]]
    return roles


def _new_version(
    rule: SupervisionRule,
    pack: SupervisionRulePack,
    source: dict[str, Any],
    roles: Roles,
    rules: dict[str, SupervisionRule],
    before: SupervisionRuleVersion | None,
) -> None:
    if before is not None:
        before.is_current = False
        before.save(update_fields=["is_current"])
    last = rule.versions.aggregate(last=Max("number"))["last"] or 0
    rests_on = pack["placement"] if pack["placement"] in ("own", "none") else "other"
    version = SupervisionRuleVersion.objects.create(
        rule=rule,
        number=last + 1,
        names=pack["names"],
        notes=pack.get("notes", {}),
        format=pack["format"],
        supervisor_role=roles[pack["supervisor_role"]],
        min_supervisees=pack["min_supervisees"],
        max_supervisees=pack["max_supervisees"],
        rests_on=rests_on,
        placement_rule=rules[pack["placement"]] if rests_on == "other" else None,
        caseload_max=pack.get("caseload_max"),
        cadence_every=pack["cadence"]["every"],
        cadence_unit=pack["cadence"]["unit"],
        minutes=pack["session_minutes"],
        coverage_window_days=pack["coverage_window_days"],
        reciprocal=pack.get("reciprocal", False),
        rotates_roles=pack.get("rotates_roles", False),
        source=source,
    )
    observers = [pack["observer_role"]] if "observer_role" in pack else []
    version.supervisee_roles.set({roles[key] for key in pack["supervisee_roles"]})
    version.co_lead_roles.set({roles[key] for key in pack.get("co_lead_roles", [])})
    version.observer_roles.set({roles[key] for key in observers})
