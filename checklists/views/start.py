"""Choose a checklist, and what it is about."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from accounts.signed_in import user
from checklists.actions.evaluate import Place, open_evaluation
from checklists.forms import StartForm
from checklists.models import ChecklistVersion, Evaluation
from checklists.readers import choices as reader
from checklists.subjects import NEEDS_ROW, SUBJECTS, Choice, Target
from checklists.views.loading import version_to_fill
from common.answers import add_domain_error, render_form
from common.day_parsing import parse_day
from common.errors import DomainError
from common.texts import for_reader
from practice.models import DeliveryGroup, GroupMeeting, Recording
from programmes.models import Organisation, Programme

ROWS = {"group": DeliveryGroup, "meeting": GroupMeeting, "recording": Recording}


@login_required
@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """The checklists that are mine to fill in."""
    mine, anonymous = reader.offered_to(user(request))
    return render(request, "checklists/choose.html", {"offered": mine, "anonymous": anonymous})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what the checklist is about, and go on to its answers."""
    version = version_to_fill(request, pk)
    offered = reader.choices(user(request), version)
    initial = {"about": request.GET.get("about", ""), "seen_on": _day(request)}
    form = StartForm(request.POST or None, choices=offered, version_name=for_reader(version.names), initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            evaluation = _open(user(request), version, form)
        except DomainError as error:
            add_domain_error(form, error)
        else:
            return redirect("checklists:fill", evaluation.pk)
    needs_row = SUBJECTS[version.about].where in NEEDS_ROW
    context = {"version": version, "offered": offered, "needs_row": needs_row}
    return render_form(request, "checklists/start.html", form, context)


def _day(request: HttpRequest) -> object:
    try:
        return parse_day(request.GET["day"])
    except (KeyError, DomainError):
        return timezone.localdate()


def _open(by: User, version: ChecklistVersion, form: StartForm) -> Evaluation:
    choice = form.chosen
    day = choice.day or form.cleaned_data["seen_on"]
    return open_evaluation(by=by, version=version, about=_about(choice), seen_on=day, place=_place(choice.thing))


def _about(choice: Choice) -> User | Organisation | Programme:
    models = {Target.PERSON: User, Target.ORGANISATION: Organisation, Target.PROGRAMME: Programme}
    return models[choice.target].objects.get(pk=choice.target_pk)


def _place(thing: str) -> Place:
    kind, _colon, pk = thing.partition(":")
    if kind in ROWS:
        return Place(**{kind: ROWS[kind].objects.get(pk=int(pk))})
    return Place(thing=thing)
