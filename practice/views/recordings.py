"""Recordings of meetings by reference: a list of what is there, one recording, and the acts about it."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.signed_in import user
from common.answers import add_domain_error, render_form
from common.errors import DomainError, NotAllowed
from common.list_query import read_list_query
from practice import policies
from practice.actions import moments as moment_acts
from practice.actions import recordings as acts
from practice.consent_terms import consent_terms
from practice.forms.recordings import MomentForm, RecordingForm
from practice.models import GroupMeeting, Moment, Recording
from practice.readers import recordings as reader
from practice.standing import Standing, standing_of
from practice.views.groups import group_in_sight
from practice.wording import counts_words, purposes_words, recording_readers, standing_words
from programmes.models import ProgrammeRole
from programmes.policies import hats_of


@login_required
@require_safe
def my_recordings(request: HttpRequest) -> HttpResponse:
    """Recordings of meetings that I led; for a coordinator, that recordings exist in the own branch."""
    today = timezone.localdate()
    branches: dict[int, set[str]] = {}
    for hat in hats_of(user(request)):
        if hat.role.kind == ProgrammeRole.Kind.COORDINATOR:
            branches.setdefault(hat.programme.pk, set()).update(hat.paths)
    whose = "branch" if branches and request.GET.get("whose") == "branch" else "mine"
    query = read_list_query(request.GET, orders=reader.ORDERS, filters=reader.filters(today), keep=["whose"])
    found = reader.recordings_in(branches) if whose == "branch" else reader.recordings_of(user(request))
    page = query.page(reader.searched(found, query.q, "organisation" if whose == "branch" else "group"))
    rows = [(recording, *standing_words(recording)) for recording in page]
    context = {
        "query": query,
        "page": page,
        "rows": rows,
        "whose": whose,
        "has_branch": bool(branches),
        "overdue": found.filter(reader.to_delete(today)).count(),
    }
    return render(request, "practice/recordings.html", context)


@login_required
@require_safe
def recording(request: HttpRequest, pk: int) -> HttpResponse:
    """One recording: where it lies, what was consented to, moments, and what there is to do."""
    found = _in_sight(request, pk)
    return render(request, "practice/recording.html", _context(request, found, MomentForm(recording=found)))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def note(request: HttpRequest, pk: int, meeting_pk: int) -> HttpResponse:
    """Note a recording of a meeting that I led."""
    group = group_in_sight(request, pk)
    related = GroupMeeting.objects.select_related("group__programme__stored_pack", "group__organisation")
    meeting = get_object_or_404(related, pk=meeting_pk, group=group)
    _require_filmed(request, meeting)
    terms = consent_terms(meeting.group.programme)
    form = RecordingForm(request.POST or None, meeting=meeting, terms=terms, readers=recording_readers())
    if request.method == "POST" and form.is_valid():
        try:
            made = acts.note_recording(
                by=user(request), programme=meeting.group.programme, meeting=meeting, **form.cleaned_data
            )
        except DomainError as error:
            add_domain_error(form, error)
        else:
            messages.success(request, _("The recording is noted. The film itself stays where it lies."))
            return redirect("practice:recording", made.pk)
    return render_form(request, "practice/recording_form.html", form, {"meeting": meeting, "group": group})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Put right what was noted of a recording."""
    found, meeting = _mine(request, pk)
    form = RecordingForm(
        request.POST or None,
        meeting=meeting,
        terms=consent_terms(found.programme),
        readers=recording_readers(),
        recording=found,
    )
    if request.method == "POST" and form.is_valid():
        try:
            acts.correct_recording(by=user(request), recording=found, statement=form.statement())
        except DomainError as error:
            add_domain_error(form, error)
        else:
            messages.success(request, _("What is noted of the recording is corrected."))
            return redirect("practice:recording", found.pk)
    context = {"meeting": meeting, "group": meeting.group, "recording": found}
    return render_form(request, "practice/recording_form.html", form, context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Note that consent was withdrawn, after a page that says what follows."""
    found, _meeting = _mine(request, pk)
    if request.method == "POST":
        acts.withdraw_consent(by=user(request), recording=found)
        messages.success(request, _("The consent is withdrawn. Delete the film where it lies, then confirm it here."))
        return redirect("practice:recording", found.pk)
    return render(request, "practice/recording_act.html", {"recording": found, "act": "withdraw"})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def confirm_deletion(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm that the film is deleted, after a page that says what follows."""
    found, _meeting = _mine(request, pk)
    if request.method == "POST":
        acts.confirm_deletion(by=user(request), recording=found)
        messages.success(request, _("It is noted that the film is deleted. Thank you for seeing to it."))
        return redirect("practice:recording", found.pk)
    context = {"recording": found, "act": "delete", "moments": found.moments.count()}
    return render(request, "practice/recording_act.html", context)


@login_required
@require_POST
def note_moment(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a moment to a recording that I may see."""
    found = _in_sight(request, pk)
    form = MomentForm(request.POST, recording=found)
    if form.is_valid():
        point, comment = form.cleaned_data["point"], form.cleaned_data["comment"]
        try:
            moment_acts.note_moment(by=user(request), recording=found, seconds=point, comment=comment)
        except DomainError as error:
            add_domain_error(form, error)
        else:
            messages.success(request, _("The moment is added."))
            return redirect("practice:recording", found.pk)
    return render_form(request, "practice/recording.html", form, _context(request, found, form))


@login_required
@require_POST
def remove_moment(request: HttpRequest, pk: int, moment_pk: int) -> HttpResponse:
    """Take away a comment of one's own."""
    found = _in_sight(request, pk)
    moment = get_object_or_404(
        Moment.objects.select_related("recording__meeting__group"), pk=moment_pk, recording=found
    )
    moment_acts.remove_moment(by=user(request), moment=moment)
    messages.success(request, _("The comment is taken away."))
    return redirect("practice:recording", found.pk)


def _in_sight(request: HttpRequest, pk: int) -> Recording:
    """A recording of a meeting that the viewer may see now; 404 for every other, and for those of sessions."""
    found = get_object_or_404(Recording.objects.select_related(*reader.RELATED), pk=pk, meeting__isnull=False)
    if not policies.may_see_recording(user(request), found):
        raise Http404
    return found


def _mine(request: HttpRequest, pk: int) -> tuple[Recording, GroupMeeting]:
    """A recording in sight of a meeting that the viewer led, with that meeting; 403 for others who see it."""
    found = _in_sight(request, pk)
    assert found.meeting is not None
    _require_filmed(request, found.meeting)
    return found, found.meeting


def _require_filmed(request: HttpRequest, meeting: GroupMeeting) -> None:
    if not policies.is_filmed(user(request), meeting):
        raise NotAllowed(_("Only those who led the meeting can note or change its recordings."))


def _context(request: HttpRequest, found: Recording, form: MomentForm) -> dict[str, object]:
    terms = consent_terms(found.programme)
    kind, words = standing_words(found)
    standing = standing_of(found, timezone.localdate())
    return {
        "recording": found,
        "form": form,
        "kind": kind,
        "words": words,
        "is_deleted": standing is Standing.DELETED,
        "purposes": purposes_words(found, terms),
        "counts": counts_words(found),
        "moments": reader.moments_of(found),
        "may_change": policies.is_filmed(user(request), found.meeting) if found.meeting else False,
        "may_open_group": policies.may_read_group(user(request), found.meeting.group) if found.meeting else False,
        "readers_sentence": recording_readers(),
    }
