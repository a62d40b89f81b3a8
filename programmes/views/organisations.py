"""The tree of organisations: look, add, rename, move."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from common.answers import add_domain_error, render_form
from common.errors import DomainError
from programmes.actions import organisations as acts
from programmes.forms import MoveOrganisationForm, OrganisationForm
from programmes.models import Organisation
from programmes.policies import coordinated_paths, under
from programmes.readers.organisations import branch_rows, near_organisations, organisation_page
from programmes.views import access


@login_required
@require_safe
def tree(request: HttpRequest) -> HttpResponse:
    """The branches of the coordinator's hat."""
    hat = access.coordinator_hat(request)
    rows = branch_rows(hat.paths, hat.programme)
    return render(request, "programmes/organisations.html", {"rows": rows, "worn": hat})


@login_required
@require_safe
def organisation(request: HttpRequest, pk: int) -> HttpResponse:
    """One organisation: where it lies, what lies under it, who has a role there."""
    hat = access.coordinator_hat(request)
    found = access.organisation_in_sight(request.user, pk)
    context = {"organisation": found, "worn": hat, **organisation_page(found, hat.programme)}
    return render(request, "programmes/organisation.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """A new organisation under this one."""
    parent = access.organisation_in_sight(request.user, pk)
    back = reverse("programmes:organisation", args=[pk])
    near = _near(request, parent)
    form = OrganisationForm(request.POST or None, submit=_("Add the organisation"), cancel=back, near=bool(near))
    if request.method == "POST" and form.is_valid() and _is_sure(form, near):
        try:
            made = acts.add_organisation(by=access.user(request), parent=parent, name=form.cleaned_data["name"])
        except DomainError as error:
            add_domain_error(form, error)
        else:
            messages.success(request, _("%(name)s is added.") % {"name": made.name})
            return redirect("programmes:organisation", pk=made.pk)
    heading = _("A new organisation under %(parent)s") % {"parent": parent.name}
    return _page(request, form, heading, parent)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def rename(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct the name."""
    found = access.organisation_in_sight(request.user, pk)
    back = reverse("programmes:organisation", args=[pk])
    near = _near(request, found, but=found)
    form = OrganisationForm(
        request.POST or None, initial={"name": found.name}, submit=_("Save the name"), cancel=back, near=bool(near)
    )
    if request.method == "POST" and form.is_valid() and _is_sure(form, near):
        try:
            acts.rename_organisation(by=access.user(request), organisation=found, name=form.cleaned_data["name"])
        except DomainError as error:
            add_domain_error(form, error)
        else:
            messages.success(request, _("The name is saved. The old one is kept in the trail."))
            return redirect(back)
    return _page(request, form, _("Another name for %(name)s") % {"name": found.name}, found)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Put it, with everything below it, somewhere else in the network."""
    found = access.organisation_in_sight(request.user, pk)
    back = reverse("programmes:organisation", args=[pk])
    own = Organisation.objects.filter(under(coordinated_paths(access.user(request)), "path"))
    choices = own.filter(path__startswith=found.network_path).exclude(path__startswith=found.path)
    form = MoveOrganisationForm(request.POST or None, choices=choices, cancel=back)
    if request.method == "POST" and form.is_valid():
        try:
            acts.move_organisation(by=access.user(request), organisation=found, parent=form.cleaned_data["parent"])
        except DomainError as error:
            add_domain_error(form, error)
        else:
            messages.success(request, _("%(name)s has been moved.") % {"name": found.name})
            return redirect(back)
    return _page(request, form, _("Where should %(name)s lie?") % {"name": found.name}, found)


def _near(request: HttpRequest, at: Organisation, *, but: Organisation | None = None) -> list[Organisation]:
    """Organisations of the network whose name nearly equals the one that was sent."""
    found = near_organisations(request.POST.get("name", ""), at) if request.method == "POST" else []
    return [one for one in found if one != but]


def _is_sure(form: OrganisationForm, near: list[Organisation]) -> bool:
    """Whether no other name is near, or the box says that another organisation is meant; else asked at the field."""
    if not near or form.cleaned_data["sure"]:
        return True
    names = ", ".join(one.name for one in near[:5])
    words = _("There is already: %(names)s. Use that one, or tick the box below if you mean another.")
    form.add_error("name", words % {"names": names})
    return False


def _page(
    request: HttpRequest, form: OrganisationForm | MoveOrganisationForm, heading: str, at: Organisation
) -> HttpResponse:
    crumbs = [
        {"url": reverse("programmes:organisations"), "label": _("Organisations")},
        {"url": reverse("programmes:organisation", args=[at.pk]), "label": at.name},
    ]
    return render_form(request, "components/form_page.html", form, {"heading": heading, "crumbs": crumbs})
