"""Mail that could not be delivered: what it was, to whom, what the mail server said, and sending it again."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from notices.actions.again import send_again
from programmes.readers.undelivered import undelivered, undelivered_page
from programmes.views import access


@login_required
@require_safe
def undelivered_list(request: HttpRequest) -> HttpResponse:
    """The list of the coordinator's own branch."""
    hat = access.coordinator_hat(request)
    page = undelivered_page(hat, request.GET.get("cursor", ""))

    def link(cursor: str) -> str:
        return f"?{urlencode({'hat': hat.key, 'cursor': cursor})}" if cursor else ""

    context = {"hat": hat, "page": page, "next_url": link(page.next), "previous_url": link(page.previous)}
    return render(request, "programmes/undelivered.html", context)


@login_required
@require_POST
def again(request: HttpRequest, pk: int) -> HttpResponse:
    """Send one of them again."""
    hat = access.coordinator_hat(request)
    notice = get_object_or_404(undelivered(hat).select_related("recipient"), pk=pk)
    send_again(notice=notice, by=access.user(request))
    messages.success(request, _("The mail to %(name)s is tried again.") % {"name": notice.recipient.name})
    return redirect(f"{reverse('programmes:undelivered')}?{urlencode({'hat': hat.key})}")
