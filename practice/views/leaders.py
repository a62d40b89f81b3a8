"""Who leads a group changes; what was entered wrongly about a group is put right."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.signed_in import user
from common.answers import add_domain_error, render_form
from common.errors import DomainError
from practice.actions import leaders as acts
from practice.actions.groups import require_leader
from practice.forms.leaders import AddLeaderForm, CorrectGroupForm, EndLeadingForm
from practice.models import DeliveryGroup, GroupLeader
from practice.views.groups import group_in_sight

POSTED = ["GET", "HEAD", "POST"]


@login_required
@require_http_methods(POSTED)
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """One more leader, such as when a co-leader is replaced."""
    group = _own_group(request, pk)
    form = AddLeaderForm(request.POST or None, user=user(request), group=group)
    if request.method == "POST" and form.is_valid():
        person = form.cleaned_data["co_leader"]
        try:
            acts.add_leader(by=user(request), group=group, person=person, started_on=form.cleaned_data["started_on"])
        except DomainError as error:
            add_domain_error(form, error)
        else:
            messages.success(request, _("%(name)s leads the group too from now on.") % {"name": person.name})
            return redirect("practice:group", group.pk)
    lead = _(
        "Leaders of a group share its meetings. A recording is read by those who led the meeting that was filmed."
    )
    return _page(request, form, group, _("Add a leader"), lead)


@login_required
@require_http_methods(POSTED)
def end(request: HttpRequest, pk: int, leader_pk: int) -> HttpResponse:
    """Somebody no longer leads the group."""
    group = _own_group(request, pk)
    row = get_object_or_404(GroupLeader.objects.select_related("person", "group"), pk=leader_pk, group=group)
    form = EndLeadingForm(request.POST or None, group=group)
    if request.method == "POST" and form.is_valid():
        try:
            acts.end_leading(by=user(request), leader=row, ended_on=form.cleaned_data["ended_on"])
        except DomainError as error:
            add_domain_error(form, error)
        else:
            messages.success(request, _("%(name)s no longer leads the group.") % {"name": row.person.name})
            return redirect("practice:group", group.pk)
    heading = _("When did %(name)s stop leading the group?") % {"name": row.person.name}
    return _page(request, form, group, heading, _("What was led until then stays theirs to read."))


@login_required
@require_http_methods(POSTED)
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Put right name, first day or delivery model."""
    group = _own_group(request, pk)
    form = CorrectGroupForm(request.POST or None, group=group)
    if request.method == "POST" and form.is_valid():
        try:
            acts.correct_group(by=user(request), group=group, **form.cleaned_data)
        except DomainError as error:
            add_domain_error(form, error)
        else:
            messages.success(request, _("The group is corrected. The old values stay in the trail."))
            return redirect("practice:group", group.pk)
    return _page(request, form, group, _("Correct the group"))


def _own_group(request: HttpRequest, pk: int) -> DeliveryGroup:
    group = group_in_sight(request, pk)
    require_leader(user(request), group)
    return group


def _page(
    request: HttpRequest,
    form: AddLeaderForm | EndLeadingForm | CorrectGroupForm,
    group: DeliveryGroup,
    heading: str,
    lead: str = "",
) -> HttpResponse:
    crumbs = [
        {"url": reverse("practice:groups"), "label": _("Groups")},
        {"url": reverse("practice:group", args=[group.pk]), "label": group.name},
    ]
    context = {"heading": heading, "lead": lead, "crumbs": crumbs}
    return render_form(request, "components/form_page.html", form, context)
