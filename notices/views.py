"""What I have been told, and which mails I want."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.signed_in import user
from common.answers import add_domain_error, render_form
from common.errors import DomainError
from notices.actions.choose import choose_notices
from notices.forms import ChoiceForm
from notices.readers import told, turned_off


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def mine(request: HttpRequest) -> HttpResponse:
    """What I have been told, newest first, and the mails that I can turn off."""
    me = user(request)
    bound = request.POST if request.method == "POST" else None
    form = ChoiceForm(bound, off=turned_off(me))
    if form.is_bound and form.is_valid():
        try:
            choose_notices(by=me, wanted=form.cleaned_data["wanted"])
        except DomainError as error:
            add_domain_error(form, error)
        else:
            messages.success(request, _("Your choice is saved."))
            return redirect("notices:mine")
    page, lines = told(me, request.GET.get("cursor"))
    context = {
        "lines": lines,
        "page": page,
        "next_url": f"?{urlencode({'cursor': page.next})}" if page.next else "",
        "previous_url": f"?{urlencode({'cursor': page.previous})}" if page.previous else "",
    }
    return render_form(request, "notices/mine.html", form, context)
