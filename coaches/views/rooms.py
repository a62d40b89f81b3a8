"""A coach's own room: the four places, how many are offered, times away."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from coaches.actions.profiles import end_absence, note_absence, set_capacity
from coaches.forms import AbsenceForm, CapacityForm
from coaches.models import Absence
from coaches.readers import absences_of, own_drawing, rooms_of
from coaches.views import access
from common.answers import add_domain_error, render_form
from common.errors import DomainError


@login_required
@require_safe
def my_places(request: HttpRequest) -> HttpResponse:
    """The coach's own people; four places for a peer coach, a list for others."""
    me = access.user(request)
    room = rooms_of([me.pk], programme=None)[me.pk]
    drawing = own_drawing(me)
    context = {
        "room": room,
        "has_places": drawing.four_places,
        "pairs": drawing.pairs,
        # Those whom the four places do not show: people of a mentor, and who follows later.
        "others": [one for one in room.placements if one.place is None or one.state == one.State.PLANNED],
        "free": sum(1 for place in room.places if place.state == "empty"),
    }
    return render(request, "coaches/my_places.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def room(request: HttpRequest, pk: int) -> HttpResponse:
    """How many places are offered, and when the coach is away."""
    coach = access.coach_to_change(request, pk)
    offered = rooms_of([coach.pk], programme=None)[coach.pk].capacity
    capacity = CapacityForm(_posted(request, "capacity"), initial={"capacity": offered})
    away = AbsenceForm(_posted(request, "absence"), initial={"starts_on": timezone.localdate()})
    form = away if request.POST.get("form") == "absence" else capacity
    if request.method == "POST" and form.is_valid():
        try:
            if form is away:
                note_absence(by=access.user(request), person=coach, **away.cleaned_data)
            else:
                set_capacity(by=access.user(request), coach=coach, capacity=capacity.cleaned_data["capacity"])
        except DomainError as error:
            add_domain_error(form, error)
        else:
            messages.success(request, _("It is saved. The coordinator sees it."))
            return redirect("coaches:room", pk=pk)
    context = {
        "coach": coach,
        "capacity": capacity,
        "away": away,
        "absences": absences_of(coach),
        "today": timezone.localdate(),
    }
    return render_form(request, "coaches/room.html", form, context)


@login_required
@require_POST
def back(request: HttpRequest, pk: int) -> HttpResponse:
    """Back from a time away, from today; one that has not begun is taken back."""
    absence = Absence.objects.select_related("person").filter(pk=pk).first()
    if absence is None:  # taken back already: the same button pressed twice says whose it was
        return redirect("coaches:room", pk=access.coach_to_change(request, access.number(request, "coach")).pk)
    coach = access.coach_to_change(request, absence.person_id)
    end_absence(by=access.user(request), absence=absence, ends_on=timezone.localdate())
    messages.success(request, _welcome(access.user(request), coach))
    return redirect("coaches:room", pk=coach.pk)


def _welcome(me: User, coach: User) -> str:
    return _("Welcome back.") if me == coach else _("%(name)s is back.") % {"name": coach.name}


def _posted(request: HttpRequest, name: str) -> QueryDict | None:
    return request.POST if request.method == "POST" and request.POST.get("form") == name else None
