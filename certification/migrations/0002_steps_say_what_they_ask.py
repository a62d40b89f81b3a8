"""What steps ask beside their number was read out of the packs' words; now it stands in fields of the stored steps.

Candidacies keep the version of the ladder with which they began, so the versions that are there get the fields that
their words meant. A pack installed anew brings its own.
"""

import re

from django.db import migrations

NUMBERS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
MONTHS = re.compile(r"at least (\w+) different months")
RATERS = {
    "two_self_evaluations": [("self", 2)],
    "two_colleague_evaluations": [("co_leader", 2)],
    "self_assessment_and_coordinator_s_view": [("self", 1), ("other", 1)],
    "self_assessment_and_practice_guide_s_view": [("self", 1), ("other", 1)],
    "observer_checklist": [("other", 1)],
}


def meant(source: dict) -> dict:
    """The fields that a step's words meant, those that are there already left out."""
    found: dict = {}
    months = MONTHS.search((source.get("condition") or {}).get("en", ""))
    if months:
        found["different_months"] = int(months[1]) if months[1].isdigit() else NUMBERS.get(months[1], 0)
    raters = [pair for one in source.get("evidence") or [] for pair in RATERS.get(one["key"], ())]
    if raters:
        found["raters"] = [{"part": part, "count": count} for part, count in raters]
    if "supervision_rule" in source and "checklist" in source and source.get("unit") == "session":
        found["each_with_checklist"] = True
    return {name: value for name, value in found.items() if value and name not in source}


def write_fields(apps, schema_editor):
    for step in apps.get_model("certification", "Step").objects.all().iterator():
        if fields := meant(step.source):
            step.source = {**step.source, **fields}
            step.save(update_fields=["source"])
    for stored in apps.get_model("programmes", "StoredPack").objects.all().iterator():
        events = stored.content.get("training_events") or []
        ruled = [event for event in events if event.get("rule") and "independent_leader" not in event]
        for event in ruled:
            event["independent_leader"] = True
        if ruled:
            stored.save(update_fields=["content"])


class Migration(migrations.Migration):
    dependencies = [("certification", "0001_initial"), ("programmes", "0001_initial")]
    operations = [migrations.RunPython(write_fields, migrations.RunPython.noop)]
