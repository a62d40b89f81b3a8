"""A person's page, and one's own profile."""

from __future__ import annotations

from allauth.core.internal.ratelimit import consume_or_429
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from accounts.actions.people import change_contact, change_settings
from accounts.models import User
from accounts.signed_in import user
from common.answers import add_domain_error, render_form
from common.errors import DomainError
from people.actions.addresses import ask_for_address, change_of, is_waiting
from people.actions.addresses import confirm_address as confirm_address_of
from people.forms import AddressForm, ProfileForm
from people.policies import sight_of
from people.readers.about_me import events_about
from people.readers.person import person_page
from programmes.views.access import hats

# Tries of the password by one person, of links by one caller.
RATES = {"address": "10/m/user", "confirm_address": "20/m/ip"}


@login_required
@require_safe
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody, as far as the one who looks may see; 404 outside one's world."""
    found = get_object_or_404(User.objects.known().select_related("coach_profile"), pk=pk)
    sight = sight_of(user(request), found)
    if sight is None:
        raise Http404
    page = person_page(found, sight, viewer=user(request), hats=hats(request))
    return render(request, "people/person.html", {"page": page})


@login_required
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """One's own page, whatever one's number is."""
    return redirect("people:person", pk=user(request).pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    """One's own name, phone, language and time zone."""
    me = user(request)
    fields = ("name", "phone", "language", "time_zone", "supervises_in")
    form = ProfileForm(request.POST or None, initial={field: getattr(me, field) for field in fields})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            change_contact(by=me, person=me, name=data["name"], email=me.email or "", phone=data["phone"])
            change_settings(
                by=me,
                language=data["language"],
                time_zone=data["time_zone"],
                supervises_in=data["supervises_in"],
            )
        except DomainError as error:
            add_domain_error(form, error)
        else:
            messages.success(request, _("Your details are saved."))
            return redirect("people:settings")
    return render_form(request, "people/profile.html", form)


@login_required
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def address(request: HttpRequest) -> HttpResponse:
    """Another e-mail address to sign in with: the password once more, for the address is the key to the account, and
    a link to the new one."""
    if refusal := consume_or_429(request, app="people", action="address", config=RATES):
        return refusal
    me = user(request)
    form = AddressForm(request.POST or None, person=me)
    if request.method == "POST" and form.is_valid():
        try:
            change = ask_for_address(by=me, email=form.cleaned_data["email"])
        except DomainError as error:
            add_domain_error(form, error)
        else:
            words = _("A link is on its way to %(email)s. Until you open it and say yes, nothing changes.")
            messages.success(request, words % {"email": change.email})
            return redirect("people:settings")
    context = {
        "heading": _("Another e-mail address"),
        "lead": _("You sign in as %(email)s. We send a link to the new address, so that nobody locks themselves out.")
        % {"email": me.email},
        "crumbs": [{"url": reverse("people:settings"), "label": _("Your details")}],
    }
    return render_form(request, "components/form_page.html", form, context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm_address(request: HttpRequest, token: str) -> HttpResponse:
    """The link sent to a new address. Looking at it changes nothing: mail programs look at links too."""
    if refusal := consume_or_429(request, app="people", action="confirm_address", config=RATES):
        return refusal
    change = change_of(token)
    if change is None:
        raise Http404
    with translation.override(change.person.language):
        if request.method == "POST":
            try:
                confirm_address_of(change=change)
            except DomainError as error:
                messages.error(request, str(error))
                change.refresh_from_db()
            else:
                messages.success(request, _("From now on you sign in with %(email)s.") % {"email": change.email})
                return redirect("people:settings" if request.user.is_authenticated else "account_login")
        alive = is_waiting(change)
        context = {"change": change, "alive": alive, "used": change.state == change.State.CONFIRMED}
        status = 409 if request.method == "POST" or not alive else 200
        return render(request, "people/confirm_address.html", context, status=status)


@login_required
@require_safe
def about_me(request: HttpRequest) -> HttpResponse:
    """Who did what to me, and when: the trail about oneself."""
    page, lines = events_about(user(request), cursor=request.GET.get("cursor"))
    return render(request, "people/about_me.html", {"page": page, "lines": lines})
