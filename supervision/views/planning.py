"""Planning a session, changing and cancelling it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts.models import User
from accounts.signed_in import user
from common.answers import add_domain_error, render_form
from common.errors import DomainError, NotAllowed
from programmes.models import SupervisionRuleVersion
from supervision.actions.guests import find_guest
from supervision.actions.planning import cancel_session, change_session, plan_session, preview_change
from supervision.forms.planning import CancelForm, SessionForm
from supervision.models import SupervisionSession
from supervision.readers.planning import company, rules_to_plan
from supervision.views.loading import Loaded, load_to_change

State = SupervisionSession.State


def _rule(rules: list[SupervisionRuleVersion], wanted: str) -> SupervisionRuleVersion | None:
    """The rule asked for, or the only one; None when there is a choice. Raises Http404 for a rule of others."""
    if wanted:
        found = next((version for version in rules if str(version.rule_id) == wanted), None)
        if found is None:
            raise Http404
        return found
    return rules[0] if len(rules) == 1 else None


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: HttpRequest) -> HttpResponse:
    """Plan a session: first the rule, then who, when and where."""
    return _plan(request, afterwards=False)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def record_afterwards(request: HttpRequest) -> HttpResponse:
    """Note a session that was held without having been planned, then go on to its record."""
    return _plan(request, afterwards=True)


def _plan(request: HttpRequest, *, afterwards: bool) -> HttpResponse:
    me = user(request)
    rules = rules_to_plan(me)
    if not rules:
        raise NotAllowed(_("You have no role that plans sessions. The coordinator can give you one."))
    version = _rule(rules, request.GET.get("rule", ""))
    if version is None:
        return render(request, "supervision/choose_rule.html", {"rules": rules, "afterwards": afterwards})
    people = company(version, me, afterwards=afterwards)
    form = SessionForm(version, people, me, request.POST or None, afterwards=afterwards, day=_day(request))
    if form.is_bound and form.is_valid():
        session = _planned(form, me, afterwards)
        if session:
            return _after_planning(request, session, afterwards)
    context = {"version": version, "afterwards": afterwards, "nobody": not people.supervisees, "rules": rules}
    return render_form(request, "supervision/plan.html", form, context)


def _day(request: HttpRequest) -> dt.date | None:
    """The day that a link proposes; nothing when it is none."""
    try:
        return dt.date.fromisoformat(request.GET.get("day", ""))
    except ValueError:
        return None


def _planned(form: SessionForm, user: User, afterwards: bool) -> SupervisionSession | None:
    """The new session; None when a rule says no, with the sentence in the form."""
    try:
        guest = find_guest(programme=form.version.rule.programme, words=form.cleaned_data["guest"])
        return plan_session(
            by=user, version=form.version, when=form.when(), places=form.places(guest), afterwards=afterwards
        )
    except DomainError as error:
        add_domain_error(form, error)
        return None


def _after_planning(request: HttpRequest, session: SupervisionSession, afterwards: bool) -> HttpResponse:
    if afterwards:
        messages.success(request, _("The session is noted. Nobody was mailed. Now write the record."))
        return redirect("supervision:record", session.pk)
    messages.success(request, _("The session is planned. Everybody in it gets an invitation by e-mail."))
    return redirect("supervision:session", session.pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Move a session or change who is in it; a page says how many mails leave before they do."""
    found = load_to_change(request, pk)
    if found.session.state not in (State.PLANNED, State.HELD):
        raise DomainError(_("This session is finished or cancelled and can no longer be changed."))
    form = _change_form(request, found)
    context: dict[str, Any] = {"session": found.session, "version": form.version, "change": True}
    if form.is_bound and form.is_valid():
        try:
            answer = _change(request, found, form)
        except DomainError as error:
            add_domain_error(form, error)
        else:
            return answer
    return render_form(request, "supervision/plan.html", form, context)


def _change_form(request: HttpRequest, found: Loaded) -> SessionForm:
    version = found.session.rule_version
    lead = found.lead if found.lead and not (version.reciprocal or version.rotates_roles) else found.user
    people = company(version, lead or found.user, afterwards=found.session.state == State.HELD)
    return SessionForm(
        version,
        people,
        lead or found.user,
        request.POST or None,
        session=found.session,
        seated=found.attendances,
        afterwards=found.session.state == State.HELD,
    )


def _change(request: HttpRequest, found: Loaded, form: SessionForm) -> HttpResponse:
    """The change itself once it is confirmed; before that the page that says what leaves."""
    guest = find_guest(programme=found.session.programme, words=form.cleaned_data["guest"])
    shown = request.POST.get("sequence", "")
    is_number = shown.isascii() and shown.isdigit() and len(shown) < 10
    wanted: dict[str, Any] = {
        "session": found.session,
        "by": found.user,
        "when": form.when(),
        "places": form.places(guest),
        "sequence": int(shown) if is_number else found.session.sequence,
    }
    if "confirm" not in request.POST:
        mails = preview_change(**wanted)
        hidden = [(name, value) for name, values in request.POST.lists() for value in values]
        sent = [(name, value) for name, value in hidden if name not in ("csrfmiddlewaretoken", "sequence", "save")]
        context = {"session": found.session, "when": form.when(), "mails": mails, "hidden": sent}
        return render(request, "supervision/confirm_change.html", context | {"starts_at": form.when().starts_at})
    told = change_session(**wanted)
    messages.success(request, _told(_("The session is changed."), told))
    return redirect("supervision:session", found.session.pk)


def _told(sentence: str, mails: int) -> str:
    if not mails:
        return sentence
    leaves = ngettext("%(count)d mail leaves.", "%(count)d mails leave.", mails) % {"count": mails}
    return f"{sentence} {leaves}"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Cancel a session with a reason; the page says how many mails leave."""
    found = load_to_change(request, pk)
    if found.session.state == State.FINISHED or (found.session.state == State.CANCELLED and request.method != "POST"):
        raise DomainError(_("This session can no longer be cancelled: it is finished or cancelled already."))
    form = CancelForm(request.POST or None)
    if form.is_bound and form.is_valid():
        told = cancel_session(session=found.session, by=found.user, reason=form.cleaned_data["reason"])
        messages.success(request, _told(_("The session is cancelled."), told))
        return redirect("supervision:session", found.session.pk)
    others = [row.person for row in found.people if row.person_id != found.user.pk and row.person.email]
    mails = len(others) if found.session.state == State.PLANNED else 0
    return render_form(request, "supervision/cancel.html", form, {"session": found.session, "mails": mails})
