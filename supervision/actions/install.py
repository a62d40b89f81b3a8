"""The agendas of a pack: the programme's own and those of single rules."""

from typing import Any

from django.db import transaction
from django.db.models import Max

from accounts.models import User
from programmes.models import Programme, SupervisionRule
from programmes.pack_types import AgendaPack, Pack
from programmes.shipped import content_hash
from supervision.models import Agenda, AgendaStep


@transaction.atomic
def install_agendas(*, programme: Programme, pack: Pack, by: User) -> int:
    """Make a version of each agenda that is new or changed; returns how many.

    Goals and prompts belong to the version too: what a session asked for stays readable. An agenda that the pack
    leaves out is not current any more; sessions keep the version that they have.
    """
    rules = {rule.key: rule for rule in programme.rules.all()}
    wanted: list[tuple[SupervisionRule | None, AgendaPack]] = [(None, pack["agenda"])]
    for rule_pack in pack["supervision_rules"]:
        if "agenda" in rule_pack:
            wanted.append((rules[rule_pack["key"]], rule_pack["agenda"]))
    current = {agenda.rule_id: agenda for agenda in Agenda.objects.filter(programme=programme, is_current=True)}
    made = 0
    for rule, agenda_pack in wanted:
        values = _values(agenda_pack, pack)
        before = current.pop(rule.pk if rule else None, None)
        if before is None or any(getattr(before, name) != value for name, value in values.items()):
            _new_version(programme, rule, agenda_pack, values, before)
            made += 1
    for left_out in current.values():
        left_out.is_current = False
        left_out.save(update_fields=["is_current"])
    return made


def _values(agenda: AgendaPack, pack: Pack) -> dict[str, Any]:
    """What a version holds beside its steps. ``source`` has no steps, for sessions join it, but tells when they
    change; its ``capture_names`` name each field in three languages."""
    captured = {capture for step in agenda["steps"] for capture in step["captures"]}
    names = {word["key"]: word["names"] for word in pack["vocabulary"]["captures"] if word["key"] in captured}
    return {
        "total_minutes": agenda["total_minutes"],
        "repeat": agenda.get("repeat", {}),
        "goals": pack["goals"],
        "prompts": pack["reflection_prompts"],
        "source": {
            **{name: value for name, value in agenda.items() if name != "steps"},
            "steps_hash": content_hash(agenda["steps"]),
            "capture_names": names,
        },
    }


def _new_version(
    programme: Programme,
    rule: SupervisionRule | None,
    pack: AgendaPack,
    values: dict[str, Any],
    before: Agenda | None,
) -> None:
    if before is not None:
        before.is_current = False
        before.save(update_fields=["is_current"])
    last = Agenda.objects.filter(programme=programme, rule=rule).aggregate(last=Max("number"))["last"] or 0
    agenda = Agenda.objects.create(programme=programme, rule=rule, number=last + 1, **values)
    AgendaStep.objects.bulk_create(
        AgendaStep(
            agenda=agenda,
            key=step["key"],
            order=step["order"],
            minutes=step["minutes"],
            names=step["names"],
            guidance=step["guidance"],
            led_by=step["led_by"],
            captures=step["captures"],
            required=step["required"],
            per_presenter=step.get("per_presenter", False),
        )
        for step in pack["steps"]
    )
