"""Recording a session: the sheet, its drafts, two windows, and opening a finished record again."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from common.answers import add_domain_error, render_form
from common.dates import clock
from common.errors import Conflict, DomainError
from supervision.actions.recording import discard_draft, reopen_record, save_draft, save_record
from supervision.forms.record import RecordForm
from supervision.forms.record_conflicts import Stale, stale_fields, unsaved_fields
from supervision.forms.record_rows import as_fields, as_query, number, one_less, one_more
from supervision.models import RecordDraft, SupervisionSession
from supervision.readers.record import Desk, desk_of
from supervision.views.loading import Loaded, load_to_lead

State = SupervisionSession.State
MOST_FIELDS = 2000
_UNSAVED = gettext_lazy(
    "The session was marked as held in another window. What you typed here since is kept for you: open the record "
    "again to see it."
)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def record(request: HttpRequest, pk: int) -> HttpResponse:
    """The record of a session along its agenda."""
    found = load_to_lead(request, pk)
    if found.session.state == State.CANCELLED:
        raise DomainError(_("The session is cancelled. Record another one instead."))
    if request.method == "POST":
        return _post_until_fresh(request, found)
    if found.session.state == State.FINISHED:
        return redirect("supervision:session", pk)
    desk = desk_of(found.session, found.attendances, found.user)
    draft = RecordDraft.objects.filter(session=found.session, author=found.user).first()
    if draft is None:
        return _page(request, found, RecordForm(desk, found.user))
    stale = stale_fields(desk, found.user, as_query(draft.fields))
    if stale.conflicts:  # two versions wait for a choice: nothing else is typed before it is made
        return redirect("supervision:resolve", pk)
    return _page(request, found, RecordForm(desk, found.user, typed=stale.values), draft=draft)


def _waits(found: Loaded, desk: Desk | None = None) -> bool:
    """Whether a text of another window waits for a choice: it must not be overwritten by what this window sends."""
    draft = RecordDraft.objects.filter(session=found.session, author=found.user).first()
    if draft is None or draft.base_revision >= found.session.revision:
        return False
    desk = desk or desk_of(found.session, found.attendances, found.user)
    return bool(stale_fields(desk, found.user, as_query(draft.fields)).conflicts)


def _page(request: HttpRequest, found: Loaded, form: RecordForm, **more: Any) -> HttpResponse:
    draft = more.get("draft")
    saved = _("Draft saved at %(time)s") % {"time": clock(draft.saved_at)} if draft else ""
    context = {"found": found, "session": found.session, "desk": form.desk, "saved": saved, **more}
    return render_form(request, "supervision/record.html", form, context)


def _post_until_fresh(request: HttpRequest, found: Loaded) -> HttpResponse:
    """Save; when another window saves in the same moment, look at the record anew: nothing is lost or overwritten."""
    for _attempt in range(3):
        if found.session.state == State.FINISHED:
            return _after_the_end(request, found)
        try:
            return _posted(request, found, desk_of(found.session, found.attendances, found.user))
        except Conflict as error:
            if error.code not in ("stale", "finished"):
                raise
            found = load_to_lead(request, found.session.pk)
    raise Conflict(_("The text was saved in another window in the meantime. Choose what to keep."), code="stale")


def _after_the_end(request: HttpRequest, found: Loaded) -> HttpResponse:
    """A window that sends a record which another one has marked as held: what it typed since is kept, as a draft.

    A form sent twice has typed nothing since.
    """
    if _keep_unsaved(request, found):
        messages.warning(request, _UNSAVED)
    return redirect("supervision:session", found.session.pk)


def _keep_unsaved(request: HttpRequest, found: Loaded) -> bool:
    """Keep what a window typed into a record that is finished by now; whether it had typed anything."""
    desk = desk_of(found.session, found.attendances, found.user)
    if not unsaved_fields(desk, found.user, request.POST):
        return False
    revision = number(request.POST.get("revision", ""))
    save_draft(session=found.session, by=found.user, fields=as_fields(request.POST), revision=revision)
    return True


def _posted(request: HttpRequest, found: Loaded, desk: Desk) -> HttpResponse:
    do = request.POST.get("do", "draft")
    revision = number(request.POST.get("revision", ""))
    data = request.POST
    if revision != found.session.revision:
        stale = stale_fields(desk, found.user, data)
        if stale.conflicts:
            save_draft(session=found.session, by=found.user, fields=as_fields(data), revision=revision)
            return _two_versions(request, found, desk, stale, status=409)
        data = as_query({**as_fields(data), **stale.as_lists(), "revision": [str(found.session.revision)]})
        messages.info(request, _("Another window saved this session meanwhile. Both texts are kept."))
    waits = _waits(found, desk)
    if do.startswith("add:"):
        return _other_rows(request, found, desk, one_more(as_fields(data), do.removeprefix("add:")), waits=waits)
    if do.startswith("drop:"):
        return _other_rows(request, found, desk, one_less(as_fields(data), do.removeprefix("drop:")), waits=waits)
    return _save(request, found, RecordForm(desk, found.user, data, finishing=do == "finish"), waits=waits)


def _save(request: HttpRequest, found: Loaded, form: RecordForm, *, waits: bool = False) -> HttpResponse:
    """Save or finish; what cannot be saved as it is stays in the form, and as a draft."""
    if form.is_valid():
        try:
            saved = save_record(
                session=found.session,
                by=found.user,
                revision=found.session.revision,
                written=form.written(),
                came=form.came(),
                theme=form.cleaned_data.get("theme", ""),
                own_note=form.cleaned_data["own"],
                finished=form.finishing,
                keep_draft=waits,
            )
        except DomainError as error:
            if isinstance(error, Conflict):
                raise
            add_domain_error(form, error)
        else:
            return _saved(request, saved)
    if not waits:
        fields = as_fields(form.data)
        save_draft(session=found.session, by=found.user, fields=fields, revision=found.session.revision)
    return _page(request, found, form)


def _saved(request: HttpRequest, session: SupervisionSession) -> HttpResponse:
    if session.state == State.FINISHED:
        messages.success(
            request, _("The session is marked as held. Goals and feedback are now with those they belong to.")
        )
        return redirect("supervision:session", session.pk)
    messages.success(request, _("The draft is saved. Only those who lead see it until the session is marked as held."))
    return redirect("supervision:record", session.pk)


def _other_rows(
    request: HttpRequest, found: Loaded, desk: Desk, rows: tuple[dict[str, list[str]], str], *, waits: bool
) -> HttpResponse:
    """One row more or less, without script: everything typed is kept as a draft, and the page is drawn anew."""
    fields, name = rows
    if waits:  # the draft is taken: the page itself carries what was typed
        return _page(request, found, RecordForm(desk, found.user, as_query(fields)))
    save_draft(session=found.session, by=found.user, fields=fields, revision=found.session.revision)
    return redirect(f"{reverse('supervision:record', args=[found.session.pk])}#{name}")


@login_required
@require_POST
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep what was typed; answers with the sentence for the page. Called by `static/js/draft.js`."""
    found = load_to_lead(request, pk)
    if len(request.POST) > MOST_FIELDS:
        raise DomainError(_("The text holds more fields than the page has."), status=400)
    if found.session.state == State.FINISHED:
        return JsonResponse({"saved": str(_UNSAVED) if _keep_unsaved(request, found) else ""})
    revision = number(request.POST.get("revision", ""))
    if revision == found.session.revision and _waits(found):
        return JsonResponse(
            {"saved": _("Another text of yours waits for a choice: press Save draft to keep this one.")}
        )
    kept = save_draft(session=found.session, by=found.user, fields=as_fields(request.POST), revision=revision)
    sentence = _("Draft saved at %(time)s") % {"time": clock(kept.saved_at)}
    if revision != found.session.revision:
        sentence += ". " + _("Another window has saved this session: press Save draft to see both texts.")
    return JsonResponse({"saved": sentence})


@login_required
@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw away what was typed and not saved."""
    found = load_to_lead(request, pk)
    discard_draft(session=found.session, by=found.user)
    messages.success(request, _("Your unsaved text is gone. This is what was saved."))
    return redirect("supervision:record", pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def resolve(request: HttpRequest, pk: int) -> HttpResponse:
    """Two versions of the same texts: choose what to keep."""
    found = load_to_lead(request, pk)
    kept = RecordDraft.objects.filter(session=found.session, author=found.user).first()
    if kept is None or found.session.state in (State.FINISHED, State.CANCELLED):
        return redirect("supervision:record", pk)
    desk = desk_of(found.session, found.attendances, found.user)
    stale = stale_fields(desk, found.user, as_query(kept.fields))
    if request.method != "POST":
        return _two_versions(request, found, desk, stale)
    if number(request.POST.get("revision", "")) != found.session.revision:
        return _two_versions(request, found, desk, stale, status=409)
    chosen = stale.chosen(request.POST)
    if chosen is None:
        return _two_versions(request, found, desk, stale, status=422, missing=True)
    data = as_query({**kept.fields, **chosen, "revision": [str(found.session.revision)]})
    return _save(request, found, RecordForm(desk, found.user, data))


def _two_versions(
    request: HttpRequest, found: Loaded, desk: Desk, stale: Stale, *, status: int = 200, missing: bool = False
) -> HttpResponse:
    context = {"found": found, "session": found.session, "desk": desk, "stale": stale, "missing": missing}
    return render(request, "supervision/two_versions.html", context, status=status)


@login_required
@require_POST
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a finished record again, to correct it."""
    found = load_to_lead(request, pk)
    reopen_record(session=found.session, by=found.user)
    messages.success(request, _("The record is open again. What was given out stays until you mark it as held."))
    return redirect("supervision:record", pk)
