"""Lists of sessions, one session's page, its print and its calendar file."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_safe

from accounts.models import User
from accounts.signed_in import user
from common.list_query import Filter, ListQuery, Option, Order, read_list_query
from common.text import fold_for_search
from programmes.models import ProgrammeRole
from programmes.policies import Hat, hats_of
from supervision.invites import CANCEL, REQUEST, calendar_file
from supervision.local_time import city_of, zone_for
from supervision.models import SupervisionSession
from supervision.policies import SessionSight, plans_at_all
from supervision.readers import sessions as reader
from supervision.readers.brought import questions_for
from supervision.readers.checklists import looked_at
from supervision.readers.clips import clips_of
from supervision.readers.page import record_of
from supervision.readers.record import pack_parts, themes_of, unsaved_text
from supervision.readers.who_reads import question_readers
from supervision.views.loading import load, load_seated, load_to_take_part

State = SupervisionSession.State
ORDERS = {
    "newest": Order(gettext_lazy("Newest first"), ("-starts_at", "-id")),
    "oldest": Order(gettext_lazy("Oldest first"), ("starts_at", "id")),
}
WHEN_LABELS = {
    "coming": pgettext_lazy("sessions", "Coming"),
    "open": pgettext_lazy("sessions", "To be recorded"),
    "past": pgettext_lazy("sessions", "Past"),
}


def _coordinator_hat(user: User, wanted: str) -> Hat | None:
    """The coordinator's hat that the address names; None for one's own sessions."""
    if not wanted:
        return None
    coordinating = ProgrammeRole.Kind.COORDINATOR
    return next((hat for hat in hats_of(user) if hat.key == wanted and hat.role.kind == coordinating), None)


def _query(request: HttpRequest, rules: list[tuple[str, str]]) -> ListQuery:
    """The list's filters: when, and under which rule."""
    from django.db.models import Q

    when = {"all": Option(pgettext_lazy("sessions", "All"))}
    for name, condition in reader.when_filters(timezone.now()).items():
        when[name] = Option(WHEN_LABELS[name], condition)
    rule = {"": Option(_("All"))} | {key: Option(label, Q(rule_id=int(key))) for key, label in rules}
    filters = {"when": Filter(_("When"), when), "rule": Filter(_("Rule"), rule)}
    return read_list_query(request.GET, orders=ORDERS, filters=filters, keep=("hat",))


@login_required
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """One's own sessions, or (with a coordinator's hat in the address) those of the branch."""
    me = user(request)
    hat = _coordinator_hat(me, request.GET.get("hat", ""))
    found = reader.branch_sessions(hat.programme, hat.paths) if hat else reader.own_sessions(me)
    query = _query(request, reader.rule_choices(me, hat.programme if hat else None))
    if query.q:
        found = reader.with_person(found, fold_for_search(query.q), hat.paths if hat else None)
    page = query.page(found)
    context = {
        "rows": reader.rows(page.rows, me, hat.paths if hat else None),
        "page": page,
        "list": query,
        "hat_shown": hat,
        "views": _views(query),
        "may_plan": not hat and plans_at_all(me),
        "now": timezone.now(),
    }
    return render(request, "supervision/sessions.html", context)


def _views(query: ListQuery) -> list[dict[str, object]]:
    """The three views and all, as links."""
    options = query.filters["when"].options
    return [
        {
            "url": f"?{query.query_string(when='' if name == 'all' else name)}",
            "label": option.label,
            "count": None,
            "current": query.chosen["when"] == name,
        }
        for name, option in options.items()
    ]


@login_required
@require_safe
def session(request: HttpRequest, pk: int) -> HttpResponse:
    """One session, as much of it as the reader may see."""
    found = load(request, pk)
    open_ = found.session.state in (State.PLANNED, State.HELD)
    context = {
        "found": found,
        "session": found.session,
        "zone": zone_for(found.user.time_zone, found.session.zone, found.session.starts_at),
        "city": city_of(found.session.zone),
        "brought": questions_for(found.session) if open_ and found.sight.words else [],
        "record": record_of(found.session, found.sight, found.attendances, found.user),
        "clips": clips_of(found.session, found.sight, found.attendances, found.user),
        "looked_at": looked_at(found.session, found.user) if found.sight.words else [],
        "begun": found.session.starts_at <= timezone.now(),
        "over": found.session.ends_at <= timezone.now(),
        "open": open_,
        "bring_readers": question_readers(
            [row.person.get_short_name() for row in found.people if row.person_id != found.user.pk]
        ),
        "theme": _theme(found.session, found.sight),
        "unsaved": unsaved_text(found.session, found.user) if found.sight.leads else None,
    }
    return render(request, "supervision/session.html", context)


def _theme(session: SupervisionSession, sight: SessionSight) -> str:
    """The category in words."""
    if not session.theme:
        return ""
    themes = dict(themes_of(pack_parts(session.programme), session.programme.language))
    return themes.get(session.theme, session.theme)


@login_required
@require_safe
def printed(request: HttpRequest, pk: int) -> HttpResponse:
    """The agenda to have on the table, or the finished record, on paper."""
    found = load_seated(request, pk)
    context = {
        "found": found,
        "session": found.session,
        "steps": list(found.session.agenda.steps.all()),
        "record": record_of(found.session, found.sight, found.attendances, found.user),
        "clips": clips_of(found.session, found.sight, found.attendances, found.user),
    }
    return render(request, "supervision/print.html", context)


@login_required
@require_safe
def calendar(request: HttpRequest, pk: int) -> HttpResponse:
    """The session as a calendar file, for those in it."""
    found = load_to_take_part(request, pk)
    if not found.attendances:
        raise Http404
    method = CANCEL if found.session.state == State.CANCELLED else REQUEST
    path = reverse("supervision:session", args=[pk])
    content = calendar_file(found.session, found.attendances, found.user, path=path, method=method)
    response = HttpResponse(content, content_type=f"text/calendar; charset=utf-8; method={method}")
    response["Content-Disposition"] = content_disposition_header(True, f"session-{pk}.ics") or ""
    return response
