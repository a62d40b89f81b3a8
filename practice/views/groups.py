"""My groups, one group, start and end."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from common.answers import add_domain_error, render_form
from common.errors import DomainError
from common.list_query import read_list_query
from practice import policies
from practice.actions import groups as acts
from practice.delivery import variant_word
from practice.forms import EndGroupForm, StartGroupForm
from practice.models import DeliveryGroup
from practice.readers import groups as reader
from programmes.models import Programme, ProgrammeRole
from programmes.policies import hats_of
from programmes.views.access import user


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
    """The groups I lead, and for coordinators the figures of the own branch."""
    query = read_list_query(request.GET, orders=reader.ORDERS, filters=reader.FILTERS)
    hats = hats_of(user(request))
    leading = {hat.programme.pk: hat.programme for hat in hats if hat.role.kind in policies.LEADING_KINDS}
    branches: dict[int, set[str]] = {}
    for hat in hats:
        if hat.role.kind == ProgrammeRole.Kind.COORDINATOR:
            branches.setdefault(hat.programme.pk, set()).update(hat.paths)
    known = {hat.programme.pk: hat.programme for hat in hats}
    figures = [(known[pk], found) for pk, found in reader.figures(branches).items()] if branches else []
    context = {
        "query": query,
        "page": reader.my_groups(user(request), query),
        "programmes": list(leading.values()),
        "figures": figures,
    }
    return render(request, "practice/groups.html", context)


@login_required
@require_safe
def group(request: HttpRequest, pk: int) -> HttpResponse:
    """One group and its meetings."""
    found = group_in_sight(request, pk)
    context = {
        "group": found,
        "variant": variant_word(found.programme, found.variant),
        "leaders": reader.group_leaders(found),
        "meetings": list(reader.meetings(found)[:100]),
        "may_change": policies.leads_group(user(request), found),
    }
    return render(request, "practice/group.html", context)


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
