"""One's own goals and the feedback one has been given."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from accounts.signed_in import user
from common.addresses import safe_next
from common.answers import add_domain_error, render_form
from common.errors import DomainError
from common.lists import keyset_page
from programmes.models import Programme
from programmes.policies import hats_of
from supervision.actions.goals import set_goal, share_feedback, share_goal, take_up_goal
from supervision.forms.own import GoalForm, OutcomeForm
from supervision.models import Goal
from supervision.readers.goals import GoalFrame, feedback_for, goal_frame, goals_of, limit_sentence, my_goals
from supervision.readers.shared import shared_with, supervises_coaches


def _programmes(user: User) -> list[Programme]:
    """The programmes in which somebody has a role now."""
    return list({hat.programme.pk: hat.programme for hat in hats_of(user)}.values())


@login_required
@require_safe
def goals(request: HttpRequest) -> HttpResponse:
    """My goals: open ones with their history, and what became of the others."""
    me = user(request)
    context = {
        "goals": my_goals(me),
        "programmes": _programmes(me),
        "supervises_coaches": supervises_coaches(me),
    }
    return render(request, "supervision/goals.html", context)


@login_required
@require_safe
def shared(request: HttpRequest) -> HttpResponse:
    """What people whose coach one supervises share: goals and feedback."""
    me = user(request)
    return render(request, "supervision/shared.html", {"owners": shared_with(me)})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_goal(request: HttpRequest) -> HttpResponse:
    """Set a goal of one's own outside a session."""
    me = user(request)
    programme = _chosen(_programmes(me), request.GET.get("programme", ""))
    frame = goal_frame(programme)
    form = GoalForm(frame, request.POST or None, cancel=reverse("supervision:goals"))
    if form.is_bound and form.is_valid():
        try:
            set_goal(
                by=me,
                programme=programme,
                text=form.cleaned_data["text"],
                fields=form.more_fields(),
                due_on=form.cleaned_data["due_on"],
                level=form.cleaned_data.get("level", ""),
            )
        except DomainError as error:
            add_domain_error(form, error)
        else:
            messages.success(request, _("Your goal is set."))
            return redirect("supervision:goals")
    return render_form(request, "supervision/new_goal.html", form, _frame_context(me, programme, frame))


def _chosen(programmes: list[Programme], wanted: str) -> Programme:
    """The programme asked for, else the first. Raises Http404 without any, or for another's."""
    found = [programme for programme in programmes if not wanted or str(programme.pk) == wanted]
    if not found:
        raise Http404
    return found[0]


def _frame_context(user: User, programme: Programme, frame: GoalFrame) -> dict[str, object]:
    """What the page says beside the form: examples, and when there are many open goals already."""
    open_ = Goal.objects.filter(person=user, programme=programme, status__in=Goal.OPEN).count()
    return {"programme": programme, "frame": frame, "limit": limit_sentence(open_, frame.max_open)}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def goal(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a goal of one's own up outside a session."""
    me = user(request)
    found = _own_goal(me, pk)
    form = OutcomeForm(goal_frame(found.programme), request.POST or None, cancel=reverse("supervision:goals"))
    if form.is_bound and form.is_valid():
        try:
            take_up_goal(goal=found, by=me, status=form.cleaned_data["status"], comment=form.cleaned_data["comment"])
        except DomainError as error:
            add_domain_error(form, error)
        else:
            messages.success(request, _("What happened is saved."))
            return redirect("supervision:goals")
    return render_form(request, "supervision/goal.html", form, {"goal": found})


def _own_goal(user: User, pk: int) -> Goal:
    found = goals_of(user).filter(pk=pk).select_related("programme").first()
    if found is None:
        raise Http404
    return found


@login_required
@require_POST
def share_one_goal(request: HttpRequest, pk: int) -> HttpResponse:
    """Let the one who supervises one's coach see a goal, or no longer."""
    me = user(request)
    on = "on" in request.POST
    share_goal(goal=_own_goal(me, pk), by=me, shared=on)
    messages.success(request, _shared(on))
    return redirect(safe_next(request, reverse("supervision:goals")))


def _shared(on: bool) -> str:
    if on:
        return _("Shared with the one who supervises your coach.")
    return _("No longer shared.")


@login_required
@require_safe
def feedback(request: HttpRequest) -> HttpResponse:
    """The feedback I have been given, strengths first."""
    me = user(request)
    page = keyset_page(feedback_for(me), keys=("-given_at", "-id"), cursor=request.GET.get("cursor"))
    context = {
        "page": page,
        "next_url": f"?{urlencode({'cursor': page.next})}" if page.next else "",
        "previous_url": f"?{urlencode({'cursor': page.previous})}" if page.previous else "",
    }
    return render(request, "supervision/feedback.html", context)


@login_required
@require_POST
def share_one_feedback(request: HttpRequest, pk: int) -> HttpResponse:
    """Let the one who supervises one's coach see this feedback, or no longer."""
    me = user(request)
    found = feedback_for(me).filter(pk=pk).first()
    if found is None:
        raise Http404
    on = "on" in request.POST
    share_feedback(feedback=found, by=me, shared=on)
    messages.success(request, _shared(on))
    return redirect(safe_next(request, reverse("supervision:feedback")))
