"""Lists of evaluations: those about me, those I gave, those about somebody else; what is done in a branch."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from checklists.models import ChecklistVersion, Evaluation
from checklists.readers.sheet import sheets
from checklists.readers.together import Key, key_of, ratings_of
from checklists.sight import Rating
from common.list_query import Filter, ListQuery, Option, Order
from common.lists import KeysetPage
from common.search import words_in
from common.texts import for_reader
from programmes.leaving import shut_to
from programmes.models import Membership, Programme

State = Evaluation.State
ORDERS = {
    "latest": Order(_("Latest first"), ("-seen_on", "-id")),
    "earliest": Order(_("Earliest first"), ("seen_on", "id")),
}
_ROW = (
    "version__checklist__programme",
    "person",
    "rater",
    "organisation",
    "programme",
    "group",
    "meeting__group__programme",
)


@dataclass(frozen=True)
class Row:
    """One evaluation of a list, with all that was sent in about the same thing."""

    evaluation: Evaluation
    together: list[Rating]

    @property
    def key(self) -> Key:
        """What it is compared by."""
        return key_of(self.evaluation)


def filters(checklists: list[ChecklistVersion]) -> dict[str, Filter]:
    """The filter by checklist, for these."""
    options = {"all": Option(_("all checklists"))}
    for version in checklists:
        words = for_reader(version.names, version.checklist.programme.language)
        options[str(version.checklist_id)] = Option(words, Q(version__checklist_id=version.checklist_id))
    return {"checklist": Filter(_("Checklist"), options)}


def latest_versions(evaluations: QuerySet[Evaluation]) -> list[ChecklistVersion]:
    """The newest version of each checklist that occurs, for the filter. One query."""
    versions = ChecklistVersion.objects.filter(checklist__in=evaluations.values("version__checklist_id"))
    found = {}
    for version in versions.select_related("checklist__programme").order_by("checklist__programme_id", "number"):
        found[version.checklist_id] = version
    return sorted(found.values(), key=lambda one: (one.checklist.programme_id, one.checklist.order))


def about(person: User, programme: Programme | None = None) -> QuerySet[Evaluation]:
    """What was sent in about the person; of what needs the rater's consent, nobody is told before it is shared."""
    found = Evaluation.objects.filter(person=person, state=State.SUBMITTED, rater__isnull=False).filter(
        Q(version__source__shared_with__isnull=True) | Q(shared_at__isnull=False)
    )
    return found.filter(version__checklist__programme=programme) if programme else found


def about_oneself(person: User) -> QuerySet[Evaluation]:
    """The same for the one it is about: nothing of programmes that they left more than a year ago."""
    return about(person).exclude(version__checklist__programme__in=shut_to(person))


def given_by(person: User) -> QuerySet[Evaluation]:
    """What the person has sent in, about oneself and others."""
    return Evaluation.objects.filter(rated_while_here(person), state=State.SUBMITTED)


def rated_while_here(rater: User) -> Q:
    """What somebody rated: about oneself until a year after one has left, about others while one has a role in the
    programme."""
    here = Membership.objects.active(timezone.localdate()).filter(person=rater).values("role__programme_id")
    own = Q(person=rater) & ~Q(version__checklist__programme__in=shut_to(rater))
    return Q(rater=rater) & (own | Q(version__checklist__programme__in=here))


def page_of(
    evaluations: QuerySet[Evaluation], query: ListQuery, searched: Literal["person", "rater"]
) -> KeysetPage[Row]:
    """A page of rows, each with its ratings together; the search is for the name of `searched`. Two queries."""
    found = evaluations.filter(words_in(query.q, f"{searched}__search_name")) if query.q else evaluations
    page = query.page(found.select_related(*_ROW))
    together = ratings_of(page.rows)
    rows = [Row(evaluation, together.get(key_of(evaluation), [])) for evaluation in page]
    return KeysetPage(rows=rows, next=page.next, previous=page.previous)


def done_in(programme: Programme, paths: tuple[str, ...]) -> QuerySet[Evaluation]:
    """What was sent in about people, organisations and the programme in these branches: that it is done."""
    inside = Q(pk__in=[])
    organisations = Q(pk__in=[])
    for path in paths:
        inside |= Q(organisation__path__startswith=path)
        organisations |= Q(organisation__path__startswith=path)
    people = Membership.objects.open().filter(inside, role__programme=programme)
    return Evaluation.objects.filter(
        Q(person_id__in=people.values("person_id")) | organisations | Q(programme=programme),
        version__checklist__programme=programme,
        state=State.SUBMITTED,
        rater__isnull=False,
    )


def can_be_compared(row: Row) -> bool:
    """Whether there is one by the person and one by somebody else."""
    parts = {rating.part for rating in row.together}
    return Evaluation.Part.SELF in parts and len(parts) > 1


def verdicts(evaluations: list[Evaluation]) -> dict[int, bool]:
    """Whether each passes, for those whose instrument has a pass rule. Two queries, none where there is none."""
    ruled = [one for one in evaluations if one.version.source.get("pass_rule")]
    if not ruled:
        return {}
    return {one.evaluation.pk: one.verdict.passed for one in sheets(ruled) if one.verdict is not None}
