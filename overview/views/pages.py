"""Pages that anybody may read: help, privacy, accessibility; and the choice of language and colours."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.actions.preferences import choose_language as choose
from common.templatetags.ui import theme_cookie
from programmes.rights import RELATION_WORDS, SIGHT_WORDS, TABLE, THING_WORDS, Relation, Sight

YEAR = 365 * 24 * 60 * 60


@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    """How the product is used, in short."""
    return render(request, "pages/help.html")


def _readers(row: dict[Relation, Sight]) -> list[tuple[Any, Any]]:
    """Who sees a thing, and how much of it, in words."""
    return [(RELATION_WORDS[who], SIGHT_WORDS[sight]) for who, sight in row.items()]


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """Who reads what, how long it is kept, and what one may ask for."""
    rows = [{"thing": THING_WORDS[thing], "readers": _readers(row)} for thing, row in TABLE.items()]
    return render(request, "pages/privacy.html", {"rights": rows})


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """What was made and tested for everybody's access, what is known to fall short, and where to say so."""
    return render(request, "pages/accessibility.html")


def _back(request: HttpRequest) -> HttpResponseRedirect:
    """Redirect to the page that the form came from; never to another host."""
    address = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(
        address, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return HttpResponseRedirect(address if safe else "/")


def _remember(response: HttpResponse, name: str, value: str) -> None:
    """Keep a choice for a year in a cookie that no script needs to read."""
    response.set_cookie(
        name, value, max_age=YEAR, samesite="Lax", httponly=True, secure=settings.SESSION_COOKIE_SECURE
    )


@require_POST
def choose_theme(request: HttpRequest) -> HttpResponse:
    """Show pages light, dark, or as the device asks (the cookie then goes)."""
    chosen = request.POST.get("theme", "")
    if chosen not in ("light", "dark", "auto"):
        return HttpResponseBadRequest(_("Choose light, dark or as the device."))
    response = _back(request)
    if chosen == "auto":
        response.delete_cookie(theme_cookie(), samesite="Lax")
    else:
        _remember(response, theme_cookie(), chosen)
    return response


@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Show pages in one of the product's languages from now on."""
    chosen = request.POST.get("language", "")
    if chosen not in dict(settings.LANGUAGES):
        return HttpResponseBadRequest(_("Choose one of the languages in the menu."))
    if request.user.is_authenticated:
        choose(by=request.user, language=chosen)
    response = _back(request)
    _remember(response, settings.LANGUAGE_COOKIE_NAME, chosen)
    return response
