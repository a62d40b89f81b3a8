"""Loading evaluations for this person: what may not be read is not there."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from accounts.models import User
from checklists import policies
from checklists.models import Checklist, ChecklistVersion, Evaluation
from checklists.named import named_by_steps
from checklists.readers.sheet import RELATED
from checklists.readers.together import Key, key_of, ratings_of
from checklists.sight import Rating
from programmes.rights import Relation
from programmes.views.access import user


def version_to_fill(request: HttpRequest, pk: int) -> ChecklistVersion:
    """A published version that one of the viewer's roles fills in; 404 for every other."""
    version = get_object_or_404(ChecklistVersion.objects.select_related("checklist__programme", "scale"), pk=pk)
    if not policies.may_use(version, policies.roles_in(user(request), version.checklist.programme)):
        raise Http404
    return version


def own_evaluation(request: HttpRequest, pk: int) -> Evaluation:
    """An evaluation that the viewer fills in or has filled in; 404 for everybody else's."""
    return get_object_or_404(Evaluation.objects.select_related(*RELATED), pk=pk, rater=user(request))


def readable_evaluation(request: HttpRequest, pk: int) -> Evaluation:
    """An evaluation that the viewer may read now; 404 for every other."""
    found = get_object_or_404(Evaluation.objects.select_related(*RELATED), pk=pk)
    if not readable(user(request), found.person, [found]):
        raise Http404
    return found


def readable(
    viewer: User,
    person: User | None,
    evaluations: list[Evaluation],
    together: Mapping[Key, list[Rating]] | None = None,
) -> list[Evaluation]:
    """Those of a person's evaluations that the viewer may read. About an organisation or a programme: one's own.

    `together` are the ratings that belong with them, where they are at hand.
    """
    if person is None:
        return [one for one in evaluations if one.rater_id == viewer.pk]
    if all(one.rater_id == viewer.pk for one in evaluations):
        return evaluations
    together = ratings_of(evaluations) if together is None else together
    readers: dict[int, tuple[policies.Reader, frozenset[str]]] = {}
    found = []
    for one in evaluations:
        programme = one.version.checklist.programme
        if programme.pk not in readers:
            reader = policies.reader_of(viewer, person, programme)
            decides = Relation.DECIDES_STEP in reader.relations
            readers[programme.pk] = reader, named_by_steps(viewer, person, programme) if decides else frozenset()
        reader, named = readers[programme.pk]
        if policies.may_read(reader, one, together.get(key_of(one), []), named):
            found.append(one)
    return found


def about_person(person: User, checklist: Checklist) -> QuerySet[Evaluation]:
    """Everything that was sent in about the person with this instrument, earliest first."""
    return (
        Evaluation.objects.filter(
            person=person, version__checklist=checklist, state=Evaluation.State.SUBMITTED, rater__isnull=False
        )
        .select_related(*RELATED)
        .order_by("seen_on", "pk")
    )
