"""The public check of a certificate: what is printed on it, and whether it still holds. Nobody need sign in."""

from __future__ import annotations

from allauth.core.internal.ratelimit import consume_or_429
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from certification.forms import CodeForm
from certification.readers.verdict import verdict_on
from common.answers import render_form
from common.codes import normalise_code

RATES = {"verify": "30/m/ip"}
"""Tries by one caller: a code cannot be guessed; this keeps the page from being used as a load."""


@require_safe
def verify(request: HttpRequest) -> HttpResponse:
    """Type a code; a code that can be one leads to its page."""
    form = CodeForm(request.GET if "code" in request.GET else None)
    if form.is_bound and form.is_valid():
        if code := normalise_code(form.cleaned_data["code"]):
            return redirect("certification:verify_code", code=code)
        form.add_error(
            "code",
            gettext_lazy("A code has 26 letters and digits. Look at the certificate once more, and type all of them."),
        )
    return _public(render_form(request, "certification/verify.html", form))


@require_safe
def verify_code(request: HttpRequest, code: str) -> HttpResponse:
    """The answer for one code: valid, expired, withdrawn, or none of ours (404)."""
    if refusal := consume_or_429(request, app="certification", action="verify", config=RATES, limit_get=True):
        return _public(refusal)
    normal = normalise_code(code)
    if normal and normal != code:
        return redirect("certification:verify_code", code=normal)
    verdict = verdict_on(normal, timezone.localdate()) if normal else None
    context = {"verdict": verdict, "form": CodeForm(initial={"code": code[:80]}), "now": timezone.now()}
    return _public(render(request, "certification/verify.html", context, status=200 if verdict else 404))


def _public(response: HttpResponse) -> HttpResponse:
    """Neither cached, nor indexed, nor told to the page one goes to next."""
    add_never_cache_headers(response)
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "no-referrer"
    return response
