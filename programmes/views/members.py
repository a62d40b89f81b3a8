"""Giving roles, ending and correcting them, and correcting who somebody is."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from common.answers import add_domain_error, render_form
from common.dates import short_day
from common.errors import DomainError
from common.texts import for_reader
from programmes.actions import memberships as acts
from programmes.actions.invitations import invite
from programmes.actions.membership_terms import change_terms
from programmes.actions.people import Added, add_person, correct_contact
from programmes.forms import AddPersonForm, ContactForm, CorrectMembershipForm, EndMembershipForm, TermsForm
from programmes.models import Membership, Organisation
from programmes.policies import Hat, branch_paths, under
from programmes.readers.members import namesakes_at
from programmes.views import access


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Add somebody to the programme of the hat."""
    hat = access.coordinator_hat(request)
    initial = {"started_on": timezone.localdate(), "organisation": request.GET.get("organisation", "")}
    back = f"{reverse('people:list')}?hat={hat.key}"
    namesake = _has_namesake(request, hat)
    form = AddPersonForm(request.POST or None, hat=hat, initial=initial, cancel=back, namesake=namesake)
    if request.method == "POST" and form.is_valid():
        fields = {name: value for name, value in form.cleaned_data.items() if name != "invite"}
        try:
            added = add_person(by=access.user(request), **fields)
        except DomainError as error:
            add_domain_error(form, error)
        else:
            _say_added(request, added, written=form.cleaned_data["name"])
            if added.membership and form.cleaned_data["invite"]:
                _invite(request, added)
            return redirect("people:person", pk=added.person.pk) if added.membership else redirect(back)
    context = {
        "heading": _("Add a person"),
        "lead": for_reader(hat.programme.names, hat.programme.language),
        "crumbs": [{"url": back, "label": _("People")}],
    }
    return render_form(request, "components/form_page.html", form, context)


def _has_namesake(request: HttpRequest, hat: Hat) -> bool:
    """Whether somebody of the name that was sent, without an address, is there: then the form asks who is meant."""
    chosen = request.POST.get("organisation", "")
    if request.POST.get("email", "").strip() or not chosen.isdecimal():
        return False
    organisation = Organisation.objects.filter(under(hat.paths, "path"), pk=chosen).first()
    return organisation is not None and bool(namesakes_at(request.POST.get("name", "")[:200], organisation))


def _say_added(request: HttpRequest, added: Added, *, written: str) -> None:
    """What became of it. Of somebody whom only another network knows, no more than was typed."""
    if added.membership is None:
        words = _("%(name)s is known in another network and is asked by mail. The role begins with their yes.")
        messages.success(request, words % {"name": written})
    elif added.is_new:
        messages.success(request, _("%(name)s is added.") % {"name": added.person.name})
    else:
        words = _("The address belongs to %(name)s, who now has this role too.")
        messages.success(request, words % {"name": added.person.name})


def _invite(request: HttpRequest, added: Added) -> None:
    assert added.membership is not None
    try:
        invite(by=access.user(request), person=added.person, programme=added.membership.role.programme)
    except DomainError as error:
        messages.warning(request, str(error))
    else:
        messages.success(request, _("An invitation is on its way to %(email)s.") % {"email": added.person.email})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """End a role: now, or on a day ahead."""
    membership = access.membership_in_own_branch(request.user, pk)
    back = reverse("people:person", args=[membership.person_id])
    form = EndMembershipForm(request.POST or None, initial={"day": timezone.localdate()}, cancel=back)
    if request.method == "POST" and form.is_valid():
        day = form.cleaned_data["day"]
        try:
            if day > timezone.localdate():
                acts.plan_membership_end(by=access.user(request), membership=membership, planned_end_on=day)
            else:
                acts.end_membership(by=access.user(request), membership=membership, ended_on=day)
        except DomainError as error:
            add_domain_error(form, DomainError(error.message, field="day", code=error.code, status=error.status))
        else:
            messages.success(request, _("The role ends on %(day)s.") % {"day": short_day(day)})
            return redirect(back)
    return _page(request, form, _("End this role of %(name)s") % {"name": membership.person.name}, membership)


@login_required
@require_POST
def keep(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back a planned end."""
    membership = access.membership_in_own_branch(request.user, pk)
    acts.plan_membership_end(by=access.user(request), membership=membership, planned_end_on=None)
    messages.success(request, _("The role goes on without an end."))
    return redirect("people:person", pk=membership.person_id)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Put right a day or an organisation that was entered wrongly."""
    membership = access.membership_in_own_branch(request.user, pk)
    initial = {name: getattr(membership, name) for name in ("organisation", "started_on", "ended_on")}
    form = CorrectMembershipForm(
        request.POST or None,
        membership=membership,
        choices=Organisation.objects.filter(
            under(branch_paths(access.user(request), membership.role.programme), "path")
        ),
        initial=initial,
        cancel=reverse("people:person", args=[membership.person_id]),
    )
    if request.method == "POST" and form.is_valid():
        values = {"ended_on": None} | form.cleaned_data
        try:
            acts.correct_membership(by=access.user(request), membership=membership, **values)
        except DomainError as error:
            add_domain_error(form, error)
        else:
            messages.success(request, _("The role is corrected. The old values are kept in the trail."))
            return redirect("people:person", pk=membership.person_id)
    return _page(request, form, _("Correct this role of %(name)s") % {"name": membership.person.name}, membership)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def terms(request: HttpRequest, pk: int) -> HttpResponse:
    """In training or not, employment, line manager."""
    membership, me = access.membership_in_own_branch(request.user, pk), access.user(request)
    programme, back = membership.role.programme, reverse("people:person", args=[membership.person_id])
    initial = {name: getattr(membership, name) for name in ("in_training", "employment", "reports_to")}
    initial["manager"] = membership.reports_to.name if membership.reports_to else ""
    paths = tuple(branch_paths(me, programme))
    form = TermsForm(request.POST or None, paths=paths, programme=programme, initial=initial, cancel=back)
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        try:
            change_terms(by=me, membership=membership, reports_to=values.pop("manager"), **values)
        except DomainError as error:
            add_domain_error(form, error)
        else:
            messages.success(request, _("The changes are saved. The old values are kept in the trail."))
            return redirect(back)
    heading = _("Training, employment and line manager of %(name)s") % {"name": membership.person.name}
    return _page(request, form, heading, membership)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def contact(request: HttpRequest, programme_pk: int, person_pk: int) -> HttpResponse:
    """Correct name and address of somebody who has not signed in yet."""
    programme, person = access.person_in_own_branch(request.user, programme_pk, person_pk)
    back = reverse("people:person", args=[person.pk])
    initial = {"name": person.name, "email": person.email or "", "phone": person.phone}
    form = ContactForm(request.POST or None, initial=initial, cancel=back)
    if request.method == "POST" and form.is_valid():
        try:
            correct_contact(by=access.user(request), person=person, programme=programme, **form.cleaned_data)
        except DomainError as error:
            if error.status == 403:
                raise
            add_domain_error(form, error)
        else:
            messages.success(request, _("The changes are saved."))
            return redirect(back)
    context = {
        "heading": _("Name and address of %(name)s") % {"name": initial["name"]},
        "lead": _("Once the person has signed in, only they change this."),
        "crumbs": [{"url": back, "label": initial["name"]}],
    }
    return render_form(request, "components/form_page.html", form, context)


def _page(
    request: HttpRequest,
    form: EndMembershipForm | CorrectMembershipForm | TermsForm,
    heading: str,
    membership: Membership,
) -> HttpResponse:
    role = membership.role
    words = {"role": for_reader(role.names, role.programme.language), "organisation": membership.organisation.name}
    context = {
        "heading": heading,
        "lead": _("%(role)s at %(organisation)s, since %(day)s") % (words | {"day": short_day(membership.started_on)}),
        "crumbs": [{"url": reverse("people:person", args=[membership.person_id]), "label": membership.person.name}],
    }
    return render_form(request, "components/form_page.html", form, context)
