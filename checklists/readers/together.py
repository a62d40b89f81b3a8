"""What belongs together: all that was sent in about the same person and thing with the same instrument. One query."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Q

from checklists.models import Evaluation
from checklists.sight import Rating

#: Checklist, person, thing: any version of the instrument counts.
Key = tuple[int, int, str]


def key_of(evaluation: Evaluation) -> Key:
    """What an evaluation about a person is compared by."""
    return evaluation.version.checklist_id, evaluation.person_id or 0, evaluation.thing


def ratings_of(evaluations: Iterable[Evaluation]) -> dict[Key, list[Rating]]:
    """The ratings that were sent in beside each of these, with them. One query, none for none."""
    wanted = Q(pk__in=[])
    for evaluation in evaluations:
        if evaluation.person_id:
            checklist, person, thing = key_of(evaluation)
            wanted |= Q(version__checklist_id=checklist, person_id=person, thing=thing)
    found: dict[Key, list[Rating]] = defaultdict(list)
    rows = Evaluation.objects.filter(wanted, state=Evaluation.State.SUBMITTED)
    fields = ("version__checklist_id", "person_id", "thing", "rater_id", "part")
    for checklist_id, person_id, thing, rater_id, part in rows.values_list(*fields):
        found[checklist_id, person_id or 0, thing].append(Rating(rater_id, part))
    return found
