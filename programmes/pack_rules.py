"""Rules of a pack that go across its parts: keys once, minutes that add up, what must be kept how long."""

from collections.abc import Iterator
from typing import Any

from programmes.pack_ladders import broken_ladders
from programmes.pack_paths import Place, keys, places

#: Every programme keeps these, so each needs a row that says for how long.
RETENTION_ROWS = ("session_fact", "notes", "goals", "feedback", "evaluation")
#: Kinds that nobody holds by a membership: an office outside, and a certificate.
KINDS_WITHOUT_ROW = ("outside", "status")


def broken_rules(data: Any) -> Iterator[tuple[Place, str]]:
    """Each broken rule as a place and a sentence."""
    for rule in (_keys_once, _items_once, _orders, _minutes, _retention, _role_rows, _people, _outside, _scales):
        yield from rule(data)
    yield from broken_ladders(data)


def _keys_once(value: Any, path: Place = ()) -> Iterator[tuple[Place, str]]:
    """In any list of things with a key, each key stands once."""
    if isinstance(value, dict):
        for name, child in value.items():
            yield from _keys_once(child, (*path, name))
    elif isinstance(value, list):
        seen: dict[str, int] = {}
        for index, child in enumerate(value):
            key = child.get("key") if isinstance(child, dict) else None
            if isinstance(key, str) and key in seen:
                yield (
                    (*path, index, "key"),
                    f"The key “{key}” is taken by entry {seen[key]} of this list; choose another.",
                )
            elif isinstance(key, str):
                seen[key] = index
            yield from _keys_once(child, (*path, index))


def _items_once(data: Any) -> Iterator[tuple[Place, str]]:
    """An item, a number and a text of one checklist may not share a key: answers hang on it over the versions."""
    for where, checklist in places(data, "checklists[]"):
        seen: dict[str, Place] = {}
        for pattern in ("sections[].items[].key", "numeric_fields[].key", "text_fields[].key"):
            for place, key in places(checklist, pattern):
                if not isinstance(key, str):
                    continue
                if key in seen and place[:-2] != seen[key][:-2]:
                    yield (
                        (*where, *place),
                        f"The key “{key}” already stands elsewhere in this checklist; choose another.",
                    )
                seen.setdefault(key, place)


def _orders(data: Any) -> Iterator[tuple[Place, str]]:
    for pattern in ("agenda.steps", "supervision_rules[].agenda.steps", "certification_tracks[].steps"):
        for where, steps in places(data, pattern):
            for index, order in places(steps, "[].order"):
                if order != int(index[0]) + 1:
                    yield (
                        (*where, *index),
                        f"The step stands as number {int(index[0]) + 1} but its order is {order}; make them agree.",
                    )


def _minutes(data: Any) -> Iterator[tuple[Place, str]]:
    for pattern in ("agenda", "supervision_rules[].agenda"):
        for where, agenda in places(data, pattern):
            minutes = [value for _, value in places(agenda, "steps[].minutes")]
            total = agenda.get("total_minutes") if isinstance(agenda, dict) else None
            if isinstance(total, int) and all(isinstance(value, int) for value in minutes) and sum(minutes) != total:
                yield (
                    (*where, "total_minutes"),
                    f"The steps take {sum(minutes)} minutes together, but the total says {total}; make them agree.",
                )


def _retention(data: Any) -> Iterator[tuple[Place, str]]:
    there = keys(data, "retention")
    for key in RETENTION_ROWS:
        if key not in there:
            yield ("retention",), f"There is no row “{key}”; add one that says when it is deleted."


def _kinds(data: Any) -> dict[str, str]:
    """The kind of each role, by its key."""
    pairs = [(role.get("key"), role.get("kind")) for _, role in places(data, "roles[]") if isinstance(role, dict)]
    return {key: kind for key, kind in pairs if isinstance(key, str) and isinstance(kind, str)}


def _role_rows(data: Any) -> Iterator[tuple[Place, str]]:
    kinds = _kinds(data)
    if "coordinator" not in kinds.values():
        yield ("roles",), "No role is of kind coordinator; add one, since somebody must answer for the network."
    for place, role in places(data, "roles[]"):
        if isinstance(role, dict) and role.get("kind") == "status" and "is_status_of" not in role:
            yield (*place, "is_status_of"), "A role of kind status needs is_status_of, the role that is held with it."
    for name in ("supervisor_role", "co_lead_roles[]", "observer_role"):
        for place, value in places(data, f"supervision_rules[].{name}"):
            if isinstance(value, str) and kinds.get(value) in KINDS_WITHOUT_ROW:
                yield (
                    place,
                    f"“{value}” is of kind {kinds[value]}, which nobody signs in with; name a role that people hold.",
                )
    for place, value in places(data, "supervision_rules[].supervisee_roles[]"):
        if isinstance(value, str) and kinds.get(value) == "outside":
            yield place, f"“{value}” is of kind outside, which nobody signs in with; name a role that people hold."


def _people(data: Any) -> Iterator[tuple[Place, str]]:
    rules = [rule for _, rule in places(data, "supervision_rules[]") if isinstance(rule, dict)]
    own = [rule.get("key") for rule in rules if rule.get("placement") == "own"]
    for place, rule in places(data, "supervision_rules[]"):
        if not isinstance(rule, dict):
            continue
        least, most = rule.get("min_supervisees"), rule.get("max_supervisees")
        if isinstance(least, int) and isinstance(most, int) and least > most:
            yield (*place, "min_supervisees"), f"{least} is more than max_supervisees, {most}; write {most} or fewer."
        placement = rule.get("placement")
        if placement == "own" and "caseload_max" not in rule:
            yield (
                (*place, "caseload_max"),
                "A rule with places of its own needs caseload_max, how many one supervisor can have.",
            )
        if placement in keys(data, "supervision_rules") and placement not in own:
            yield (*place, "placement"), f"“{placement}” has no places of its own; name a rule whose placement is own."


def _outside(data: Any) -> Iterator[tuple[Place, str]]:
    """What is decided outside is written down by somebody inside."""
    kinds = _kinds(data)
    for place, track in places(data, "certification_tracks[]"):
        if not isinstance(track, dict):
            continue
        deciders = [track.get("decided_by"), *(role for _, role in places(track, "steps[].approver_role"))]
        outside = [role for role in deciders if isinstance(role, str) and kinds.get(role) == "outside"]
        if outside and "recorded_by" not in track:
            yield (
                (*place, "recorded_by"),
                f"“{outside[0]}” decides from outside; name in recorded_by the role that writes it down.",
            )
        if kinds.get(str(track.get("recorded_by"))) in KINDS_WITHOUT_ROW:
            yield (*place, "recorded_by"), f"“{track['recorded_by']}” does not sign in; name a role that people hold."


def _scales(data: Any) -> Iterator[tuple[Place, str]]:
    for place, scale in places(data, "scales[]"):
        seen: list[Any] = []
        for option, value in places(scale, "options[].value"):
            if value in seen:
                yield (*place, *option), f"The value {value} stands twice in this scale; give each option its own."
            seen.append(value)
        if isinstance(scale, dict) and scale.get("allow_na") is True and "na_names" not in scale:
            yield (*place, "na_names"), "The scale allows “not applicable”; add na_names, the words for it."
