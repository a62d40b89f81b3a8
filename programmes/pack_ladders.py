"""Rules of a pack's ladders: what a step asks beside its number must be something that can be counted there."""

from collections.abc import Iterator
from typing import Any

from programmes.pack_paths import Place, places

#: Units of a form that counts as one: a step with another unit is decided, and its raters would never be looked at.
FORM_UNITS = ("form", "checklist")
SESSION_SUBJECTS = ("supervision_session", "session", "coach")
Finding = tuple[Place, str]


def broken_ladders(data: Any) -> Iterator[Finding]:
    """Each broken rule as a place and a sentence."""
    for place, step in places(data, "certification_tracks[].steps[]"):
        if isinstance(step, dict):
            for rule in (_months, _days, _forms_of_sessions, _raters, _open_points, _leaders):
                yield from (((*place, *where), sentence) for where, sentence in rule(step, data))
    for place, step in places(data, "certification_tracks[].renewal.steps[]"):
        if isinstance(step, dict):
            yield from (((*place, *where), sentence) for where, sentence in _renewal(step))


def _one(data: Any, part: str, key: Any) -> dict[str, Any]:
    """The entry of a list of the pack with this key; empty where there is none."""
    rows = [row for _, row in places(data, f"{part}[]") if isinstance(row, dict) and isinstance(key, str)]
    return next((row for row in rows if row.get("key") == key), {})


def _months(step: dict[str, Any], data: Any) -> Iterator[Finding]:
    months, count = step.get("different_months"), step.get("count")
    if months is None:
        return
    if "supervision_rule" not in step or step.get("unit") != "session":
        yield ("different_months",), "Months are told apart for sessions only; name the supervision_rule that counts."
    elif isinstance(months, int) and isinstance(count, int) and months > count:
        yield ("different_months",), f"{count} sessions cannot lie in {months} months; write {count} or fewer."


def _days(step: dict[str, Any], data: Any) -> Iterator[Finding]:
    days, count = step.get("different_days"), step.get("count")
    if days is None:
        return
    if "checklist" not in step or step.get("unit") not in FORM_UNITS:
        yield ("different_days",), "Days are told apart for a checklist in the unit form or checklist; name one."
    elif isinstance(days, int) and isinstance(count, int) and days > count:
        yield ("different_days",), f"{count} forms cannot be of {days} days; write {count} or fewer."


def _forms_of_sessions(step: dict[str, Any], data: Any) -> Iterator[Finding]:
    if not step.get("each_with_checklist"):
        return
    if "supervision_rule" not in step or "checklist" not in step:
        yield (
            ("each_with_checklist",),
            "Each session has its form only where supervision_rule and checklist are named.",
        )
        return
    checklist = _one(data, "checklists", step["checklist"])
    if checklist and checklist.get("about") not in SESSION_SUBJECTS:
        yield ("checklist",), f"“{step['checklist']}” is not about a session; name a checklist that is."
    if checklist.get("anonymous") is True:
        yield ("checklist",), f"“{step['checklist']}” is anonymous, so nobody can tell for which session it was."


def _raters(step: dict[str, Any], data: Any) -> Iterator[Finding]:
    raters = step.get("raters")
    if not isinstance(raters, list):
        return
    if "checklist" not in step or step.get("unit") not in FORM_UNITS:
        yield ("raters",), "Raters are counted for a checklist in the unit form or checklist; name one."
        return
    checklist = _one(data, "checklists", step["checklist"])
    allowed = checklist.get("allows_raters")
    for index, rater in enumerate(raters):
        part = rater.get("part") if isinstance(rater, dict) else None
        if part in [one.get("part") for one in raters[:index] if isinstance(one, dict)]:
            yield ("raters", index, "part"), f"“{part}” stands twice among the raters; add up their counts."
        elif part in ("self", "co_leader") and isinstance(allowed, list) and part not in allowed:
            yield (
                ("raters", index, "part"),
                f"“{part}” does not fill in “{step['checklist']}”; its allows_raters leaves that part out.",
            )


def _open_points(step: dict[str, Any], data: Any) -> Iterator[Finding]:
    if step.get("no_open_points") and ("checklist" not in step or step.get("unit") not in FORM_UNITS):
        yield ("no_open_points",), "Only a checklist in the unit form or checklist has points; name one."


def _leaders(step: dict[str, Any], data: Any) -> Iterator[Finding]:
    leaders = step.get("led_by")
    if not isinstance(leaders, list):
        return
    event = _one(data, "training_events", step.get("training_event"))
    if not event:
        yield ("led_by",), "Only a training has a leader; name its training_event."
        return
    for index, role in enumerate(leaders):
        if isinstance(role, str) and role not in (event.get("led_by") or []):
            yield ("led_by", index), f"“{role}” does not lead “{event['key']}”; name one of its led_by."


def _renewal(step: dict[str, Any]) -> Iterator[Finding]:
    if ("supervision_rules" in step) != ("seat" in step):
        yield ("seat",), "Sessions are counted by rule and seat; give both supervision_rules and seat, or neither."
    if "supervision_rules" in step and step.get("unit") not in ("session", "hour"):
        yield ("unit",), "Sessions are counted in the unit session or hour; write one of them."
