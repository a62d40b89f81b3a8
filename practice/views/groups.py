"""My groups, one group, start and end."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.signed_in import user
from common.answers import add_domain_error, render_form
from common.errors import DomainError
from common.list_query import read_list_query
from practice import policies
from practice.actions import groups as acts
from practice.delivery import variant_word
from practice.forms.groups import EndGroupForm, StartGroupForm
from practice.models import DeliveryGroup, Recording
from practice.readers import groups as reader
from practice.wording import decimal_words, standing_words
from programmes.models import Programme, ProgrammeRole
from programmes.policies import Hat
from programmes.views.access import hats as hats_worn


def group_in_sight(request: HttpRequest, pk: int) -> DeliveryGroup:
    """A group that the viewer leads, led, or is coach to the leader of; 404 for everybody else's."""
    related = DeliveryGroup.objects.select_related("programme__stored_pack", "organisation")
    group = get_object_or_404(related, pk=pk)
    if not policies.may_read_group(user(request), group):
        raise Http404
    return group


@login_required
@require_safe
def my_groups(request: HttpRequest) -> HttpResponse:
    """The groups that I lead, those of the people I supervise, and for coordinators the figures of the own branch."""
    hats = hats_worn(request)
    leading = {hat.programme.pk: hat.programme for hat in hats if hat.role.kind in policies.LEADING_KINDS}
    supervises = any(hat.role.kind in policies.SUPERVISING_KINDS for hat in hats)
    whose = "supervised" if supervises and request.GET.get("whose") == "supervised" else "mine"
    query = read_list_query(request.GET, orders=reader.ORDERS, filters=reader.FILTERS, keep=["whose"])
    page = reader.my_groups(user(request), query, supervised=whose == "supervised")
    context = {
        "query": query,
        "page": page,
        "whose": whose,
        "supervises": supervises,
        "programmes": list(leading.values()),
        "figures": _figures(hats),
        "overdue": sum(row.to_delete for row in page) if whose == "mine" else 0,
    }
    return render(request, "practice/groups.html", context)


@login_required
@require_safe
def running(request: HttpRequest) -> HttpResponse:
    """The part of the home page about the groups that I lead now; without scripts it is the page of groups."""
    if request.headers.get("HX-Request") != "true":
        return redirect("practice:groups")
    return render(request, "practice/running.html", {"groups": reader.running_groups(user(request))})


def _figures(hats: list[Hat]) -> list[tuple[Programme, reader.GroupFigures]]:
    """What coordinators see: numbers of their branches, by programme."""
    branches: dict[int, set[str]] = {}
    known = {hat.programme.pk: hat.programme for hat in hats}
    for hat in hats:
        if hat.role.kind == ProgrammeRole.Kind.COORDINATOR:
            branches.setdefault(hat.programme.pk, set()).update(hat.paths)
    return [(known[pk], found) for pk, found in reader.figures(branches).items()] if branches else []


@login_required
@require_safe
def group(request: HttpRequest, pk: int) -> HttpResponse:
    """One group: how far it is, its meetings and how many came, its recordings, who leads it."""
    found = group_in_sight(request, pk)
    laid_out = reader.group_page(found)
    shown = _recordings(request, found, laid_out)
    filmed = {meeting.pk for meeting in laid_out.meetings if laid_out.led_on(user(request), meeting)}
    context = {
        "group": found,
        "variant": variant_word(found.programme, found.variant),
        "leaders": laid_out.leaders,
        "leading": laid_out.leading,
        "meetings": [(meeting, shown.get(meeting.pk, [])) for meeting in laid_out.meetings],
        "course": laid_out.course,
        "chart": laid_out.wide,
        "narrow_chart": laid_out.narrow,
        "average": decimal_words(laid_out.average) if laid_out.average is not None else None,
        "next_number": laid_out.next_number,
        "filmed": filmed,
        "has_recordings": bool(filmed or shown),
        "may_change": policies.leads_group(user(request), found),
    }
    return render(request, "practice/group.html", context)


def _recordings(
    request: HttpRequest, group: DeliveryGroup, laid_out: reader.GroupPage
) -> dict[int, list[tuple[Recording, str, str]]]:
    """The recordings of each meeting that the viewer may see, with how they stand."""
    shown: dict[int, list[tuple[Recording, str, str]]] = {}
    filmed = {meeting.pk: laid_out.filmed_in(meeting) for meeting in laid_out.meetings}
    there = [(one, filmed[pk]) for pk, found in laid_out.recordings.items() if pk in filmed for one in found]
    for one in policies.recordings_in_sight(user(request), group.programme, there):
        shown.setdefault(one.meeting_id or 0, []).append((one, *standing_words(one)))
    return shown


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest, programme_pk: int) -> HttpResponse:
    """Start a group in a programme in which I lead groups."""
    programme = get_object_or_404(Programme.objects.select_related("stored_pack"), pk=programme_pk)
    if not policies.leading_memberships(user(request), programme).exists():
        raise Http404
    form = StartGroupForm(request.POST or None, user=user(request), programme=programme)
    if request.method == "POST" and form.is_valid():
        try:
            started = acts.start_group(by=user(request), programme=programme, **form.cleaned_data)
        except DomainError as error:
            add_domain_error(form, error)
        else:
            messages.success(request, _("The group is started. Note its meetings here as they are held."))
            return redirect("practice:group", started.pk)
    return render_form(request, "practice/start.html", form, {"programme": programme})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """End a group; the page says what stays."""
    found = group_in_sight(request, pk)
    acts.require_leader(user(request), found)
    form = EndGroupForm(request.POST or None, group=found)
    if request.method == "POST" and form.is_valid():
        try:
            acts.end_group(by=user(request), group=found, ended_on=form.cleaned_data["ended_on"])
        except DomainError as error:
            add_domain_error(form, error)
        else:
            messages.success(request, _("The group has ended. Its meetings and checklists are kept."))
            return redirect("practice:group", found.pk)
    return render_form(request, "practice/end.html", form, {"group": found})
