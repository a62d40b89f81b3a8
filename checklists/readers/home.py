"""What waits for somebody to be filled in: own drafts, and the other half of what somebody else has sent in."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from accounts.models import User
from checklists.models import ChecklistVersion, Evaluation
from checklists.raters import raters_of
from checklists.readers.lists import rated_while_here
from checklists.subjects import Choice, Target
from coaches.models import Placement
from common.at_once import read_at_once
from programmes.models import Membership

State = Evaluation.State
Part = Evaluation.Part
MOST = 20


@dataclass(frozen=True)
class Waiting:
    """One thing to fill in. With a `draft` it is begun; else `theirs` was sent in by somebody and asks for mine.

    `about` is the value for the start page's address (`?about=`), empty for a draft.
    """

    version: ChecklistVersion
    draft: Evaluation | None = None
    theirs: Evaluation | None = None
    about: str = ""


def waiting(person: User) -> list[Waiting]:
    """What waits for the person, own drafts first, at most forty. Two queries."""
    here = Membership.objects.active(timezone.localdate()).filter(person=person).values("role__programme_id")
    supervised = (
        Placement.objects.in_force(timezone.localdate())
        .standing()
        .filter(coach=person, covers__isnull=True, programme__in=here)
    )
    about_them = _without_mine(person).filter(person__in=supervised.values("supervisee"), part=Part.SELF)
    rows = read_at_once(
        drafts=Evaluation.objects.filter(rated_while_here(person), state=State.DRAFT)
        .select_related(
            "version__checklist__programme", "person", "organisation", "meeting__group__programme", "group"
        )
        .order_by("-begun_at")[:MOST],
        supervised=supervised.values_list("supervisee_id", "programme_id"),
        about_me=_without_mine(person).filter(person=person).exclude(rater=person)[:MOST],
        about_them=about_them[:MOST],
    )
    begun = [Waiting(draft.version, draft=draft) for draft in rows["drafts"]]
    return begun + _asked_for(person, [*rows["about_me"], *rows["about_them"]], set(rows["supervised"]))


def _asked_for(person: User, sent_in: list[Evaluation], pairs: set[tuple[int, int]]) -> list[Waiting]:
    """Others have rated me and I have not; or one of mine has rated oneself, and I have not."""
    found = [
        theirs
        for theirs in sent_in
        if theirs.person_id == person.pk or (theirs.person_id or 0, theirs.version.checklist.programme_id) in pairs
    ]
    newest = {
        version.checklist_id: version
        for version in ChecklistVersion.objects.filter(
            checklist_id__in={theirs.version.checklist_id for theirs in found},
            state=ChecklistVersion.State.PUBLISHED,
        ).select_related("checklist__programme")
    }
    return [
        Waiting(version, theirs=theirs, about=_about(theirs))
        for theirs in found
        if (version := newest.get(theirs.version.checklist_id)) and _asks(person, theirs, version)
    ]


def _without_mine(person: User) -> QuerySet[Evaluation]:
    mine = Evaluation.objects.filter(
        version__checklist=OuterRef("version__checklist"),
        person=OuterRef("person"),
        thing=OuterRef("thing"),
        rater=person,
    )
    return (
        Evaluation.objects.filter(~Exists(mine), state=State.SUBMITTED)
        .select_related("version__checklist__programme", "person", "rater", "meeting__group__programme", "group")
        .order_by("-seen_on", "-pk")
    )


def _asks(person: User, theirs: Evaluation, version: ChecklistVersion) -> bool:
    allowed = raters_of(version)
    if theirs.person_id == person.pk:
        return allowed.oneself
    return bool(allowed.roles) and not allowed.upwards


def _about(theirs: Evaluation) -> str:
    """How the start page names the same thing; a thing that has only a day is found again by the person."""
    thing = "" if theirs.thing.startswith(("person:", "place:")) else theirs.thing
    return Choice(Target.PERSON, theirs.person_id or 0, "", thing).value
