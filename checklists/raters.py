"""Who rates with an instrument, read from the version: oneself, the co-leader, or others by their roles."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from checklists.models import Checklist, ChecklistVersion, Evaluation
from programmes.models import ProgrammeRole

Part = Evaluation.Part
RoleKind = ProgrammeRole.Kind

#: Instruments by which others are looked at, where the pack does not say who may.
_OF_OTHERS = {
    Checklist.Kind.VIDEO_RATING,
    Checklist.Kind.OBSERVATION,
    Checklist.Kind.SUPERVISEE_EVALUATION,
    Checklist.Kind.PARENT_EVALUATION,
    Checklist.Kind.PARTICIPANT_EVALUATION,
}
#: The part that a kind of role has when it rates somebody else, strongest first.
PARTS: dict[str, str] = {
    RoleKind.MENTOR: Part.MENTOR,
    RoleKind.PEER_COACH: Part.COACH,
    RoleKind.COORDINATOR: Part.COACH,
    RoleKind.OBSERVER: Part.OBSERVER,
    RoleKind.GROUP_LEADER: Part.OBSERVER,
}


@dataclass(frozen=True)
class Raters:
    """Whether one rates oneself, whether the co-leader does, and the keys of roles that rate others.

    `upwards`: the one supervised looks at the one who supervises.
    """

    oneself: bool
    co_leader: bool
    roles: frozenset[str]
    upwards: bool = False


def raters_of(version: ChecklistVersion) -> Raters:
    """Who rates with this version.

    What the pack says in `allows_raters` holds. Where it says nothing: an observation, a video rating or an evaluation
    of the supervision is about somebody else; an instrument whose raters are compared is filled in by all its roles;
    everything else is about oneself.
    """
    kind = version.checklist.kind
    if version.allows_raters:
        said = set(version.allows_raters)
        return Raters("self" in said, "co_leader" in said, frozenset(said - {"self", "co_leader"}))
    filled_by = frozenset(version.filled_by)
    if kind in _OF_OTHERS:
        return Raters(False, False, filled_by, upwards=kind == Checklist.Kind.SUPERVISEE_EVALUATION)
    if version.source.get("compare_raters"):
        return Raters(True, False, filled_by)
    return Raters(True, False, frozenset())


def asks_consent(version: ChecklistVersion) -> bool:
    """Whether the one rated reads it only once the rater agrees (`shared_with`), and nobody else then either."""
    return bool(version.source.get("shared_with"))


def is_compared(version: ChecklistVersion) -> bool:
    """Whether the person's own rating and another's are laid side by side: both can fill it in."""
    allowed = raters_of(version)
    return allowed.oneself and bool(allowed.roles or allowed.co_leader)


def strongest(kinds: Mapping[str, str], keys: frozenset[str]) -> list[str]:
    """The kinds of the roles in `keys` among those held (key to kind), strongest first."""
    held = {kinds[key] for key in keys if key in kinds}
    return [kind for kind in PARTS if kind in held]
