"""Giving somebody of the branch one more role: the coordinator's own act, with what is known filled in."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from common.answers import add_domain_error, render_form
from common.errors import DomainError
from common.texts import for_reader
from programmes.actions.memberships import add_membership
from programmes.forms import GiveRoleForm
from programmes.policies import branch_paths
from programmes.readers.members import home_organisation
from programmes.views import access


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def give(request: HttpRequest, programme_pk: int, person_pk: int) -> HttpResponse:
    """Give a role. `role` in the address names the one to begin with, by its key."""
    me = access.user(request)
    programme, person = access.person_in_own_branch(me, programme_pk, person_pk)
    paths = tuple(branch_paths(me, programme))
    home = home_organisation(person, programme, paths)
    initial = {
        "role": programme.roles.filter(key=request.GET.get("role", "")[:60].replace("\x00", "")).first(),
        "organisation": home,
        "started_on": timezone.localdate(),
    }
    back = reverse("people:person", args=[person.pk])
    form = GiveRoleForm(request.POST or None, programme=programme, paths=paths, initial=initial, cancel=back)
    if request.method == "POST" and form.is_valid():
        try:
            given = add_membership(by=me, person=person, **form.cleaned_data)
        except DomainError as error:
            add_domain_error(form, error)
        else:
            words = {"name": person.name, "role": for_reader(given.role.names, programme.language)}
            messages.success(request, _("%(name)s has the role %(role)s now.") % words)
            return redirect(back)
    context = {
        "heading": _("Give %(name)s a role") % {"name": person.name},
        "lead": for_reader(programme.names, programme.language),
        "crumbs": [{"url": back, "label": person.name}],
    }
    return render_form(request, "components/form_page.html", form, context)
