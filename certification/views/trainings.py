"""Trainings: the list, a new one, who is on it and who was there."""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.models import User
from certification.actions import events as acts
from certification.forms import EventForm
from certification.models import EventParticipant, TrainingEvent
from certification.policies.acts import organisations_in_reach, people_in_reach
from certification.readers import trainings as reader
from certification.readers.pack_parts import event_kinds
from certification.views import access
from common.answers import add_domain_error, render_form
from common.errors import DomainError
from common.list_query import read_list_query
from common.texts import for_reader
from programmes.models import Membership, Programme, ProgrammeRole

Kind = ProgrammeRole.Kind
LEADS = (Kind.COORDINATOR, Kind.MENTOR)
BOX = re.compile(r"there-(\d{1,18})-(\d{1,18})")


@login_required
@require_GET
def trainings(request: HttpRequest) -> HttpResponse:
    """Trainings in my reach, newest first."""
    hat = access.hat_of(request, *LEADS)
    query = read_list_query(request.GET, orders=reader.ORDERS, keep=("hat",))
    page = query.page(reader.trainings(access.user(request), hat.programme, query.q))
    kinds = event_kinds(hat.programme)
    rows = [(event, for_reader(kinds[event.kind].names) if event.kind in kinds else "") for event in page]
    return render(request, "certification/trainings.html", {"hat": hat, "list": query, "page": page, "rows": rows})


@login_required
@require_http_methods(["GET", "POST"])
def new_training(request: HttpRequest, programme_pk: int) -> HttpResponse:
    """Note a training with its days."""
    viewer = access.user(request)
    programme = access.starting_programme(request, programme_pk)
    form = _event_form(request, viewer, programme)
    if request.method == "POST" and form.is_valid():
        try:
            event = acts.plan_event(programme=programme, plan=form.plan(), by=viewer)
        except DomainError as error:
            if error.status == 403:
                raise
            add_domain_error(form, error)
        else:
            messages.success(request, _("The training is saved. Add those who take part."))
            return redirect("certification:training", pk=event.pk)
    return render_form(request, "certification/training_new.html", form, {"programme": programme})


def _event_form(request: HttpRequest, viewer: User, programme: Programme) -> EventForm:
    kinds = event_kinds(programme)
    leading = Membership.objects.open().filter(role__programme=programme, role__kind__in=LEADS)
    return EventForm(
        request.POST or None,
        kinds=[(kind.key, for_reader(kind.names, programme.language)) for kind in kinds.values()],
        organisations=organisations_in_reach(viewer, programme),
        leaders=User.objects.known().filter(pk__in=leading.values("person_id")).order_by("sort_name", "id"),
        back=reverse("certification:trainings"),
    )


@login_required
@require_http_methods(["GET", "POST"])
def training(request: HttpRequest, pk: int) -> HttpResponse:
    """Who is on the list, and who was there on which day: all days in a table, or one day at a time."""
    viewer = access.user(request)
    event = access.training_in_sight(viewer, pk)
    if request.method == "POST":
        return _note(request, event, viewer)
    q = request.GET.get("q", "")[:100].replace("\x00", "")
    table = reader.attendance_list(event, timezone.localdate())
    named = request.GET.get("day", "")
    context = {
        "event": event,
        "table": table,
        "day": next((day for day in table.days if str(day.pk) == named), None),
        "today": timezone.localdate(),
        "q": q,
        "found": reader.found_people(people_in_reach(viewer, event.programme), q, event=event),
    }
    return render(request, "certification/training.html", context)


def _note(request: HttpRequest, event: TrainingEvent, viewer: User) -> HttpResponse:
    """Only what was ticked or unticked on the page is changed; on the page of one day, on that day."""
    shown = request.POST.get("shown")
    day = request.POST.get("day", "")
    days = [int(day)] if day.isdecimal() and len(day) < 19 else None
    pairs = _pairs(BOX.fullmatch(name) for name in request.POST)
    if "everybody" in request.POST and days:
        pairs = [(one, days[0]) for one in event.participants.values_list("pk", flat=True)]
    was = None if shown is None else _pairs(BOX.fullmatch(name) for name in shown.split())
    back = reverse("certification:training", args=[event.pk]) + (f"?day={days[0]}" if days else "")
    try:
        changed = acts.note_attendance(event=event, present=pairs, by=viewer, shown=was, days=days)
    except DomainError as error:
        if error.status in (400, 403):
            raise
        messages.error(request, str(error))
        return redirect(back)
    text = ngettext("%(count)d change is saved.", "%(count)d changes are saved.", changed)
    messages.success(request, text % {"count": changed})
    if {one for one, _day in pairs} - set(event.participants.values_list("pk", flat=True)):
        messages.warning(request, _("Somebody whom you ticked was taken off the list meanwhile."))
    return redirect(back)


def _pairs(found: Iterable[re.Match[str] | None]) -> list[tuple[int, int]]:
    return [(int(one[1]), int(one[2])) for one in found if one]


@login_required
@require_GET
def sign_list(request: HttpRequest, pk: int) -> HttpResponse:
    """The list on paper, to sign: names and days, with nothing ticked."""
    event = access.training_in_sight(access.user(request), pk)
    table = reader.attendance_list(event, timezone.localdate())
    return render(request, "certification/training_sign.html", {"event": event, "table": table})


@login_required
@require_POST
def add_people(request: HttpRequest, pk: int) -> HttpResponse:
    """Put the chosen people on the list."""
    viewer = access.user(request)
    event = access.training_in_sight(viewer, pk)
    chosen = [int(value) for value in request.POST.getlist("person") if value.isdecimal() and len(value) < 19]
    people = list(people_in_reach(viewer, event.programme).filter(pk__in=chosen))
    added = acts.add_participants(event=event, people=people, by=viewer)
    text = ngettext("%(count)d person is on the list now.", "%(count)d more people are on the list now.", added)
    messages.success(request, text % {"count": added})
    return redirect("certification:training", pk=pk)


@login_required
@require_POST
def remove_person(request: HttpRequest, pk: int, participant_pk: int) -> HttpResponse:
    """Take somebody off the list who was never there."""
    event = access.training_in_sight(access.user(request), pk)
    participant = get_object_or_404(EventParticipant.objects.select_related("event"), pk=participant_pk, event=event)
    try:
        acts.remove_participant(participant=participant, by=access.user(request))
    except DomainError as error:
        if error.status == 403:
            raise
        messages.error(request, str(error))
    else:
        messages.success(request, _("Taken off the list."))
    return redirect("certification:training", pk=pk)
