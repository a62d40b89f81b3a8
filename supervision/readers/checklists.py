"""The checklists that were looked at in a session, with their scores for whoever may read them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils import timezone

from accounts.models import User
from checklists.models import Evaluation
from checklists.policies import READS_BACK
from checklists.raters import raters_of
from checklists.readers.sheet import RELATED, sheets
from checklists.readers.together import Key, key_of, ratings_of
from checklists.sight import Rating, both_in
from checklists.wording import part_words, whole_words
from coaches.models import Placement
from supervision.models import SupervisionSession


@dataclass(frozen=True)
class LookedAt:
    """One checklist: the evaluation, whose rating it is, and its score in words."""

    evaluation: Evaluation
    part: str
    score: str


def both_are_in(evaluation: Evaluation, together: Mapping[Key, list[Rating]]) -> bool:
    """Whether the person's own rating and another's are in, so that both may read both."""
    ratings = together.get(key_of(evaluation), [])
    return both_in(ratings, oneself=raters_of(evaluation.version).oneself)


def looked_at(session: SupervisionSession, reader: User) -> list[LookedAt]:
    """Those that `reader` may open: own ratings, and once both are in those about oneself or about whom one has a
    place with. At most five queries; where in doubt one is left out, its own page knows every right."""
    if session.state != SupervisionSession.State.FINISHED:
        return []
    links = session.evaluations.select_related(*(f"evaluation__{name}" for name in RELATED))
    found = [link.evaluation for link in links.order_by("evaluation__person__sort_name", "evaluation_id")]
    if not found:
        return []
    together, mine = ratings_of(found), _coached_by(reader, session)
    since = timezone.localdate() - READS_BACK

    def may_open(one: Evaluation) -> bool:
        if one.rater_id == reader.pk:
            return True
        if not both_are_in(one, together):
            return False
        coached = one.person_id in mine and one.seen_on >= since and not one.version.source.get("blind")
        return one.person_id == reader.pk or coached

    return [
        LookedAt(one.evaluation, part_words(one.evaluation.part), whole_words(one.whole))
        for one in sheets([one for one in found if may_open(one)])
    ]


def _coached_by(reader: User, session: SupervisionSession) -> set[int]:
    """Those with whom `reader` has a place as their coach. One query."""
    placements = (
        Placement.objects.in_force(timezone.localdate())
        .standing()
        .filter(coach=reader, programme=session.programme_id, covers__isnull=True)
    )
    return set(placements.values_list("supervisee_id", flat=True))
