"""Everything that the recording page needs, in a fixed number of queries."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.text import capfirst, slugify

from accounts.models import User
from checklists.models import ChecklistVersion, Evaluation
from checklists.readers.together import ratings_of
from common.at_once import read_at_once
from common.texts import for_reader
from programmes.models import Programme, ProgrammeRole, StoredPack
from supervision.captures import Kind
from supervision.models import AgendaNote, Attendance, Goal, GoalReview, PrivateNote, RecordDraft, SupervisionSession
from supervision.readers.checklists import both_are_in
from supervision.readers.goals import GoalFrame, frame_of
from supervision.sheet import PRESENTS_FIELD, Sheet, build_sheet

Choices = list[tuple[str, str]]
#: What is written, by (step, field, turn, person).
Notes = dict[tuple[int, str, int, int | None], Any]
#: Kinds of checklists that are instruments of quality, gone through together.
INSTRUMENTS = ("parent_evaluation", "participant_evaluation", "content", "process", "video_rating")
MOST_EVALUATIONS = 40
_LONG_AGO = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)


@dataclass(frozen=True)
class PromptGroup:
    """Questions for one moment of a session, by key."""

    label: str
    prompts: Choices


@dataclass(frozen=True)
class GoalLine:
    """A goal to take up: its words, and what happened with it last."""

    goal: Goal
    last: GoalReview | None = None


@dataclass(frozen=True)
class Desk:
    """A session on the recorder's desk: the sheet, what is written on it, and what can be chosen."""

    session: SupervisionSession
    sheet: Sheet
    notes: Notes
    frame: GoalFrame
    goals: dict[int, list[GoalLine]] = field(default_factory=dict)
    choices: Mapping[str, Choices] = field(default_factory=dict)
    themes: Choices = field(default_factory=list)
    prompts: list[PromptGroup] = field(default_factory=list)
    evaluations: list[Evaluation] = field(default_factory=list)
    kept_private: frozenset[str] = frozenset()
    own_note: str = ""
    capture_names: Mapping[str, str] = field(default_factory=dict)


def session_of(pk: int) -> SupervisionSession | None:
    """The session with its programme, rule and agenda; one query."""
    return (
        SupervisionSession.objects.select_related(
            "programme__network", "rule_version__supervisor_role", "rule_version__rule__programme", "agenda"
        )
        .filter(pk=pk)
        .first()
    )


def attendances_of(session: SupervisionSession) -> list[Attendance]:
    """Everybody in the session, by turn; one query."""
    return list(session.attendances.select_related("person", "organisation").order_by("turn", "pk"))


def unsaved_text(session: SupervisionSession, user: User) -> RecordDraft | None:
    """What `user` typed into a record that another window finished meanwhile. One query, none while it is open."""
    if session.state != SupervisionSession.State.FINISHED:
        return None
    return RecordDraft.objects.filter(session=session, author=user).first()


def desk_of(session: SupervisionSession, attendances: list[Attendance], user: User) -> Desk:
    """The desk of `user`, who leads. Six queries, however many take part."""
    steps = list(session.agenda.steps.all())
    written = read_at_once(
        notes=_shared_notes(session),
        own=PrivateNote.objects.filter(session=session, author=user).values_list("text", flat=True)[:1],
    )
    notes = _by_place(written["notes"])
    parts = pack_parts(session.programme)
    silent = {person for (_s, name, _t, person), value in notes.items() if name == PRESENTS_FIELD and not value}
    without = {person for person in silent if person is not None}
    kept_private = private_captures(parts)
    sheet = build_sheet(steps, attendances, without_presenting=without, kept_private=kept_private)
    language = session.programme.language
    return Desk(
        session=session,
        sheet=sheet,
        notes=notes,
        frame=frame_of(session.agenda.goals, language),
        goals=_goals(session, sheet, attendances, user),
        choices=_choices(parts, session, sheet, notes),
        themes=themes_of(parts, language),
        prompts=prompts_of(session.agenda.prompts, language),
        evaluations=_evaluations(session, sheet, user),
        kept_private=frozenset(kept_private),
        own_note=next(iter(written["own"]), ""),
        capture_names={
            key: for_reader(names, language) for key, names in session.agenda.source.get("capture_names", {}).items()
        },
    )


def _shared_notes(session: SupervisionSession) -> QuerySet[AgendaNote, tuple[Any, ...]]:
    """What is written on the shared sheet; what is an author's alone stays out."""
    rows = session.notes.exclude(audience=AgendaNote.Audience.AUTHOR).order_by()
    return rows.values_list("step_id", "field", "turn", "person_id", "value")


def _by_place(rows: Iterable[tuple[Any, ...]]) -> Notes:
    return {(step, name, turn, person): value for step, name, turn, person, value in rows}


PARTS = ("chime", "role_star", "activities", "supervision_form", "roles")


def pack_parts(programme: Programme) -> dict[str, Any]:
    """The parts of the stored pack that hold choices; a few keys of it, not its hundred kilobytes. One query."""
    values = (
        StoredPack.objects.filter(programme=programme).values_list(*(f"content__{part}" for part in PARTS)).first()
    )
    return dict(zip(PARTS, values or (None,) * len(PARTS), strict=True))


def private_captures(parts: Mapping[str, Any]) -> set[str]:
    """Captures that the programme's form keeps for the one who is supervised: "My reflections"."""
    form = parts.get("supervision_form") or {}
    for one in form.get("fields", []):
        if one["key"] == "reflection" and one.get("visible_to") == [one.get("owner")]:
            return {"reflection_note"}
    return set()


def form_field(parts: Mapping[str, Any], key: str) -> list[Any]:
    form = parts.get("supervision_form") or {}
    return next((one.get("options", []) for one in form.get("fields", []) if one["key"] == key), [])


def by_english(options: Iterable[Mapping[str, str]], language: str) -> Choices:
    """Options that have no keys in the pack get one from their English words, which stay when others are added."""
    return [(slugify(option["en"])[:60], for_reader(option, language)) for option in options]


def themes_of(parts: Mapping[str, Any], language: str) -> Choices:
    """The programme's themes of a session, as categories; empty where it has none."""
    return by_english(form_field(parts, "theme"), language)


def _choices(parts: Mapping[str, Any], session: SupervisionSession, sheet: Sheet, notes: Notes) -> dict[str, Choices]:
    language = session.programme.language
    asked = {entry.capture.source for entry in sheet.entries}

    def named(rows: Iterable[Mapping[str, Any]]) -> Choices:
        return [(row["key"], str(capfirst(for_reader(row["names"], language)))) for row in rows]

    return {
        "chime": named((parts.get("chime") or {}).get("areas", [])),
        "role_star": named((parts.get("role_star") or {}).get("points", [])),
        "activities": named(parts.get("activities") or []),
        "pass_on": by_english(form_field(parts, "pass_on"), language),
        "instruments": _instruments(parts, session, _kept(notes, "instruments_reviewed"))
        if "instruments" in asked
        else [],
    }


def _kept(notes: Notes, capture: str) -> list[str]:
    """Every key that the record holds already for a capture of several choices."""
    return [key for (_step, name, _turn, _person), value in notes.items() if name == capture for key in value or []]


def _instruments(parts: Mapping[str, Any], session: SupervisionSession, kept: Iterable[str]) -> Choices:
    """The instruments that fit those who are supervised under the rule: what they fill in themselves, and what
    people outside the programme answer about a group leader's group. What the record holds already (`kept`) stays."""
    kinds = {role["key"]: role["kind"] for role in parts.get("roles") or []}
    wanted, kept = set(session.rule_version.source.get("supervisee_roles", [])), set(kept)
    leads_groups = any(kinds.get(key) == ProgrammeRole.Kind.GROUP_LEADER for key in wanted)
    outside = {key for key, kind in kinds.items() if kind == "outside"}
    rows = ChecklistVersion.objects.filter(
        checklist__programme=session.programme,
        checklist__kind__in=INSTRUMENTS,
        state=ChecklistVersion.State.PUBLISHED,
    ).values_list("checklist__key", "names", "filled_by")
    return [
        (key, for_reader(names, session.programme.language))
        for key, names, filled_by in rows.order_by("checklist__order", "checklist__key")
        if key in kept or wanted & set(filled_by) or (leads_groups and outside & set(filled_by))
    ]


def prompts_of(prompts: list[Any], language: str) -> list[PromptGroup]:
    """The agenda's questions, each with a key that the record can keep."""
    return [
        PromptGroup(
            for_reader(group["names"], language),
            [(f"{group['key']}.{place}", for_reader(text, language)) for place, text in enumerate(group["prompts"])],
        )
        for group in prompts
    ]


def _goals(
    session: SupervisionSession, sheet: Sheet, attendances: list[Attendance], user: User
) -> dict[int, list[GoalLine]]:
    """The goals from before that are taken up, by person: open ones, and those that this session's record closed.

    Before the session, that is: where one of October is recorded in November, not what was set in between.
    A guest's goals belong to somebody else's supervision: only those set with `user` are taken up.
    """
    people = {person.pk for _turn, person in sheet.supervised}
    guests = {row.person_id for row in attendances if row.is_guest}
    with_me = Exists(
        Attendance.objects.filter(
            session_id=OuterRef("set_in"), person=user, seat__in=(Attendance.Seat.LEAD, Attendance.Seat.CO_LEAD)
        )
    )
    rows = (
        Goal.objects.filter(Q(status__in=Goal.OPEN) | Q(reviews__session=session), programme=session.programme)
        .filter(Q(person__in=people - guests) | Q(with_me, person__in=people & guests))
        .filter(
            Q(reviews__session=session)
            | Q(set_in__isnull=True, set_at__lte=session.ends_at)
            | Q(set_in__starts_at__lt=session.starts_at)
        )
        .distinct()
        .select_related("set_in", "set_by")
        .prefetch_related("reviews")
        .order_by("set_at", "pk")
    )
    found: dict[int, list[GoalLine]] = {}
    for goal in rows:
        before = [one for one in goal.reviews.all() if one.session_id != session.pk]
        found.setdefault(goal.person_id or 0, []).append(GoalLine(goal, before[-1] if before else None))
    return found


def _evaluations(session: SupervisionSession, sheet: Sheet, user: User) -> list[Evaluation]:
    """Checklists about those supervised since last time: the recorder's own, and others once both are in."""
    if not any(entry.capture.kind == Kind.CHECKLISTS for entry in sheet.entries):
        return []
    people = [person for _turn, person in sheet.supervised]
    last = (
        SupervisionSession.objects.filter(
            attendances__person=user,
            attendances__seat__in=(Attendance.Seat.LEAD, Attendance.Seat.CO_LEAD),
            rule_id=session.rule_id,
            state=SupervisionSession.State.FINISHED,
            starts_at__lt=session.starts_at,
        )
        .order_by("-starts_at")
        .values("starts_at")[:1]
    )
    rated = Evaluation.objects.filter(
        person=OuterRef("person"), thing=OuterRef("thing"), version__checklist=OuterRef("version__checklist"),
        rater=user, state=Evaluation.State.SUBMITTED,
    )  # fmt: skip
    rows = Evaluation.objects.filter(
        Q(rater=user) | Exists(rated),
        person__in=people,
        version__checklist__programme=session.programme,
        state=Evaluation.State.SUBMITTED,
    )
    since = Coalesce(Subquery(last), Value(_LONG_AGO))
    recent = list(
        rows.filter(Q(session_link__session=session) | Q(submitted_at__gte=since))
        .select_related("version__checklist", "person", "rater")
        .order_by("person__sort_name", "-seen_on", "pk")[:MOST_EVALUATIONS]
    )
    together = ratings_of(recent)
    return [one for one in recent if one.rater_id == user.pk or both_are_in(one, together)]
