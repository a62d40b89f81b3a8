"""The names by which one part of a pack speaks of another: each must be there."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from programmes.pack_paths import Place, keys, places


class Reference(NamedTuple):
    """``source`` (a pattern) holds keys of the list ``target``, or one of the words ``also``."""

    source: str
    target: str
    what: str
    also: tuple[str, ...] = ()


def _roles(*sources: str, also: tuple[str, ...] = ()) -> list[Reference]:
    return [Reference(source, "roles", "a role", also) for source in sources]


REFERENCES = [
    *_roles(
        "roles[].is_status_of",
        "roles[].under_supervision_of",
        "supervision_rules[].supervisor_role",
        "supervision_rules[].supervisee_roles[]",
        "supervision_rules[].co_lead_roles[]",
        "supervision_rules[].observer_role",
        "training_events[].led_by[]",
        "training_events[].for_roles[]",
        "training_events[].open_for[]",
        "certification_tracks[].for_role",
        "certification_tracks[].decided_by",
        "certification_tracks[].recorded_by",
        "certification_tracks[].steps[].approver_role",
        "certification_tracks[].steps[].led_by[]",
        "checklists[].filled_by[]",
        "consents[].for_role",
        "reports[].audience[]",
        "competence_plan.agreed_with",
        "competence_areas[].applies_to[]",
        "modules[].for_roles[]",
        "role_star.raters[]",
        "supervision_form.fields[].visible_to[]",
        "expectation_agreement.signed_by[]",
    ),
    *_roles("agenda.steps[].led_by", "supervision_rules[].agenda.steps[].led_by", also=("group", "both")),
    *_roles("certification_tracks[].awards", also=("",)),
    *_roles("checklists[].allows_raters[]", also=("self", "co_leader")),
    *_roles("supervision_form.fields[].owner", also=("both",)),
    *_roles("partnership_agreement.signed_by[]", also=("both_participants",)),
    *_roles("retention[].visible_to[]", also=("owner",)),
    Reference("supervision_rules[].placement", "supervision_rules", "a supervision rule", ("own", "none")),
    Reference("supervision_rules[].format", "vocabulary.formats", "a format of the vocabulary"),
    Reference("supervision_rules[].cadence.unit", "vocabulary.units", "a unit of the vocabulary"),
    Reference("supervision_rules[].cadence.choices[]", "check_ins.choices", "a rhythm of check_ins"),
    Reference("agenda.steps[].captures[]", "vocabulary.captures", "a capture of the vocabulary"),
    Reference("supervision_rules[].agenda.steps[].captures[]", "vocabulary.captures", "a capture of the vocabulary"),
    Reference("training_events[].recurs.unit", "vocabulary.units", "a unit of the vocabulary"),
    Reference("certification_tracks[].steps[].kind", "vocabulary.step_kinds", "a step kind of the vocabulary"),
    Reference("certification_tracks[].steps[].unit", "vocabulary.units", "a unit of the vocabulary"),
    Reference("certification_tracks[].renewal.steps[].unit", "vocabulary.units", "a unit of the vocabulary"),
    Reference("certification_tracks[].renewal.steps[].supervision_rules[]", "supervision_rules", "a supervision rule"),
    Reference("certification_tracks[].renewal.steps[].checklist", "checklists", "a checklist"),
    Reference("certification_tracks[].steps[].training_event", "training_events", "a training event"),
    Reference("certification_tracks[].steps[].checklist", "checklists", "a checklist"),
    Reference("certification_tracks[].steps[].supervision_rule", "supervision_rules", "a supervision rule"),
    Reference("certification_tracks[].steps[].protocol", "reliability_protocols", "a reliability protocol"),
    Reference("reliability_protocols[].checklist", "checklists", "a checklist"),
    Reference("activities[].checklist", "checklists", "a checklist"),
    Reference("checklists[].scale", "scales", "a scale"),
    Reference("checklists[].kind", "vocabulary.checklist_kinds", "a checklist kind of the vocabulary"),
    Reference("goals.status_values[]", "vocabulary.statuses", "a status of the vocabulary"),
    Reference("competence_plan.status_values[]", "vocabulary.statuses", "a status of the vocabulary"),
    Reference("goals.review_at_step", "agenda.steps", "a step of the agenda"),
    Reference("goals.set_at_step", "agenda.steps", "a step of the agenda"),
    Reference("reports[].period", "vocabulary.periods", "a period of the vocabulary"),
    Reference("modules[].areas[]", "learning_outcomes.areas", "an area of learning_outcomes"),
]


def broken_references(data: Any) -> Iterator[tuple[Place, str]]:
    """Each name that leads nowhere, with a sentence that says which names there are."""
    for reference in REFERENCES:
        names = [*reference.also, *keys(data, reference.target)]
        for place, value in places(data, reference.source):
            if isinstance(value, str) and value not in names:
                known = ", ".join(name for name in names if name)
                yield (
                    place,
                    f"“{value}” is not {reference.what} of this pack; write one of: {known or '(there are none)'}.",
                )
    for place, value in places(data, "checklists[].weights_from"):
        if isinstance(value, str):
            yield from _weightless(data, place, value)


def _weightless(data: Any, place: Place, part: str) -> Iterator[tuple[Place, str]]:
    """Weights that a checklist cannot take: from no part with weighted areas, or for a section that it does not have.

    A section without a weight is shown for itself and is not in the figure of all.
    """
    weighted = [key for key, area in _areas(data, part) if "weight" in area]
    if not weighted:
        yield (
            place,
            f"“{part}” is no part of this pack whose areas have weights; write one, such as learning_outcomes.",
        )
        return
    sections = keys(data["checklists"][place[1]], "sections")
    for area in weighted:
        if area not in sections:
            yield place, f"“{area}” of {part} has a weight and no section of this checklist; name a section after it."


def _areas(data: Any, part: str) -> list[tuple[str, Any]]:
    return [
        (str(area["key"]), area)
        for _place, area in places(data, f"{part}.areas[]")
        if isinstance(area, dict) and "key" in area
    ]
