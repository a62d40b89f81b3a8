"""Search, and what can be taken out: both under one named hat."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.signed_in import user
from common.list_query import Order, read_list_query
from overview.readers.search import found_under, long_enough
from overview.readers.workbench import VIEWS
from overview.views.worn import Kind, worn_hat


@require_safe
@login_required
def search(request: HttpRequest) -> HttpResponse:
    """People, organisations and the fact of sessions that the worn hat lets one find."""
    hat = worn_hat(request, *Kind)
    query = read_list_query(request.GET, orders={"name": Order(_("Name"), ("id",))}, keep=("hat",))
    context = {
        "worn": hat,
        "query": query,
        "asked": long_enough(query.q),
        "found": found_under(hat, user(request), query.q),
    }
    return render(request, "overview/search.html", context)


@require_safe
@login_required
def exports(request: HttpRequest) -> HttpResponse:
    """The lists that can be taken out as files, each under the worn hat."""
    hat = worn_hat(request, Kind.COORDINATOR)
    bench = reverse("overview:workbench_csv")
    files = [
        (_("People with roles, organisations and coaches"), reverse("people:csv"), ""),
        *((view.label, bench, f"view={key}") for key, view in VIEWS.items()),
        (_("Who is on the way to a certificate"), reverse("certification:candidates"), "format=csv"),
        (_("Coverage, masked under five"), reverse("overview:coverage_csv"), ""),
        (_("The trail"), reverse("overview:trail_csv"), ""),
    ]
    rows = [
        {"label": label, "url": f"{path}?hat={hat.key}{'&' + more if more else ''}"} for label, path, more in files
    ]
    return render(request, "overview/exports.html", {"worn": hat, "files": rows})
