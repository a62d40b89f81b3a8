"""Deciding: what waits for me, one step, one record taken back, the certificate."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from certification.actions.checks import check_may_decide, check_may_withdraw, check_open
from certification.actions.decide import approve_step, send_back_step, withdraw_record
from certification.actions.issue import issue_certificate
from certification.forms import DecideForm, IssueForm, ReasonForm
from certification.models import Candidacy, StepRecord
from certification.readers.climbs import name_of
from certification.readers.done import approved_by, issued_by
from certification.readers.home import waiting_decisions
from certification.readers.ladder import ladder
from certification.views import access
from common.answers import add_domain_error, render_form
from common.errors import Conflict, DomainError, NotAllowed


@login_required
@require_GET
def decisions(request: HttpRequest) -> HttpResponse:
    """What waits for my decision, longest first."""
    waiting = waiting_decisions(access.user(request))
    return render(request, "certification/decisions.html", {"waiting": waiting})


@login_required
@require_http_methods(["GET", "POST"])
def decide(request: HttpRequest, pk: int, step_pk: int) -> HttpResponse:
    """Approve one step, or send it back."""
    viewer = access.user(request)
    if request.POST.get("outcome") == "approved" and approved_by(viewer, pk, step_pk):  # the same form sent twice
        return redirect("certification:candidacy", pk=pk)
    climb = access.whole_candidacy(viewer, pk)
    candidacy = climb.candidacy
    step = get_object_or_404(candidacy.track_version.steps.select_related("approver_role", "version"), pk=step_pk)
    check_may_decide(climb, step, viewer)
    if climb.final and climb.final.pk == step.pk and request.method == "GET":
        return redirect("certification:issue", pk=pk)
    check_open(climb, step)
    form = DecideForm(request.POST or None, outside=step.approver_role is None, back=_back(candidacy))
    if request.method == "POST" and form.is_valid():
        act = approve_step if form.cleaned_data["outcome"] == "approved" else send_back_step
        try:
            act(candidacy=candidacy, step=step, ruling=form.ruling(), by=viewer)
        except DomainError as error:
            _or_raise(form, error)
        else:
            messages.success(
                request, _("The decision is recorded, and %(name)s is told.") % {"name": _told(candidacy)}
            )
            return redirect("certification:candidacy", pk=pk)
    line = next(one for one in ladder(climb, viewer, frozenset()).lines if one.rung.step.id == step.pk)
    context = {"candidacy": candidacy, "line": line, "name": name_of(candidacy)}
    return render_form(request, "certification/decide.html", form, context)


@login_required
@require_http_methods(["GET", "POST"])
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Withdraw a decision, with a reason."""
    record = get_object_or_404(StepRecord.objects.select_related("step", "candidacy"), pk=pk)
    seen = access.candidacy_in_sight(access.user(request), record.candidacy_id)
    candidacy = seen.candidacy
    check_may_withdraw(seen.climb, record, access.user(request))
    form = ReasonForm(
        request.POST or None,
        submit=gettext_lazy("Withdraw the decision"),
        back=_back(candidacy),
        readers=_("Read by the candidate, their coach or mentor, and those who decide this step"),
    )
    if request.method == "POST" and form.is_valid():
        try:
            withdraw_record(record=record, reason=form.cleaned_data["reason"], by=access.user(request))
        except DomainError as error:
            _or_raise(form, error)
        else:
            messages.success(request, _("The decision is withdrawn. The step is open again."))
            return redirect("certification:candidacy", pk=candidacy.pk)
    context = {"record": record, "candidacy": candidacy, "name": name_of(candidacy)}
    return render_form(request, "certification/take_back.html", form, context)


@login_required
@require_http_methods(["GET", "POST"])
def issue(request: HttpRequest, pk: int) -> HttpResponse:
    """Look at what counted, then decide and issue the certificate."""
    viewer = access.user(request)
    if done := issued_by(viewer, pk):  # the same form sent twice
        return redirect("certification:certificate", pk=done.pk)
    climb = access.whole_candidacy(viewer, pk)
    candidacy, page = climb.candidacy, ladder(climb, viewer, frozenset())
    if candidacy.state != Candidacy.State.OPEN:
        raise Conflict(_("This candidacy is closed, so nothing more is decided in it."))
    outside = candidacy.track_version.decided_outside
    form = IssueForm(request.POST or None, outside=outside, needs_number=outside, back=_back(candidacy))
    if request.method == "POST" and form.is_valid():
        try:
            certificate = issue_certificate(candidacy=candidacy, ruling=form.ruling(), by=viewer)
        except DomainError as error:
            _or_raise(form, error)
        else:
            messages.success(request, _("The certificate %(number)s is issued.") % {"number": certificate.number})
            return redirect("certification:certificate", pk=certificate.pk)
    elif not page.may_certify:
        raise NotAllowed(page.lead)
    return render_form(request, "certification/issue.html", form, {"ladder": page, "outside": outside})


def _or_raise(form: DecideForm | IssueForm | ReasonForm, error: DomainError) -> None:
    """Show a refusal on the form; one about who one is has a page of its own."""
    if error.status == 403:
        raise error
    add_domain_error(form, error)


def _told(candidacy: Candidacy) -> str:
    return candidacy.person.name if candidacy.person else candidacy.started_by.name


def _back(candidacy: Candidacy) -> str:
    return reverse("certification:candidacy", args=[candidacy.pk])
