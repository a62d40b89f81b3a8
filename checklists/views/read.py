"""One evaluation that was sent in; two side by side; one instrument over time."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from accounts.signed_in import user
from checklists.actions import sharing
from checklists.models import Checklist, Evaluation
from checklists.raters import asks_consent, is_compared
from checklists.readers.compared import side_by_side_of
from checklists.readers.over_time import time_table
from checklists.readers.sheet import sheet
from checklists.readership import compared_words, readers_words
from checklists.views.loading import about_person, evaluation_in_sight, own_evaluation, readable
from checklists.wording import filled_by_words, place_words

Part = Evaluation.Part
#: The latest so many are laid out over time.
MOST = 24


@login_required
@require_safe
def evaluation(request: HttpRequest, pk: int) -> HttpResponse:
    """One evaluation as it was sent in, with its scores."""
    found, others, open_ones = evaluation_in_sight(request, pk, _others)
    if found.state == Evaluation.State.DRAFT:
        return redirect("checklists:fill", found.pk)
    mine = found.rater_id == user(request).pk
    context = {
        "evaluation": found,
        "sheet": sheet(found),
        "place": place_words(found),
        "filled_by": filled_by_words(found),
        "can_compare": bool(open_ones),
        "mine": mine,
        "consents": mine and asks_consent(found.version),
        "readers_sentence": readers_words(found) if mine else "",
        "waits": mine and found.person is not None and is_compared(found.version) and not others,
    }
    return render(request, "checklists/evaluation.html", context)


def _others(found: Evaluation) -> QuerySet[Evaluation] | None:
    """What others sent in about the same thing, that this one can be laid beside; None where there is no person."""
    if found.person is None:
        return None
    same = about_person(found.person, found.version.checklist).filter(thing=found.thing)
    other = same.filter(part=Part.SELF) if found.part != Part.SELF else same.exclude(part=Part.SELF)
    return other.order_by("-submitted_at", "-pk")


@login_required
@require_safe
def compare(request: HttpRequest, pk: int) -> HttpResponse:
    """The person's own and another's, side by side. With several others, `?with=` chooses whose."""
    found, _all, others = evaluation_in_sight(request, pk, _others)
    if not others or found.state == Evaluation.State.DRAFT:
        raise Http404
    chosen = next((one for one in others if str(one.pk) == request.GET.get("with")), others[0])
    own, other = (found, chosen) if found.part == Part.SELF else (chosen, found)
    context = {
        "evaluation": found,
        "own": own,
        "other": other,
        "others": others,
        "sides": side_by_side_of(own, other),
        "place": place_words(found),
        "readers_sentence": compared_words(own, other),
    }
    return render(request, "checklists/compare.html", context)


@login_required
@require_POST
def share(request: HttpRequest, pk: int) -> HttpResponse:
    """Agree that the one rated reads it, or (with `take_back`) take that back."""
    found = own_evaluation(request, pk)
    if request.POST.get("take_back"):
        sharing.unshare(by=user(request), evaluation=found)
        messages.success(request, _("You have taken it back. You alone read it now."))
    else:
        sharing.share(by=user(request), evaluation=found)
        name = found.person.name if found.person else ""
        messages.success(request, _("%(name)s can read it now.") % {"name": name})
    return redirect("checklists:evaluation", found.pk)


@login_required
@require_safe
def over_time(request: HttpRequest, checklist_pk: int, person_pk: int) -> HttpResponse:
    """One instrument about one person, as far as the viewer may read: chart and table."""
    checklist = get_object_or_404(Checklist.objects.select_related("programme"), pk=checklist_pk)
    person = get_object_or_404(User.objects.known(), pk=person_pk)
    latest = list(about_person(person, checklist).order_by("-seen_on", "-pk")[:MOST])
    found = readable(user(request), person, latest[::-1]) if latest else []
    if not found:
        raise Http404
    context = {"person": person, "version": found[-1].version, "table": time_table(found)}
    return render(request, "checklists/over_time.html", context)
