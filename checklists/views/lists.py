"""Lists: what waits for me, what is about me, what I gave; about one of mine; what is done; averages."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.models import User
from checklists import policies
from checklists.readers import figures, home
from checklists.readers import lists as reader
from checklists.views.loading import readable
from common.list_query import read_list_query
from programmes.models import Programme, ProgrammeRole
from programmes.policies import hats_of
from programmes.relations import About, relations
from programmes.rights import Sight, Thing, may_see
from programmes.views.access import user

RoleKind = ProgrammeRole.Kind


@login_required
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """What waits for me to fill in, and where the rest is."""
    hats = [hat for hat in hats_of(user(request)) if hat.role.kind in (RoleKind.COORDINATOR, RoleKind.OBSERVER)]
    branches = {(hat.programme.pk, hat.role.kind): (hat, hat.role.kind == RoleKind.COORDINATOR) for hat in hats}
    context = {"waiting": home.waiting(user(request)), "tab": "waiting", "branches": list(branches.values())}
    return render(request, "checklists/index.html", context)


@login_required
@require_safe
def about_me(request: HttpRequest) -> HttpResponse:
    """Evaluations about me: to be read once both are in."""
    return _listed(request, "about_me", reader.about(user(request)), person=user(request))


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
    found = relations(user(request), About(person, programme))
    if not may_see(Thing.EVALUATION, found, Sight.BOTH_IN, Sight.OWN_THEN_BOTH, Sight.OWN_RATINGS, Sight.STEP_NAMES):
        raise Http404
    evaluations = reader.about(person, programme)
    return _listed(request, "person", evaluations, person=person, programme=programme)


def _listed(request: HttpRequest, tab: str, evaluations: Any, **context: Any) -> HttpResponse:
    filters = reader.filters(reader.latest_versions(evaluations))
    query = read_list_query(request.GET, orders=reader.ORDERS, filters=filters)
    searched = "person" if tab == "given" else "rater"
    page = reader.page_of(evaluations, query, searched)
    person = context.get("person")
    if person is not None:
        together = {row.key: row.together for row in page}
        found = readable(user(request), person, [row.evaluation for row in page], together)
        seen = {one.pk for one in found}
    else:
        seen = {row.evaluation.pk for row in page}
    rows = [(row, row.evaluation.pk in seen, reader.can_be_compared(row)) for row in page]
    context |= {"tab": tab, "query": query, "page": page, "rows": rows}
    return render(request, "checklists/list.html", context)


@login_required
@require_safe
def done(request: HttpRequest, programme_pk: int) -> HttpResponse:
    """For a coordinator: that evaluations are done, by whom and when, never what they say."""
    programme = get_object_or_404(Programme, pk=programme_pk)
    paths = policies.coordinates(user(request), programme)
    if not paths:
        raise Http404
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
    programme = get_object_or_404(Programme, pk=programme_pk)
    paths = policies.observes(user(request), programme)
    if not paths:
        raise Http404
    found = figures.averages(programme, paths)
    return render(request, "checklists/averages.html", {"programme": programme, "averages": found})
