"""Loading an import for this person: 404 outside their network, 403 for somebody else's inside it."""

from __future__ import annotations

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from accounts.signed_in import user
from common.errors import NotAllowed
from onboarding import policies
from onboarding.models import ImportRun
from programmes.policies import Hat
from programmes.views.access import hats as hats_worn


def worn_hat(request: HttpRequest) -> Hat:
    """The coordinator's hat named in `hat`, else the first. Raises `NotAllowed` for people who coordinate nothing."""
    hats = [hat for hat in hats_worn(request) if hat.role.kind == "coordinator"]
    if not hats:
        raise NotAllowed(_("This page is for coordinators. Ask the coordinator if you think you should have access."))
    named = request.GET.get("hat") or request.POST.get("hat")
    return next((hat for hat in hats if hat.key == named), hats[0])


def run_in_sight(request: HttpRequest, pk: int) -> ImportRun:
    """An import that the person may see and steer."""
    run = get_object_or_404(ImportRun.objects.select_related("organisation", "uploaded_by"), pk=pk)
    if policies.may_see_run(user(request), run):
        return run
    if policies.is_of_the_network(user(request), run):
        raise NotAllowed(_("This import belongs to another coordinator."))
    raise Http404
