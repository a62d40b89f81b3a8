"""What somebody brought, wrote and was told in supervision: sessions, own notes, goals, feedback, films."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from common.dates import date_words, day_time
from common.texts import for_reader
from people.readers.own.part import Entry, Part, entry
from programmes.leaving import shut_to
from supervision.models import Attendance, Feedback, Goal, PrivateNote, SessionRecording
from supervision.readers.goals import feedback_for, goal_frame, goals_of, with_history
from supervision.readers.own_words import notes_about


def _seats(person: User) -> QuerySet[Attendance]:
    own = Attendance.objects.filter(person=person).exclude(session__programme__in=shut_to(person))
    related = own.select_related("session__programme", "session__rule_version", "session__agenda")
    return related.order_by("-session__starts_at", "-pk")


def _session_entries(person: User, rows: Sequence[Attendance]) -> list[Entry]:
    notes = notes_about(person, rows)
    came = {True: _("You were there."), False: _("You were not there."), None: ""}
    return [
        entry(
            day_time(one.session.starts_at, zone=one.session.zone),
            (_("What"), for_reader(one.session.rule_version.names, one.session.programme.language)),
            (_("Your seat"), one.get_seat_display()),
            (_("Attendance"), came[one.present]),
            (_("Question you brought"), one.question),
            *notes.get(one.pk, []),
        )
        for one in rows
    ]


def _notes(person: User) -> QuerySet[PrivateNote]:
    own = PrivateNote.objects.filter(author=person).exclude(session__programme__in=shut_to(person))
    return own.select_related("session").order_by("-written_at", "-pk")


def _note_entries(person: User, rows: Sequence[PrivateNote]) -> list[Entry]:
    return [entry(date_words(one.written_at, year=True), (_("Your own note"), one.text)) for one in rows]


def _goal_entries(person: User, rows: Sequence[Goal]) -> list[Entry]:
    history = defaultdict(list)
    for goal in with_history(goals_of(person)):
        for review in goal.history:  # type: ignore[attr-defined]
            words = ": ".join(part for part in (review.get_status_display(), review.comment) if part)
            history[goal.pk].append((date_words(review.reviewed_at, year=True), words))
    programmes = {one.programme_id: one.programme for one in rows}
    labels = {pk: dict(goal_frame(programme).fields) for pk, programme in programmes.items()}
    return [
        entry(
            one.text,
            (_("Set on"), date_words(one.set_at, year=True)),
            (_("Where it stands"), one.get_status_display()),
            (_("By when"), one.due_on and date_words(one.due_on, year=True)),
            *((labels[one.programme_id].get(key, key), value) for key, value in one.fields.items()),
            *history[one.pk],
        )
        for one in rows
    ]


def _feedback_entries(person: User, rows: Sequence[Feedback]) -> list[Entry]:
    return [
        entry(
            date_words(one.given_at, year=True),
            (_("From"), one.giver.name),
            (_("What worked"), one.strength),
            (_("Something to develop"), one.growth),
        )
        for one in rows
    ]


def _films(person: User) -> QuerySet[SessionRecording]:
    shown = SessionRecording.objects.filter(person=person).exclude(session__programme__in=shut_to(person))
    return shown.select_related("recording", "session").order_by("-session__starts_at", "-pk")


def _film_entries(person: User, rows: Sequence[SessionRecording]) -> list[Entry]:
    return [
        entry(
            date_words(one.session.starts_at, year=True),
            (_("Where it lies"), one.recording.location),
            (_("Consent withdrawn"), one.recording.withdrawn_at and date_words(one.recording.withdrawn_at, year=True)),
            (_("Delete by"), one.recording.delete_by and date_words(one.recording.delete_by, year=True)),
        )
        for one in rows
    ]


PARTS = (
    Part(
        "sessions",
        gettext_lazy("Your sessions"),
        gettext_lazy(
            "When they were, the question you brought, and what was noted about you or written by you alone."
        ),
        _seats,
        _session_entries,
    ),
    Part(
        "notes",
        gettext_lazy("Your own notes"),
        gettext_lazy("Read by you alone, here and in the file."),
        _notes,
        _note_entries,
    ),
    Part(
        "goals",
        gettext_lazy("Your goals"),
        gettext_lazy("With what you said happened, from session to session."),
        lambda person: goals_of(person).select_related("programme").order_by("-set_at", "-pk"),
        _goal_entries,
    ),
    Part(
        "feedback",
        gettext_lazy("Feedback to you"),
        gettext_lazy("What worked first, then what to develop, and who said it."),
        lambda person: feedback_for(person).order_by("-given_at", "-pk"),
        _feedback_entries,
    ),
    Part(
        "films",
        gettext_lazy("Films of you that were looked at"),
        gettext_lazy("Where each lies, never the film itself."),
        _films,
        _film_entries,
    ),
)
