"""Note a meeting, correct a meeting."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.signed_in import user
from common.answers import add_domain_error, render_form
from common.errors import DomainError
from practice.actions import groups as acts
from practice.forms.groups import MeetingForm
from practice.models import GroupMeeting
from practice.readers.groups import next_number
from practice.views.groups import group_in_sight


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def note(request: HttpRequest, pk: int) -> HttpResponse:
    """Note a meeting; its number is proposed."""
    group = group_in_sight(request, pk)
    acts.require_leader(user(request), group)
    form = MeetingForm(request.POST or None, group=group, initial={"number": next_number(group)})
    if request.method == "POST" and form.is_valid():
        try:
            acts.note_meeting(by=user(request), group=group, **form.cleaned_data)
        except DomainError as error:
            add_domain_error(form, error)
        else:
            messages.success(request, _("The meeting is noted."))
            return redirect("practice:group", group.pk)
    return render_form(request, "practice/meeting.html", form, {"group": group})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, pk: int, meeting_pk: int) -> HttpResponse:
    """Put right what was entered wrongly about a meeting."""
    group = group_in_sight(request, pk)
    meeting = get_object_or_404(GroupMeeting.objects.select_related("group__organisation"), pk=meeting_pk, group=group)
    acts.require_leader(user(request), group)
    initial = {"number": meeting.number, "held_on": meeting.held_on, "attended": meeting.attended}
    form = MeetingForm(request.POST or None, group=group, meeting=meeting, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            acts.correct_meeting(by=user(request), meeting=meeting, **form.cleaned_data)
        except DomainError as error:
            add_domain_error(form, error)
        else:
            messages.success(request, _("The meeting is corrected. The old values stay in the trail."))
            return redirect("practice:group", group.pk)
    return render_form(request, "practice/meeting.html", form, {"group": group, "meeting": meeting})
