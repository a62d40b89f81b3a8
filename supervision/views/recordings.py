"""The consent to a recording that was looked at in a session: withdrawn, deleted by when, deleted."""

from __future__ import annotations

import datetime as dt

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from common.answers import add_domain_error, render_form
from common.errors import DomainError, NotAllowed
from practice.consent_terms import consent_terms
from supervision.actions.recordings import confirm_deletion, plan_deletion, withdraw
from supervision.forms.recordings import DeleteByForm
from supervision.models import SessionRecording
from supervision.readers.clips import Clip, clip_of
from supervision.views.loading import Loaded, load


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def recording(request: HttpRequest, pk: int, recording_pk: int) -> HttpResponse:
    """The statement of consent to one film, and what can be done with it by those who hold it."""
    found = load(request, pk)
    clip = _clip(found, recording_pk)
    do = request.POST.get("do", "")
    if do == "deleted":
        confirm_deletion(row=clip.row, by=found.user)
        messages.success(request, _("It is noted that the recording is deleted. The moments in it are gone too."))
        return redirect("supervision:session", pk)
    form = _form(request, clip, reverse("supervision:session", args=[pk]))
    if form.is_bound and form.is_valid() and (answer := _keep(request, clip.row, form, found)):
        return answer
    context = {"session": found.session, "clip": clip, "recording": clip.row.recording}
    return render_form(request, "supervision/recording.html", form, context)


def _clip(found: Loaded, recording_pk: int) -> Clip:
    """The film. Raises Http404 where the reader may not know of it, `NotAllowed` where the consent is not theirs."""
    clip = clip_of(found.session, recording_pk, found.sight, found.attendances, found.user)
    if clip is None:
        raise Http404
    if not clip.may_hold:
        raise NotAllowed(_("Only the one whom the recording shows, and those who led, hold its consent."))
    return clip


def _form(request: HttpRequest, clip: Clip, cancel: str) -> DeleteByForm:
    recording = clip.row.recording
    within = dt.timedelta(days=consent_terms(clip.row.session.programme).after)
    proposed: dt.date = recording.delete_by or timezone.localdate() + within
    return DeleteByForm(
        request.POST or None, proposed=proposed, withdraws=recording.withdrawn_at is None, cancel=cancel
    )


def _keep(request: HttpRequest, row: SessionRecording, form: DeleteByForm, found: Loaded) -> HttpResponse | None:
    """Withdraw, or keep the day; None when it was refused, with the sentence in the form."""
    day, withdraws = form.cleaned_data["delete_by"], form.cleaned_data["do"] == "withdraw"
    try:
        if withdraws:
            withdraw(row=row, by=found.user, delete_by=day)
        else:
            plan_deletion(row=row, by=found.user, delete_by=day)
    except DomainError as error:
        add_domain_error(form, error)
        return None
    said = _("The consent is withdrawn. Reference and moments are shown no more.") if withdraws else _("Saved.")
    messages.success(request, said)
    return redirect("supervision:recording", found.session.pk, row.recording_id)
