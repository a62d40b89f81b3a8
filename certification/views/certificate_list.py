"""The coordinator's certificates: the list, its file, and what ends soon as a part of the workbench."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from certification.readers import certificate_list as reader
from certification.readers.keeping import current_tracks
from certification.views import access
from common.exports import csv_response
from common.list_query import read_list_query
from programmes.actions.exports import filters_of, note_export
from programmes.models import Programme, ProgrammeRole


@login_required
@require_GET
def certificates(request: HttpRequest) -> HttpResponseBase:
    """Everybody's certificates in the branch, as a page or as CSV."""
    hat, today = access.hat_of(request, ProgrammeRole.Kind.COORDINATOR), timezone.localdate()
    tracks = current_tracks(hat.programme)
    offered = reader.filters(hat.programme, tracks, today)
    query = read_list_query(request.GET, orders=reader.ORDERS, filters=offered, keep=("hat",))
    found = reader.certificates(hat.programme, hat.paths, query.q)
    if request.GET.get("format") == "csv":
        ordered = found.filter(query.condition).order_by(*query.keys)
        note_export(
            by=access.user(request), hat=hat, what="certificates", rows=ordered.count(), filters=filters_of(query)
        )
        lines = (_csv_line(row) for row in reader.rows(ordered, hat.programme, tracks, today))
        name = _("certificates")
        return csv_response(f"{name}-{today:%Y-%m-%d}.csv", reader.COLUMNS, lines)
    page = query.page(found)
    rows = reader.rows(page, hat.programme, tracks, today)
    context = {"hat": hat, "list": query, "page": page, "rows": rows, "filters": offered}
    return render(request, "certification/certificates.html", context)


def _csv_line(row: reader.Row) -> list[object]:
    one = row.certificate
    return [one.holder_name, one.title, row.variant, one.number, one.issued_on, one.valid_until, ", ".join(row.words)]


@login_required
@require_GET
def running_out(request: HttpRequest) -> HttpResponse:
    """What ends soon, as a part of the workbench; without scripts a link leads to the list."""
    hat = access.hat_of(request, ProgrammeRole.Kind.COORDINATOR)
    if request.headers.get("HX-Request") != "true":
        return redirect(f"{reverse('certification:certificates')}?hat={hat.key}&state=ending&sort=ends")
    programme: Programme = hat.programme
    rows = reader.running_out(programme, hat.paths, timezone.localdate())
    return render(request, "certification/running_out.html", {"rows": rows, "hat": hat})
