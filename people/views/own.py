"""What is one's own: what there is of it, and the file."""

from __future__ import annotations

from allauth.core.internal.ratelimit import consume_or_429
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.signed_in import user
from common.exports import attachment
from people.actions import own as acts
from people.readers.own import counted, left_programmes

# A file is made anew each time.
RATES = {"take_out": "20/h/user"}


@login_required
@require_safe
def own(request: HttpRequest) -> HttpResponse:
    """What there is, what is not in it, and until when."""
    me = user(request)
    parts = counted(me)
    context = {"parts": parts, "empty": not any(one.count for one in parts), "left": left_programmes(me)}
    return render(request, "people/own.html", context)


@login_required
@require_POST
def take_out(request: HttpRequest) -> HttpResponse:
    """The file."""
    if refusal := consume_or_429(request, app="people", action="take_out", config=RATES):
        return refusal
    response = HttpResponse(acts.take_out(by=user(request)), content_type="application/zip")
    day = timezone.localdate().isoformat()
    response["Content-Disposition"] = attachment(_("What is mine %(day)s.zip") % {"day": day})
    response["X-Content-Type-Options"] = "nosniff"
    return response
