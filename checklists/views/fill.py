"""The answer page: drafts, sending in, and what a stale tab is told."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.signed_in import user
from checklists.actions import evaluate as acts
from checklists.actions.sharing import discard as throw_away
from checklists.actions.sharing import share
from checklists.forms import AnswersForm
from checklists.models import Evaluation
from checklists.readers.sheet import sheet
from checklists.readership import readers_words
from checklists.views.loading import own_evaluation
from checklists.wording import filled_by_words, place_words
from common.answers import add_domain_error, render_form
from common.dates import clock
from common.errors import Conflict, DomainError


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def fill(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer, save, send in. What was sent in is read, not filled in."""
    evaluation = own_evaluation(request, pk)
    if evaluation.state != Evaluation.State.DRAFT:
        if request.method == "POST":
            messages.error(request, _("This checklist has been sent in and stays as it is. Start a new one."))
        return redirect("checklists:evaluation", evaluation.pk)
    if request.method == "POST":
        return _save(request, evaluation)
    form = AnswersForm(sheet=sheet(evaluation))
    return render_form(request, "checklists/fill.html", form, _context(form))


def _save(request: HttpRequest, evaluation: Evaluation) -> HttpResponse:
    finish = request.POST.get("do") == "finish"
    form = AnswersForm(request.POST, sheet=sheet(evaluation))
    if not form.is_valid():
        return render_form(request, "checklists/fill.html", form, _context(form))
    try:
        saved = acts.save_draft(by=user(request), evaluation=evaluation, seen=form.seen_version, answers=form.given())
    except Conflict as conflict:
        return _stale(request, evaluation, form, conflict)
    except DomainError as error:
        add_domain_error(form, error)
        return render_form(request, "checklists/fill.html", form, _context(form))
    if finish:
        return _send_in(request, saved)
    messages.success(request, _("Draft saved at %(time)s.") % {"time": clock(timezone.now())})
    return redirect("checklists:fill", evaluation.pk)


@login_required
@require_POST
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep what is answered so far, while it is answered. Called by `static/js/draft.js`; writes nothing odd or stale.

    Answers with the sentence for the page and, when something was kept, the version that the page now has.
    """
    evaluation = own_evaluation(request, pk)
    form = AnswersForm(request.POST, sheet=sheet(evaluation))
    if not form.is_valid():
        return JsonResponse({"saved": _("Something is not as it should be. Press Save draft to see what.")})
    try:
        saved = acts.save_draft(by=user(request), evaluation=evaluation, seen=form.seen_version, answers=form.given())
    except Conflict:
        return JsonResponse({"saved": _("Another window has saved this: press Save draft to see both versions.")})
    except DomainError as error:
        return JsonResponse({"saved": str(error)})
    sentence = _("Draft saved at %(time)s.") % {"time": clock(timezone.now())}
    return JsonResponse({"saved": sentence, "version": saved.revision})


def _send_in(request: HttpRequest, saved: Evaluation) -> HttpResponse:
    """Send in what was just saved; what has no answer is named, and stays saved."""
    form = AnswersForm(request.POST, sheet=sheet(saved), whole=True)
    form.accept_version(saved.revision)
    if form.is_valid():
        try:
            with transaction.atomic():
                sent = acts.submit(by=user(request), evaluation=saved, seen=saved.revision, answers=form.given())
                if form.is_shared:
                    share(by=user(request), evaluation=sent)
        except DomainError as error:
            add_domain_error(form, error)
        else:
            messages.success(request, _("The checklist is sent in. It stays as it is from now on."))
            return redirect("checklists:evaluation", saved.pk)
    return render_form(request, "checklists/fill.html", form, _context(form))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw one's own draft away, after a page that says what is lost."""
    evaluation = own_evaluation(request, pk)
    if evaluation.state != Evaluation.State.DRAFT:
        raise DomainError(_("This checklist has been sent in and stays as it is."), code="submitted")
    if request.method == "POST":
        throw_away(by=user(request), evaluation=evaluation)
        messages.success(request, _("The draft is thrown away."))
        return redirect("checklists:checklists")
    context = {"evaluation": evaluation, "place": place_words(evaluation), "answers": evaluation.answers.count()}
    return render(request, "checklists/discard.html", context)


def _stale(request: HttpRequest, evaluation: Evaluation, form: AnswersForm, conflict: Conflict) -> HttpResponse:
    """Both versions of what differs, side by side; the next press saves what stands in the fields."""
    evaluation.refresh_from_db()
    saved = sheet(evaluation)
    context = _context(form) | {"conflict": str(conflict), "differences": form.differences(saved)}
    form.accept_version(evaluation.revision)
    return render(request, "checklists/fill.html", context | {"form": form}, status=409)


def _context(form: AnswersForm) -> dict[str, Any]:
    laid_out = form.sheet
    return {
        "sheet": laid_out,
        "evaluation": laid_out.evaluation,
        "sections": list(form.rows()),
        "first_open": _first_open(form),
        "place": place_words(laid_out.evaluation),
        "filled_by": filled_by_words(laid_out.evaluation),
        "readers_sentence": readers_words(laid_out.evaluation),
    }


def _first_open(form: AnswersForm) -> str:
    """The id of the first item on a scale that has no answer in the form; empty when there is none."""
    names = (f"i{one.item.pk}" for one in form.sheet.items if one.item.scale_id)
    return next((form[name].auto_id for name in names if form[name].value() in (None, "")), "")
