"""End a placement, take it back, let two change places, plan who follows."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from coaches import readers
from coaches.actions.endings import end_placement, plan_end, undo_placement
from coaches.actions.moves import change_places, plan_successor
from coaches.forms import ChangePlacesForm, EndForm, FollowForm
from coaches.models import Placement
from coaches.views import access
from common.answers import add_domain_error, render_form
from common.dates import short_day
from common.errors import DomainError


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """End it: now, or on a day ahead."""
    placement = access.placement_to_change(request, pk)
    form = EndForm(request.POST or None, initial={"day": timezone.localdate()}, cancel=_back(placement))
    if request.method == "POST" and form.is_valid():
        day = form.cleaned_data["day"]
        try:
            if day > timezone.localdate():
                plan_end(by=access.user(request), placement=placement, planned_end_on=day)
            else:
                end_placement(by=access.user(request), placement=placement, ended_on=day)
        except DomainError as error:
            if error.code == "ended":  # it was ended before this form came, perhaps by this form sent twice
                messages.info(request, str(error))
                return redirect(_back(placement))
            add_domain_error(form, DomainError(error.message, field="day", code=error.code, status=error.status))
        else:
            messages.success(request, _("The placement ends on %(day)s.") % {"day": short_day(day)})
            return redirect(_back(placement))
    return _page(request, form, placement, _("When does it end?"))


@login_required
@require_POST
def keep(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back a planned end."""
    placement = access.placement_to_change(request, pk)
    plan_end(by=access.user(request), placement=placement, planned_end_on=None)
    messages.success(request, _("The placement goes on without an end."))
    return redirect(_back(placement))


@login_required
@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back a placement made a moment ago."""
    placement = access.placement_to_change(request, pk)
    try:
        undo_placement(by=access.user(request), placement=placement)
    except DomainError as error:
        if error.status == 403:
            raise
        messages.error(request, str(error))
    else:
        messages.success(request, _("The placement is taken back."))
    return redirect(_back(placement))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def swap(request: HttpRequest, pk: int) -> HttpResponse:
    """Let two people change places."""
    placement = access.placement_to_change(request, pk)
    hat = access.hat_for(request, placement.programme)
    found = readers.open_under(placement.rule_id, placement.programme, hat.paths)
    others = {one.pk: one for one in found if one.pk != placement.pk}
    form = ChangePlacesForm(request.POST or None, choices=list(others.values()), cancel=_back(placement))
    if request.method == "POST" and form.is_valid():
        other = others[form.cleaned_data["other"]]
        try:
            change_places(by=access.user(request), first=placement, second=other)
        except DomainError as error:
            add_domain_error(form, error)
        else:
            words = _("%(one)s and %(other)s have changed places.")
            messages.success(request, words % {"one": placement.supervisee.name, "other": other.supervisee.name})
            return redirect(_back(placement))
    return _page(request, form, placement, _("Who changes places with %(name)s?"))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: HttpRequest, pk: int) -> HttpResponse:
    """Plan who takes the place when its holder ends."""
    placement = access.placement_to_change(request, pk)
    hat = access.hat_for(request, placement.programme)
    people = {one.pk: one for one in readers.unplaced_people(placement.programme, hat.paths)}
    initial = {"started_on": placement.planned_end_on}
    form = FollowForm(request.POST or None, choices=list(people.values()), initial=initial, cancel=_back(placement))
    if request.method == "POST" and form.is_valid():
        follower = people[form.cleaned_data["supervisee"]]
        day = form.cleaned_data["started_on"]
        try:
            plan_successor(by=access.user(request), holder=placement, supervisee=follower, started_on=day)
        except DomainError as error:
            add_domain_error(form, error)
        else:
            words = _("%(name)s follows on %(day)s.")
            messages.success(request, words % {"name": follower.name, "day": short_day(day)})
            return redirect(_back(placement))
    return _page(request, form, placement, _("Who follows %(name)s in this place?"))


def _back(placement: Placement) -> str:
    return reverse("people:person", args=[placement.supervisee_id])


def _page(
    request: HttpRequest, form: EndForm | ChangePlacesForm | FollowForm, placement: Placement, heading: str
) -> HttpResponse:
    words = {
        "name": placement.supervisee.name,
        "coach": placement.coach.name,
        "day": short_day(placement.started_on),
    }
    context = {
        "heading": heading % words,
        "lead": _("%(name)s with %(coach)s, since %(day)s") % words,
        "crumbs": [{"url": _back(placement), "label": placement.supervisee.name}],
    }
    return render_form(request, "components/form_page.html", form, context)
