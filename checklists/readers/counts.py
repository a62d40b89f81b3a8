"""What higher apps count: evaluations that were sent in. They read figures here, never answers."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from accounts.models import User
from checklists.models import Evaluation
from checklists.readers.sheet import RELATED, sheets
from checklists.scoring import Score, Verdict
from programmes.models import Organisation


@dataclass(frozen=True)
class Submitted:
    """One that was sent in: the rater's part, the day seen, the thing (`meeting:12`), the score of the whole."""

    pk: int
    part: str
    seen_on: dt.date
    thing: str
    group_id: int | None
    rater_id: int | None
    score: Score
    verdict: Verdict | None


def submitted(about: User | Organisation, checklist_id: int) -> list[Submitted]:
    """Everything that was sent in about a person or an organisation with one instrument, earliest first.

    All its versions count, anonymous answers do not. Three queries.
    """
    wanted = {"person": about} if isinstance(about, User) else {"organisation": about}
    found = (
        Evaluation.objects.filter(
            **wanted, version__checklist_id=checklist_id, state=Evaluation.State.SUBMITTED, rater__isnull=False
        )
        .select_related(*RELATED)
        .order_by("seen_on", "pk")
    )
    return [
        Submitted(
            pk=one.evaluation.pk,
            part=one.evaluation.part,
            seen_on=one.evaluation.seen_on,
            thing=one.evaluation.thing,
            group_id=one.evaluation.group_id or (one.evaluation.meeting.group_id if one.evaluation.meeting else None),
            rater_id=one.evaluation.rater_id,
            score=one.whole,
            verdict=one.verdict,
        )
        for one in sheets(found)
    ]


def evaluations_since(person: User, since: dt.date) -> list[Evaluation]:
    """What was sent in about the person since a day (included), latest first: that there is something to look at.

    For the step of a session that takes up checklists. The names and days may be shown to whoever is in the session;
    what is in them opens on the checklist's own page, by its own rules. One query.
    """
    found = Evaluation.objects.filter(
        person=person, state=Evaluation.State.SUBMITTED, rater__isnull=False, seen_on__gte=since
    )
    return list(found.select_related("version__checklist__programme", "rater").order_by("-seen_on", "-pk")[:50])
