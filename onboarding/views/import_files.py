"""An empty sheet with the right headings."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from common.exports import attachment, csv_response
from onboarding.exports import template_rows, template_xlsx
from onboarding.views import access

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@login_required
@require_safe
def template(request: HttpRequest, kind: str) -> HttpResponseBase:
    """The template as XLSX or CSV, in the reader's language."""
    hat = access.worn_hat(request)
    headings, example = template_rows(hat)
    name = f"{_('people')}.{kind}"
    if kind == "csv":
        return csv_response(name, headings, [example])
    if kind != "xlsx":
        raise Http404
    response = HttpResponse(template_xlsx(headings, example), content_type=XLSX)
    response["Content-Disposition"] = attachment(name)
    return response
