"""The list of imports with the file to read, and one import: preview, progress, result."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from django_htmx.http import HttpResponseClientRefresh

from common.answers import add_domain_error, render_form
from common.errors import DomainError
from common.lists import keyset_page
from onboarding import policies
from onboarding.actions.import_read import look_at, store_preview
from onboarding.forms import QuestionsForm, UploadForm
from onboarding.models import ImportRun
from onboarding.readers.import_questions import questions_of, shown_rows
from onboarding.readers.import_runs import Progress, people_to_invite, progress_of, rows_of, runs_of
from onboarding.views import access

ROWS_ON_PAGE = 50
SHOWN = ("look", "new", "same", "all")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def imports(request: HttpRequest) -> HttpResponse:
    """Read a file: nothing is saved of it but the preview."""
    hat = access.worn_hat(request)
    home, by = policies.home_of(hat), access.user(request)
    form = UploadForm(request.POST or None, request.FILES or None, initial={"hat": hat.key})
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            look = look_at(content=file.read(), home=home, by=by)
            run = store_preview(look=look, filename=file.name or "", home=home, by=by)
        except DomainError as error:
            add_domain_error(form, error)
        else:
            return redirect("onboarding:import", pk=run.pk)
    return render_form(request, "onboarding/imports.html", form, {"worn": hat, "home": home, "runs": runs_of(by)})


@login_required
@require_safe
def run(request: HttpRequest, pk: int) -> HttpResponse:
    """One import, at whatever stage it is. The meter asks again while the worker is at it; then the page is renewed
    whole, so that its rows say what became of them."""
    found = access.run_in_sight(request, pk)
    if request.headers.get("HX-Request") and not _is_busy(found):
        return HttpResponseClientRefresh()
    return render_run(request, found)


def _is_busy(run: ImportRun) -> bool:
    """Whether the worker has something to do for it."""
    return run.state in (ImportRun.State.RUNNING, ImportRun.State.TAKING_BACK) or run.invitations_waiting


def render_run(request: HttpRequest, run: ImportRun, form: QuestionsForm | None = None) -> HttpResponse:
    """The page of an import; with a form that was sent and has errors, it answers 422."""
    counts = progress_of(run)
    preview = run.state == ImportRun.State.PREVIEW
    questions = questions_of(run) if preview and form is None else []
    if form is None and questions:
        form = QuestionsForm(questions=questions, chosen=run.answers)
    show = request.GET.get("show", "")
    show = show if show in SHOWN else "look" if counts.look else "all"
    page = keyset_page(rows_of(run, show), keys=["number", "id"], cursor=request.GET.get("cursor"), size=ROWS_ON_PAGE)
    finished = run.state in (ImportRun.State.DONE, ImportRun.State.STOPPED)
    context: dict[str, Any] = {
        "run": run,
        "counts": counts,
        "questions_form": form,
        "waiting_rows": max(0, counts.questions - len(questions)) if preview else 0,
        "views": _views(run, counts, show),
        "rows": shown_rows(page),
        "page": page,
        "show": show,
        "to_invite": len(people_to_invite(run)) if finished else 0,
        "busy": _is_busy(run),
    }
    refused = form is not None and form.is_bound and not form.is_valid()
    return render(request, "onboarding/import.html", context, status=422 if refused else 200)


def _views(run: ImportRun, counts: Progress, show: str) -> list[dict[str, Any]]:
    address = reverse("onboarding:import", args=[run.pk])
    preview = run.state == ImportRun.State.PREVIEW
    numbers = {
        "look": (_("To look at"), counts.look + counts.kept),
        "new": (_("New") if preview else _("Imported"), counts.new if preview else counts.waiting + counts.done),
        "same": (_("Already there"), counts.same),
        "all": (_("All rows"), counts.total),
    }
    return [
        {"url": f"{address}?show={key}#rows-h", "label": label, "count": count, "current": key == show}
        for key, (label, count) in numbers.items()
    ]
