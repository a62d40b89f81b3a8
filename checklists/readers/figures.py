"""What an observer sees of evaluations in the own branch: averages, masked where they are about fewer than five."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction

from checklists.models import ChecklistVersion
from checklists.readers.lists import done_in
from checklists.readers.sheet import RELATED, sheets
from checklists.scoring import Rule, Score
from programmes.models import Programme

#: Figures about fewer people than this are shown to nobody.
FEWEST = 5
#: The latest of each branch's evaluations that are averaged, newest first.
MOST = 500


@dataclass(frozen=True)
class Average:
    """One instrument in a branch. `level` (0–1 of the scale) and `people` are None where fewer than five are rated."""

    version: ChecklistVersion
    people: int | None
    evaluations: int | None
    score: Score | None


def averages(programme: Programme, paths: tuple[str, ...]) -> list[Average]:
    """The average of each instrument about people in the branches: everybody counts once, by their own mean.

    Four queries.
    """
    found = done_in(programme, paths).filter(
        person__isnull=False, version__anonymous=False, version__source__shared_with__isnull=True
    )
    by_checklist: dict[int, dict[int, list[Score]]] = defaultdict(lambda: defaultdict(list))
    versions: dict[int, ChecklistVersion] = {}
    for one in sheets(found.select_related(*RELATED).order_by("-seen_on", "-pk")[:MOST]):
        version = one.evaluation.version
        versions.setdefault(version.checklist_id, version)
        by_checklist[version.checklist_id][one.evaluation.person_id or 0].append(one.whole)
    rows = sorted(versions.values(), key=lambda version: version.checklist.order)
    return [_average(version, by_checklist[version.checklist_id]) for version in rows]


def _average(version: ChecklistVersion, people: dict[int, list[Score]]) -> Average:
    scored = {pk: [one for one in scores if one.value is not None] for pk, scores in people.items()}
    scored = {pk: scores for pk, scores in scored.items() if scores}
    if len(scored) < FEWEST:
        return Average(version, None, None, None)
    means = [
        sum((one.value or Fraction(0) for one in scores), Fraction(0)) / len(scores) for scores in scored.values()
    ]
    sample = next(iter(scored.values()))[0]
    rule = Rule.MEAN if sample.rule is Rule.MEAN else Rule.SUM
    score = Score(rule=rule, value=_mean(means), answered=0, not_applicable=0, of=0, low=sample.low, high=sample.high)
    return Average(version, len(scored), sum(map(len, scored.values())), score)


def _mean(values: list[Fraction]) -> Fraction:
    return sum(values, Fraction(0)) / len(values)
