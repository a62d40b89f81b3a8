"""Who reads an evaluation about a person, and from when: the row "evaluation" of the rights table, for one instrument.

One table for the sentence on the page; a test asks `policies.may_read` the same questions and compares.
"""

from __future__ import annotations

from enum import StrEnum

from checklists.models import Checklist, ChecklistVersion
from checklists.raters import asks_consent, is_compared, raters_of
from programmes.rights import TABLE, Relation, Sight, Thing


class When(StrEnum):
    """From when somebody reads the words and answers."""

    NEVER = "never"
    SHARED = "shared"
    SENT_IN = "sent_in"
    BOTH_IN = "both_in"


#: How the sights of the row open the answers. What is given oneself needs no sentence; the rest are figures.
_OPENS = {
    Sight.BOTH_IN: When.BOTH_IN,
    Sight.OWN_THEN_BOTH: When.BOTH_IN,
    Sight.STEP_NAMES: When.SENT_IN,
    Sight.OWN_RATINGS: When.NEVER,
    Sight.DONE: When.NEVER,
    Sight.AVERAGES: When.NEVER,
}


def opens(version: ChecklistVersion) -> dict[Relation, When]:
    """For each relation to the one rated: from when it opens what another wrote. A new sight is an error."""
    return {relation: _when(version, relation, sight) for relation, sight in TABLE[Thing.EVALUATION].items()}


def _when(version: ChecklistVersion, relation: Relation, sight: Sight) -> When:
    if asks_consent(version):
        return When.SHARED if relation is Relation.SELF else When.NEVER
    when = _OPENS[sight]
    if when is not When.BOTH_IN:
        return when
    allowed = raters_of(version)
    if not allowed.oneself:
        return When.SENT_IN
    return When.BOTH_IN if is_compared(version) else When.NEVER


def shared_by_leaders(version: ChecklistVersion) -> bool:
    """Whether those who lead the group together read it as soon as it is sent in (note 7 of the table)."""
    return version.checklist.kind == Checklist.Kind.CONTENT
