"""Lists: what waits for me, what is about me, what I gave; about one of mine; what is done; averages."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.models import User
from accounts.signed_in import user
from checklists import policies
from checklists.readers import figures, home
from checklists.readers import lists as reader
from checklists.views.loading import readable
from common.list_query import read_list_query
from programmes.models import Programme, ProgrammeRole
from programmes.rights import Sight, Thing, may_see
from programmes.views.access import hats as hats_worn

RoleKind = ProgrammeRole.Kind


@login_required
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """What waits for me to fill in, and where the rest is."""
    hats = [hat for hat in hats_worn(request) if hat.role.kind in (RoleKind.COORDINATOR, RoleKind.OBSERVER)]
    branches = {(hat.programme.pk, hat.role.kind): (hat, hat.role.kind == RoleKind.COORDINATOR) for hat in hats}
    context = {"waiting": home.waiting(user(request)), "tab": "waiting", "branches": list(branches.values())}
    return render(request, "checklists/index.html", context)


@login_required
@require_safe
def about_me(request: HttpRequest) -> HttpResponse:
    """Evaluations about me: to be read once both are in."""
    return _listed(request, "about_me", reader.about_oneself(user(request)), person=user(request))


@login_required
@require_safe
def given(request: HttpRequest) -> HttpResponse:
    """What I have sent in."""
    return _listed(request, "given", reader.given_by(user(request)))


@login_required
@require_safe
def about_person(request: HttpRequest, programme_pk: int, pk: int) -> HttpResponse:
    """Evaluations about somebody whom I supervise, as far as I may read them."""
    programme = get_object_or_404(Programme, pk=programme_pk)
    person = get_object_or_404(User.objects.known(), pk=pk)
    known = policies.reader_of(user(request), person, programme)
    enough = (Sight.BOTH_IN, Sight.OWN_THEN_BOTH, Sight.OWN_RATINGS, Sight.STEP_NAMES)
    if not may_see(Thing.EVALUATION, known.relations, *enough):
        raise Http404
    evaluations = reader.about(person, programme)
    if not may_see(Thing.EVALUATION, known.relations, Sight.BOTH_IN, Sight.OWN_THEN_BOTH):
        # An earlier coach and who decides a step learn of none but those that they may read.
        evaluations = evaluations.filter(Q(rater=user(request)) | Q(version__checklist__key__in=known.named))
    return _listed(request, "person", evaluations, known, person=person, programme=programme)


def _listed(
    request: HttpRequest, tab: str, evaluations: Any, known: policies.Reader | None = None, **context: Any
) -> HttpResponse:
    filters = reader.filters(reader.latest_versions(evaluations))
    query = read_list_query(request.GET, orders=reader.ORDERS, filters=filters)
    searched = "person" if tab == "given" else "rater"
    page = reader.page_of(evaluations, query, searched)
    person = context.get("person")
    if person is not None:
        together = {row.key: row.together for row in page}
        found = readable(user(request), person, [row.evaluation for row in page], together, known)
        seen = {one.pk for one in found}
    else:
        seen = {row.evaluation.pk for row in page}
    rows = [(row, row.evaluation.pk in seen, reader.can_be_compared(row)) for row in page]
    context |= {"tab": tab, "query": query, "page": page, "rows": rows}
    return render(request, "checklists/list.html", context)


def _branches(request: HttpRequest, programme_pk: int, kind: str) -> tuple[Programme, tuple[str, ...]]:
    """The programme and the branches in which the viewer holds a role of the kind there; 404 for everybody else."""
    held = [hat for hat in hats_worn(request) if hat.programme.pk == programme_pk and hat.role.kind == kind]
    if not held:
        raise Http404
    return held[0].programme, tuple(path for hat in held for path in hat.paths)


@login_required
@require_safe
def done(request: HttpRequest, programme_pk: int) -> HttpResponse:
    """For a coordinator: that evaluations are done, by whom and when, never what they say."""
    programme, paths = _branches(request, programme_pk, RoleKind.COORDINATOR)
    evaluations = reader.done_in(programme, paths).exclude(person=user(request))
    query = read_list_query(
        request.GET, orders=reader.ORDERS, filters=reader.filters(reader.latest_versions(evaluations))
    )
    page = reader.page_of(evaluations, query, "person")
    verdicts = reader.verdicts([row.evaluation for row in page])
    rows = [(row.evaluation, verdicts.get(row.evaluation.pk)) for row in page]
    context = {"programme": programme, "query": query, "page": page, "rows": rows}
    return render(request, "checklists/done.html", context)


@login_required
@require_safe
def averages(request: HttpRequest, programme_pk: int) -> HttpResponse:
    """For an observer: averages of the own branch, masked where they are about fewer than five people."""
    programme, paths = _branches(request, programme_pk, RoleKind.OBSERVER)
    found = figures.averages(programme, paths)
    return render(request, "checklists/averages.html", {"programme": programme, "averages": found})
