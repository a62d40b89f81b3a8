"""The answer to another network's question."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from common.texts import for_reader
from programmes.actions.people import answer_request
from programmes.models import MembershipRequest
from programmes.views import access


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Say yes or no. Only the person asked finds the page."""
    related = MembershipRequest.objects.select_related("role__programme__network", "organisation", "requested_by")
    asked = get_object_or_404(related, pk=pk, person=access.user(request))
    if request.method == "POST":
        said = request.POST.get("answer", "")
        if said not in ("yes", "no"):
            return HttpResponseBadRequest(_("Choose yes or no."))
        answer_request(by=access.user(request), request=asked, accept=said == "yes")
        words = _("You have joined %(organisation)s.") if said == "yes" else _("You have said no to %(organisation)s.")
        messages.success(request, words % {"organisation": asked.organisation.name})
        return redirect("/")
    language = asked.role.programme.language
    context = {
        "asked": asked,
        "role": for_reader(asked.role.names, language),
        "programme": for_reader(asked.role.programme.names, language),
        "waiting": asked.state == MembershipRequest.State.WAITING,
    }
    return render(request, "programmes/request.html", context)
