"""Find a coach for somebody, and change it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.models import User
from coaches import readers
from coaches.actions.checks import current_version
from coaches.actions.moves import move_supervisee
from coaches.actions.places import place_supervisee, place_together
from coaches.forms import PlaceForm
from coaches.models import Placement
from coaches.readers import CoachChoice
from coaches.views import access
from common.answers import add_domain_error, render_form
from common.errors import DomainError
from common.list_query import SEARCH_LENGTH
from common.templatetags.ui import undo_tag
from programmes.models import SupervisionRuleVersion
from programmes.policies import Hat

# Nobody reads more; the search finds the others.
MOST_SHOWN = 20


@dataclass(frozen=True)
class Search:
    """Somebody who needs a coach under a rule, and everybody who could be it."""

    supervisee: User
    version: SupervisionRuleVersion
    rules: list[SupervisionRuleVersion]
    choices: list[CoachChoice]

    @property
    def three(self) -> bool:
        """Whether three people are placed together."""
        return self.version.reciprocal and self.version.format == SupervisionRuleVersion.Format.TRIAD


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def place(request: HttpRequest) -> HttpResponse:
    """Give somebody a place. Without a name in the address: who needs one."""
    named = request.GET.get("supervisee", "")
    hat = access.hat_with(request, named)
    if not named:
        people = readers.unplaced_people(hat.programme, hat.paths)
        return render(request, "coaches/unplaced.html", {"people": people, "worn": hat})
    supervisee = access.supervisee_in_branch(hat, named)
    search = _search(request, hat, supervisee)
    if search is None:
        return render(request, "coaches/nothing_to_place.html", {"supervisee": supervisee, "worn": hat})
    form = PlaceForm(
        request.POST or None,
        choices=search.choices,
        three=search.three,
        initial={"started_on": timezone.localdate(), "coach": request.GET.get("coach", "")},
    )
    if request.method == "POST" and form.is_valid():
        try:
            placement = _place(access.user(request), search, form.cleaned_data)
        except DomainError as error:
            add_domain_error(form, error)
        else:
            words = _("%(supervisee)s has a place with %(coach)s.")
            words %= {"supervisee": placement.supervisee.name, "coach": placement.coach.name}
            messages.success(request, words, extra_tags=undo_tag(reverse("coaches:undo", args=[placement.pk])))
            return redirect("people:person", pk=supervisee.pk)
    heading = _("Who shall be the coach of %(name)s?") % {"name": supervisee.name}
    return _page(request, form, search, hat, heading, _("Give a place"))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Another coach for somebody, from today."""
    placement = access.placement_to_change(request, pk)
    hat = access.hat_for(request, placement.programme)
    version = current_version(placement.rule)
    typed = request.GET.get("q", "")[:SEARCH_LENGTH]
    choices = readers.coach_choices(version, placement.supervisee, viewer=access.user(request), typed=typed)
    others = [choice for choice in choices if choice.person.pk != placement.coach_id]
    search = Search(placement.supervisee, version, [version], others)
    form = PlaceForm(request.POST or None, choices=others, moves=True)
    if request.method == "POST" and form.is_valid():
        coach = next(choice.person for choice in others if choice.person.pk == form.cleaned_data["coach"])
        try:
            move_supervisee(by=access.user(request), placement=placement, coach=coach)
        except DomainError as error:
            add_domain_error(form, error)
        else:
            words = _("%(supervisee)s is with %(coach)s from today.")
            messages.success(request, words % {"supervisee": placement.supervisee.name, "coach": coach.name})
            return redirect("people:person", pk=placement.supervisee_id)
    heading = _("Another coach for %(name)s, from today") % {"name": placement.supervisee.name}
    return _page(request, form, search, hat, heading, _("Change the coach"))


def _search(request: HttpRequest, hat: Hat, supervisee: User) -> Search | None:
    """The rule named in the form or the address, else the first under which a coach is missing; None when none is.

    A form that comes for a second time means the rule that it was drawn for, though nobody is missing there now.
    """
    rules = readers.rules_for(supervisee, hat.programme)
    if request.method == "POST" and request.POST.get("rule", "").isdecimal():
        rules += readers.rules_to_place_again(supervisee, hat.programme, request.POST["rule"])
    if not rules:
        return None
    named = request.POST.get("rule") or request.GET.get("rule", "")
    version = next((one for one in rules if str(one.rule_id) == named), rules[0])
    typed = request.GET.get("q", "")[:SEARCH_LENGTH]
    choices = readers.coach_choices(version, supervisee, viewer=access.user(request), typed=typed)
    return Search(supervisee, version, rules, choices)


def _place(by: User, search: Search, data: dict[str, Any]) -> Placement:
    people = {choice.person.pk: choice.person for choice in search.choices}
    coach = people[data["coach"]]
    if search.three:
        together = [coach, search.supervisee, people[data["third"]]]
        return place_together(by=by, people=together, rule=search.version.rule, started_on=data["started_on"])[0]
    return place_supervisee(
        by=by,
        coach=coach,
        supervisee=search.supervisee,
        rule=search.version.rule,
        started_on=data["started_on"],
        planned_end_on=data["planned_end_on"],
    )


def _page(request: HttpRequest, form: PlaceForm, search: Search, hat: Hat, heading: str, submit: str) -> HttpResponse:
    with_room = [choice for choice in search.choices if choice.has_room]
    full = [choice for choice in search.choices if not choice.has_room]
    context = {
        "search": search,
        "worn": hat,
        "heading": heading,
        "submit": submit,
        "with_room": with_room[:MOST_SHOWN],
        "unshown": max(len(with_room) - MOST_SHOWN, 0),
        "full": full[:MOST_SHOWN],
        "typed": request.GET.get("q", ""),
        "chosen": str(form["coach"].value() or ""),
    }
    return render_form(request, "coaches/place.html", form, context)
