"""Answering an invitation, bringing a question, and what is written for oneself."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import User
from common.addresses import safe_next
from common.answers import add_domain_error, render_form
from common.errors import DomainError
from supervision.actions.own_words import keep_own_words
from supervision.actions.replies import answer, bring_question
from supervision.forms.own import OwnWordsForm, QuestionForm
from supervision.local_time import city_of, zone_for
from supervision.models import Attendance, SupervisionSession
from supervision.readers.page import own_part
from supervision.readers.record import attendances_of, session_of
from supervision.readers.who_reads import question_readers
from supervision.reply_links import read_reply_token
from supervision.views.loading import load_seated, load_to_take_part

State = SupervisionSession.State


@login_required
@require_POST
def answer_here(request: HttpRequest, pk: int) -> HttpResponse:
    """Yes or no from the session's page or the home page."""
    found = load_to_take_part(request, pk)
    answer(session=found.session, by=found.user, reply=request.POST.get("reply", ""))
    messages.success(request, _thanks(request.POST.get("reply", "")))
    return redirect(safe_next(request, reverse("supervision:session", args=[pk])))


def _thanks(reply: str) -> str:
    if reply == Attendance.Reply.YES:
        return _("You have said that you come.")
    return _("You have said that you do not come. Those who lead see it at once.")


@require_http_methods(["GET", "HEAD", "POST"])
def reply(request: HttpRequest, token: str) -> HttpResponse:
    """The link in a mail: opening it changes nothing, pressing a button answers. No sign-in is needed."""
    session, row = _by_token(token)
    with override(row.person.language):
        error = ""
        if request.method == "POST":
            try:
                answer(session=session, by=row.person, reply=request.POST.get("reply", ""))
            except DomainError as refused:
                error = str(refused)
            else:
                return redirect("supervision:reply", token)
        over = session.state != State.PLANNED or session.ends_at < timezone.now()
        lead = _lead(session)
        context = {"session": session, "row": row, "over": over, "error": error, "token": token, "lead": lead}
        context["zone"] = zone_for(row.person.time_zone, session.zone, session.starts_at)
        context["city"] = city_of(session.zone)
        response = render(request, "supervision/reply.html", context, status=422 if error else 200)
    response["Referrer-Policy"] = "no-referrer"
    response["Cache-Control"] = "no-store"
    return response


def _by_token(token: str) -> tuple[SupervisionSession, Attendance]:
    """The session and the seat that a link names. Raises Http404 for a link that is forged, old or of no seat."""
    ids = read_reply_token(token)
    session = session_of(ids[0]) if ids else None
    row = next((row for row in attendances_of(session) if ids and row.person_id == ids[1]), None) if session else None
    if session is None or row is None:
        raise Http404
    return session, row


def _lead(session: SupervisionSession) -> User | None:
    return next((row.person for row in attendances_of(session) if row.seat == Attendance.Seat.LEAD), None)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def question(request: HttpRequest, pk: int) -> HttpResponse:
    """The question that one brings, written beforehand."""
    found = load_to_take_part(request, pk)
    page = reverse("supervision:session", args=[pk])
    others = [row.person.get_short_name() for row in found.people if row.person_id != found.user.pk]
    asked = next((row.question for row in found.attendances if row.person_id == found.user.pk and row.question), "")
    form = QuestionForm(
        request.POST or None, initial={"question": asked}, readers=question_readers(others), cancel=page
    )
    if request.method == "POST" and form.is_valid():
        try:
            bring_question(session=found.session, by=found.user, question=form.cleaned_data["question"])
        except DomainError as error:
            add_domain_error(form, error)
        else:
            messages.success(request, _("Your question is sent in. Those in the session can read it."))
            return redirect(safe_next(request, page))
    return render_form(request, "supervision/question.html", form, {"found": found, "session": found.session})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def own(request: HttpRequest, pk: int) -> HttpResponse:
    """What one writes for oneself about a session: wellbeing, reflections, a note."""
    found = load_to_take_part(request, pk) if request.method == "POST" else load_seated(request, pk)
    part = own_part(found.session, found.attendances, found.user)
    page = reverse("supervision:session", args=[pk])
    form = OwnWordsForm(part, request.POST or None, cancel=page)
    if form.is_bound and form.is_valid():
        keep_own_words(session=found.session, by=found.user, written=form.written(), note=form.cleaned_data["note"])
        messages.success(request, _("Saved. Only you read it."))
        return redirect(page)
    return render_form(request, "supervision/own.html", form, {"found": found, "session": found.session})
