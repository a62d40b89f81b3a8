"""The ladder: my own, somebody's, the coordinator's list; beginning and closing."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from certification.actions import candidacies as acts
from certification.forms import HandInForm, StartForm
from certification.models import Candidacy, TrackVersion
from certification.policies.acts import (
    may_hand_in,
    may_manage,
    organisations_in_reach,
    people_in_reach,
    starting_programmes,
)
from certification.readers import candidates as listing
from certification.readers.climbs import name_of
from certification.readers.home import own_certificates, own_ways
from certification.readers.keeping import kept_on_the_way
from certification.readers.ladder import ladder, months_since, own_acts
from certification.readers.trainings import found_people
from certification.readers.variants import variants_of
from certification.views import access
from common.answers import add_domain_error, render_form
from common.errors import DomainError, NotAllowed
from common.exports import csv_response
from common.list_query import read_list_query
from programmes.actions.exports import filters_of, note_export
from programmes.models import ProgrammeRole
from programmes.rights import Thing, readers_of


@login_required
@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """Everything that I am on the way to, and what I have."""
    ways, certificates = own_ways(access.user(request)), own_certificates(access.user(request))
    if len(ways) == 1 and not certificates:
        return redirect("certification:candidacy", pk=ways[0].candidacy_id)
    context = {"ways": ways, "certificates": certificates, "today": timezone.localdate()}
    return render(request, "certification/mine.html", context)


@login_required
@require_GET
def candidacy(request: HttpRequest, pk: int) -> HttpResponse:
    """One ladder, as much of it as the viewer sees."""
    viewer = access.user(request)
    seen = access.candidacy_in_sight(viewer, pk)
    if seen.own_acts:
        return render(request, "certification/acts.html", {"acts": own_acts(seen.climb, viewer)})
    context = {
        "ladder": ladder(seen.climb, viewer, seen.relations),
        "whole": seen.whole,
        "months": months_since(seen.candidacy.started_at),
        "may_close": seen.candidacy.state == Candidacy.State.OPEN and may_manage(viewer, seen.candidacy),
        "readers": readers_of(Thing.LADDER, is_own=seen.candidacy.person_id == viewer.pk),
        "kept": kept_on_the_way(seen.candidacy),
    }
    return render(request, "certification/candidacy.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, then close a candidacy without a certificate."""
    seen = access.candidacy_in_sight(access.user(request), pk)
    found = seen.candidacy
    acts.check_may_close(found, access.user(request))
    if request.method == "POST":
        acts.close_candidacy(candidacy=found, by=access.user(request))
        messages.success(request, _("The ladder is closed. What was decided is kept."))
        return redirect("certification:candidacy", pk=pk)
    return render(request, "certification/close.html", {"candidacy": found, "name": name_of(found)})


@login_required
@require_http_methods(["GET", "POST"])
def hand_in(request: HttpRequest, pk: int, step_pk: int) -> HttpResponse:
    """Say where the paper for a step is."""
    found = access.whole_candidacy(access.user(request), pk).candidacy
    step = get_object_or_404(found.track_version.steps, pk=step_pk)
    if not may_hand_in(access.user(request), found):
        raise NotAllowed(_("Only the candidate hands this in."))
    form = HandInForm(request.POST or None, back=f"/ladder/{pk}/")
    if request.method == "POST" and form.is_valid():
        try:
            acts.hand_in(candidacy=found, step=step, reference=form.cleaned_data["reference"], by=access.user(request))
        except DomainError as error:
            if error.status == 403:
                raise
            add_domain_error(form, error)
        else:
            messages.success(request, _("It is handed in. Those who decide the step see it."))
            return redirect("certification:candidacy", pk=pk)
    return render_form(request, "certification/hand_in.html", form, {"candidacy": found, "step": step})


@login_required
@require_GET
def candidates(request: HttpRequest) -> HttpResponseBase:
    """The coordinator's list, as a page or as CSV."""
    hat = access.hat_of(request, ProgrammeRole.Kind.COORDINATOR)
    offered = listing.filters(hat.programme)
    query = read_list_query(request.GET, orders=listing.ORDERS, filters=offered, keep=("hat",))
    found = listing.candidates(hat.programme, hat.paths, query.q)
    if request.GET.get("format") == "csv":
        ordered = found.filter(query.condition).order_by(*query.keys)
        note_export(
            by=access.user(request), hat=hat, what="candidates", rows=ordered.count(), filters=filters_of(query)
        )
        lines = (_csv_line(row) for row in listing.all_rows(ordered, hat.programme))
        name = _("candidates")
        return csv_response(f"{name}-{timezone.localdate():%Y-%m-%d}.csv", listing.COLUMNS, lines)
    page = query.page(found)
    context = {"hat": hat, "list": query, "page": page, "rows": listing.rows(page, hat.programme), "filters": offered}
    return render(request, "certification/candidates.html", context)


def _csv_line(row: listing.Row) -> list[object]:
    one = row.candidacy
    return [
        row.name,
        row.track,
        row.variant,
        one.get_state_display(),
        row.done,
        row.steps,
        timezone.localdate(one.started_at),
        row.sentence,
    ]


@login_required
@require_GET
def start(request: HttpRequest) -> HttpResponse:
    """Look for the person who begins."""
    viewer = access.user(request)
    programmes = list(starting_programmes(viewer))
    if not programmes:
        access.hat_of(request, ProgrammeRole.Kind.COORDINATOR, ProgrammeRole.Kind.MENTOR)
    q = request.GET.get("q", "")[:100].replace("\x00", "")
    found = [(programme, found_people(people_in_reach(viewer, programme), q)) for programme in programmes]
    return render(request, "certification/start.html", {"found": found, "q": q})


@login_required
@require_http_methods(["GET", "POST"])
def start_person(request: HttpRequest, programme_pk: int, person_pk: int) -> HttpResponse:
    """Choose the ladder for one person."""
    viewer = access.user(request)
    programme = access.starting_programme(request, programme_pk)
    person = get_object_or_404(people_in_reach(viewer, programme), pk=person_pk)
    versions = _versions(programme.pk, TrackVersion.Candidate.PERSON)
    form = StartForm(request.POST or None, versions=versions, variants=variants_of(programme), back="/ladder/start/")
    if request.method == "POST" and form.is_valid() and (done := _begin(request, form, person=person)):
        return done
    return render_form(request, "certification/start_one.html", form, {"person": person, "programme": programme})


@login_required
@require_http_methods(["GET", "POST"])
def start_organisation(request: HttpRequest, programme_pk: int) -> HttpResponse:
    """Choose the ladder and the organisation."""
    viewer = access.user(request)
    programme = access.starting_programme(request, programme_pk)
    versions = _versions(programme.pk, TrackVersion.Candidate.ORGANISATION)
    form = StartForm(
        request.POST or None,
        versions=versions,
        variants={},
        organisations=organisations_in_reach(viewer, programme),
        back="/ladder/start/",
    )
    if request.method == "POST" and form.is_valid():
        organisation = form.cleaned_data["organisation"]
        if done := _begin(request, form, organisation=organisation):
            return done
    return render_form(request, "certification/start_one.html", form, {"programme": programme})


def _versions(programme_pk: int, candidate: str) -> object:
    found = TrackVersion.objects.filter(track__programme=programme_pk, is_current=True, candidate=candidate)
    return found.select_related("track__programme").order_by("track__order")


def _begin(request: HttpRequest, form: StartForm, **candidate: object) -> HttpResponse | None:
    given = form.cleaned_data
    version = given["track"]
    variant = given.get("variant", "") if version.per_variant else ""
    try:
        made = acts.start_candidacy(
            track=version.track,
            by=access.user(request),
            variant=variant,
            **candidate,  # type: ignore[arg-type]
        )
    except DomainError as error:
        if error.status == 403:
            raise
        add_domain_error(form, error)
        return None
    messages.success(request, _("The ladder is begun. What counts already is there."))
    return redirect("certification:candidacy", pk=made.pk)
