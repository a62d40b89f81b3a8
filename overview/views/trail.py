"""The trail of the own branch: page and file."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.models import AuditEvent
from accounts.signed_in import user
from common.list_query import ListQuery, read_list_query
from overview.exports import trail_csv
from overview.forms import DaysForm
from overview.readers import trail as reader
from overview.views.worn import Kind, worn_hat
from programmes.actions.exports import filters_of, note_export
from programmes.policies import Hat


def _asked(request: HttpRequest) -> tuple[Hat, ListQuery, DaysForm, QuerySet[AuditEvent]]:
    """The hat, what is asked of the list, the days, and the events found."""
    hat = worn_hat(request, Kind.COORDINATOR)
    keep = ("hat", "first", "last")
    query = read_list_query(request.GET, orders=reader.ORDERS, filters=reader.filters(), keep=keep)
    days = DaysForm(request.GET or {"first": "", "last": ""})
    between: dict[str, Any] = days.cleaned_data if days.is_valid() else {}
    found = reader.events_under(hat, query.q, between.get("first"), between.get("last"))
    return hat, query, days, found


@require_safe
@login_required
def trail(request: HttpRequest) -> HttpResponse:
    """Who did what to whom, and when, a page at a time."""
    hat, query, days, found = _asked(request)
    page = query.page(found)
    form = query.form
    context = {
        "worn": hat,
        "query": query,
        "page": page,
        "lines": reader.lines_of(page.rows),
        "filter_form": [*form, *days],
        "keep": [item for item in query.keep if item["name"] not in days.fields],
        "narrowed": query.is_narrowed or any(days.data.get(name) for name in days.fields),
    }
    return render(request, "overview/trail.html", context, status=200 if days.is_valid() else 400)


@require_safe
@login_required
def download(request: HttpRequest) -> HttpResponseBase:
    """All that is found as CSV; that it was taken out stands in the trail itself."""
    hat, query, days, found = _asked(request)
    found = found.filter(query.condition)
    between: dict[str, Any] = days.cleaned_data if days.is_valid() else {}
    chosen = filters_of(query) | {name: day.isoformat() for name, day in between.items() if day}
    note_export(by=user(request), hat=hat, what="trail", rows=found.count(), filters=chosen)
    return trail_csv(reader.every_line(found))
