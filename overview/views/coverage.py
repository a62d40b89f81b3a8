"""Coverage of the own branch, for coordinators and observers: page and file."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.signed_in import user
from overview.bars import bars_of
from overview.exports import coverage_csv
from overview.readers.branch import current_versions
from overview.readers.coverage import coverage_of
from overview.readers.needs import needs_from
from overview.views.worn import Kind, worn_hat
from programmes.actions.exports import note_export


@require_safe
@login_required
def coverage(request: HttpRequest) -> HttpResponse:
    """For each rule the share that has met in time, as a chart with its table."""
    hat = worn_hat(request, Kind.COORDINATOR, Kind.OBSERVER)
    versions = current_versions(hat.programme)
    rules = [
        (one, bars_of([(row.label, row.percent) for row in one.organisations if row.percent is not None]))
        for one in coverage_of(hat, versions)
    ]
    needs = needs_from([hat], versions)[0]
    return render(
        request,
        "overview/coverage.html",
        {"worn": hat, "rules": rules, "needs": needs, "may_place": hat.role.kind == Kind.COORDINATOR},
    )


@require_safe
@login_required
def download(request: HttpRequest) -> HttpResponseBase:
    """The same figures as CSV, masked in the same way."""
    hat = worn_hat(request, Kind.COORDINATOR, Kind.OBSERVER)
    found = coverage_of(hat, current_versions(hat.programme))
    lines = sum(len(one.organisations) + 1 for one in found)
    note_export(by=user(request), hat=hat, what="coverage", rows=lines)
    return coverage_csv(found)
