"""The link in an invitation, and the button that sends one."""

from __future__ import annotations

from allauth.core.internal.ratelimit import consume_or_429
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import Invitation
from common.addresses import safe_next
from common.answers import render_form
from common.errors import DomainError
from programmes.actions import invitations as acts
from programmes.forms import ChoosePasswordForm
from programmes.views import access

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
# Tries by one caller; a link cannot be guessed, this keeps the password check from being used as a load.
RATES = {"invitation": "20/m/ip"}


@never_cache
@sensitive_post_parameters("password", "again")
@require_http_methods(["GET", "HEAD", "POST"])
def accept_invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Choose a first password by the link in the mail, and be signed in."""
    if refusal := consume_or_429(request, app="programmes", action="invitation", config=RATES):
        return refusal
    invitation = acts.invitation_of(token)
    if invitation is None:
        raise Http404
    with translation.override(invitation.person.language):
        return _choose_password(request, invitation)


def _choose_password(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    used = invitation.state == Invitation.State.ACCEPTED or invitation.person.has_usable_password()
    context = {"invitation": invitation, "used": used}
    if not acts.is_alive(invitation):
        return render(request, "programmes/invitation_over.html", context, status=409)
    form = ChoosePasswordForm(request.POST or None, person=invitation.person)
    if request.method == "POST":
        acts.note_opened(invitation=invitation)
    if request.method == "POST" and form.is_valid():
        try:
            person = acts.accept_invitation(
                invitation=invitation,
                password=form.cleaned_data["password"],
                name=form.cleaned_data.get("name", ""),
            )
        except DomainError:  # used in another window a moment ago
            return render(request, "programmes/invitation_over.html", context, status=409)
        login(request, person, backend=BACKEND)
        messages.success(request, _("Welcome. You are signed in."))
        return redirect("/")
    return render_form(request, "programmes/accept_invitation.html", form, context)


@login_required
@require_POST
def invite(request: HttpRequest, programme_pk: int, person_pk: int) -> HttpResponse:
    """Send an invitation, or send it again."""
    programme, person = access.person_in_own_branch(request.user, programme_pk, person_pk)
    try:
        acts.invite(by=access.user(request), person=person, programme=programme)
    except DomainError as error:
        if error.status == 403:
            raise
        messages.error(request, str(error))
    else:
        messages.success(request, _("An invitation is on its way to %(email)s.") % {"email": person.email})
    return redirect(safe_next(request, f"/people/{person.pk}/"))
