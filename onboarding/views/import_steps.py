"""What a coordinator says to an import: answers, yes, stop, go on, throw away, invite, take back."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from common.errors import Conflict, DomainError
from onboarding.actions import import_read, import_steer
from onboarding.forms import QuestionsForm
from onboarding.models import ImportRun
from onboarding.readers.import_questions import questions_of
from onboarding.readers.import_runs import people_to_invite, progress_of
from onboarding.views import access
from onboarding.views.import_runs import render_run


@login_required
@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep the answers; the preview is then checked anew."""
    run = access.run_in_sight(request, pk)
    form = QuestionsForm(request.POST, questions=questions_of(run), chosen=run.answers)
    if not form.is_valid():
        return render_run(request, run, form)
    import_read.answer_questions(run=run, answers=form.answers(), by=access.user(request))
    messages.success(request, _("The answers are saved, and all rows were checked again."))
    return redirect("onboarding:import", pk=pk)


@login_required
@require_POST
def start(request: HttpRequest, pk: int) -> HttpResponse:
    """The yes."""
    run = access.run_in_sight(request, pk)
    if progress_of(run).new == 0:
        messages.warning(request, _("No row is ready to be imported. Settle the rows below first."))
        return redirect("onboarding:import", pk=pk)
    import_steer.start_import(run=run, by=access.user(request))
    return redirect("onboarding:import", pk=pk)


@login_required
@require_POST
def stop(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop after the rows under way."""
    return _turn(request, pk, import_steer.stop_import, _("The import is stopped. What was imported stays."))


@login_required
@require_POST
def resume(request: HttpRequest, pk: int) -> HttpResponse:
    """Go on."""
    return _turn(request, pk, import_steer.resume_import, _("The import goes on."))


@login_required
@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw the preview away."""
    _turn(request, pk, import_steer.discard_import, _("The file is thrown away. Nothing was imported."))
    return redirect("onboarding:imports")


def _turn(request: HttpRequest, pk: int, act: Callable[..., ImportRun], words: str) -> HttpResponse:
    run = access.run_in_sight(request, pk)
    try:
        act(run=run, by=access.user(request))
    except Conflict as error:  # it was done in another window, or the last row came in meanwhile
        messages.warning(request, str(error))
    else:
        messages.success(request, words)
    return redirect("onboarding:import", pk=pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: HttpRequest, pk: int) -> HttpResponse:
    """The second yes, which says how many."""
    run = access.run_in_sight(request, pk)
    rows = people_to_invite(run)
    if request.method == "POST":
        expected = request.POST.get("count", "")
        try:
            count = import_steer.invite_imported(
                run=run, by=access.user(request), expected=int(expected) if expected.isdecimal() else -1
            )
        except DomainError as error:
            messages.warning(request, str(error))
            return redirect("onboarding:import", pk=pk)
        messages.success(
            request,
            ngettext("%(count)d invitation is on its way.", "%(count)d invitations are on their way.", count)
            % {"count": count},
        )
        return redirect("onboarding:import", pk=pk)
    return render(request, "onboarding/invite.html", {"run": run, "people": [row.person for row in rows]})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Take everything back that nobody has used since; asked first."""
    run = access.run_in_sight(request, pk)
    if request.method == "POST":
        return _turn(request, pk, import_steer.take_back_import, _("The import is being taken back."))
    return render(request, "onboarding/take_back.html", {"run": run, "counts": progress_of(run)})
