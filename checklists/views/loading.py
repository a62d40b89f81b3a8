"""Loading evaluations for this person: what may not be read is not there."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from accounts.models import User
from accounts.signed_in import user
from checklists import policies
from checklists.models import Checklist, ChecklistVersion, Evaluation
from checklists.readers.lists import rated_while_here
from checklists.readers.sheet import RELATED
from checklists.readers.together import Key, key_of, ratings_of
from checklists.sight import Rating


def version_to_fill(request: HttpRequest, pk: int) -> ChecklistVersion:
    """A published version that one of the viewer's roles fills in; 404 for every other."""
    version = get_object_or_404(ChecklistVersion.objects.select_related("checklist__programme", "scale"), pk=pk)
    if not policies.may_use(version, policies.roles_in(user(request), version.checklist.programme)):
        raise Http404
    return version


def own_evaluation(request: HttpRequest, pk: int) -> Evaluation:
    """An evaluation that the viewer fills in or has filled in; 404 for everybody else's."""
    mine = Evaluation.objects.filter(rated_while_here(user(request))).select_related(*RELATED)
    return get_object_or_404(mine, pk=pk)


def evaluation_in_sight(
    request: HttpRequest, pk: int, beside: Callable[[Evaluation], QuerySet[Evaluation] | None]
) -> tuple[Evaluation, list[Evaluation], list[Evaluation]]:
    """An evaluation that the viewer may read now, 404 for every other; what `beside` finds to lay beside it; and those
    of them that the viewer may read."""
    found = get_object_or_404(Evaluation.objects.select_related(*RELATED), pk=pk)
    rows = beside(found)
    others = list(rows) if rows is not None else []
    open_ones = readable(user(request), found.person, [found, *others])
    if found not in open_ones:
        raise Http404
    return found, others, [one for one in others if one in open_ones]


def readable(
    viewer: User,
    person: User | None,
    evaluations: list[Evaluation],
    together: Mapping[Key, list[Rating]] | None = None,
    reader: policies.Reader | None = None,
) -> list[Evaluation]:
    """Those of a person's evaluations that the viewer may read. About an organisation or a programme: one's own.

    `together` are the ratings that belong with them, and `reader` is what the viewer is to the person in the programme
    of them all, where these are at hand.
    """
    if person is None:
        return _own(viewer, evaluations)
    if all(one.rater_id == viewer.pk for one in evaluations):
        return _own(viewer, evaluations)
    together = ratings_of(evaluations) if together is None else together
    readers = {reader.programme.pk: reader} if reader else {}
    found = []
    for one in evaluations:
        programme = one.version.checklist.programme
        if programme.pk not in readers:
            readers[programme.pk] = policies.reader_of(viewer, person, programme)
        if policies.may_read(readers[programme.pk], one, together.get(key_of(one), [])):
            found.append(one)
    return found


def _own(rater: User, evaluations: list[Evaluation]) -> list[Evaluation]:
    """Those that the person rated and still reads: with a role, or about oneself. One query, none for none."""
    wanted = [one.pk for one in evaluations if one.rater_id == rater.pk]
    if not wanted:
        return []
    kept = set(Evaluation.objects.filter(rated_while_here(rater), pk__in=wanted).values_list("pk", flat=True))
    return [one for one in evaluations if one.pk in kept]


def about_person(person: User, checklist: Checklist) -> QuerySet[Evaluation]:
    """Everything that was sent in about the person with this instrument, earliest first."""
    return (
        Evaluation.objects.filter(
            person=person, version__checklist=checklist, state=Evaluation.State.SUBMITTED, rater__isnull=False
        )
        .select_related(*RELATED)
        .order_by("seen_on", "pk")
    )
