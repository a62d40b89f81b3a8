"""The coordinator's workbench: the list under a view, and what is done with selected people."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from accounts.signed_in import user
from common.list_query import ListQuery, read_list_query
from overview.exports import coaches_csv, people_csv, selected_csv
from overview.headline import bench_line
from overview.readers import workbench as reader
from overview.readers.branch import current_versions
from overview.readers.coach_places import places_by_coach
from overview.readers.needs import needs_from
from overview.readers.waiting import waiting_people
from overview.views.worn import Kind, worn_hat
from programmes.actions.exports import filters_of, note_export
from programmes.models import SupervisionRuleVersion
from programmes.policies import Hat

MOST_SELECTED = 100


def _asked(request: HttpRequest) -> tuple[Hat, str, ListQuery]:
    """The hat, the view, and what is asked of its list."""
    hat = worn_hat(request, Kind.COORDINATOR)
    named = request.GET.get("view", "")
    view = named if named in reader.VIEWS else next(iter(reader.VIEWS))
    of_coaches = reader.VIEWS[view].of_coaches
    query = read_list_query(
        request.GET,
        orders=reader.orders_of(view),
        filters=reader.organisation_filter(hat, of_coaches),
        keep=("hat", "view"),
    )
    return hat, view, query


def _rows(hat: Hat, versions: list[SupervisionRuleVersion], view: str, query: ListQuery) -> Any:
    """The rows of a view, as a queryset."""
    if reader.VIEWS[view].of_coaches:
        return reader.coach_rows(hat, view, query.q)
    return reader.people_rows(hat, versions, view, query.q, by_last=query.sort == "last")


@require_safe
@login_required
def workbench(request: HttpRequest) -> HttpResponse:
    """Who needs a coach, and the list under one view."""
    hat, view, query = _asked(request)
    versions = current_versions(hat.programme)
    [needs] = needs_from([hat], versions)
    found = _rows(hat, versions, view, query)
    page: Any = query.page(found)
    of_coaches = reader.VIEWS[view].of_coaches
    places = places_by_coach(page.rows) if of_coaches else {}
    shown = page.rows if of_coaches else reader.detailed(page.rows, hat, versions)
    context = {
        "worn": hat,
        "needs": needs,
        "headline": bench_line(needs.unplaced, needs.not_met, needs.supervised),
        "waiting": waiting_people(hat) if needs.unplaced else [],
        "views": _views(hat, view, needs),
        "of_coaches": of_coaches,
        "query": query,
        "page": page,
        "rows": [(row, places.get(row.pk, [])) for row in shown],
    }
    return render(request, "overview/workbench.html", context)


def _views(hat: Hat, chosen: str, needs: Any) -> list[dict[str, Any]]:
    counts = {"placed": needs.supervised, "late": needs.not_met, "coaches": needs.coaches, "room": needs.with_room}
    return [
        {
            "url": f"?hat={hat.key}&view={key}",
            "label": view.label,
            "count": reader.shown_count(counts.get(key)),
            "current": key == chosen,
        }
        for key, view in reader.VIEWS.items()
    ]


@require_safe
@login_required
def download(request: HttpRequest) -> HttpResponseBase:
    """All that the view finds, as CSV."""
    hat, view, query = _asked(request)
    versions = current_versions(hat.programme)
    found = _rows(hat, versions, view, query).filter(query.condition).order_by(*query.keys)
    note_export(by=user(request), hat=hat, what=f"workbench.{view}", rows=found.count(), filters=filters_of(query))
    if reader.VIEWS[view].of_coaches:
        return coaches_csv(found.iterator(chunk_size=500))
    return people_csv(reader.with_details(found, hat, versions).iterator(chunk_size=500))


@require_POST
@login_required
def selected(request: HttpRequest) -> HttpResponseBase:
    """What was asked for with the people selected: their addresses, or a file."""
    hat = worn_hat(request, Kind.COORDINATOR)
    ids = [int(text) for text in request.POST.getlist("person") if text.isdecimal() and len(text) < 18]
    people = reader.selected_people(hat, ids[:MOST_SELECTED])
    if len(people) < len(set(ids)):
        raise Http404
    if request.POST.get("do") == "csv" and people:
        note_export(by=user(request), hat=hat, what="workbench.selected", rows=len(people))
        return selected_csv(people)
    if people:
        note_export(by=user(request), hat=hat, what="workbench.addresses", rows=len(people))
    addresses = "; ".join(person.email for person in people if person.email)
    without = [person for person in people if not person.email]
    context = {"worn": hat, "people": people, "addresses": addresses, "without": without}
    return render(request, "overview/selected.html", context, status=200 if people else 422)
