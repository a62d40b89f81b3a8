"""Words planted in confidential fields, and who may meet them; everybody else must not, on any page."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone

from certification.models import Evidence
from checklists.models import Answer, Item
from supervision.models import AgendaNote, Attendance, Feedback, Goal, GoalReview, PrivateNote, RecordDraft
from tests.sweep.row import only
from tests.sweep.world import World


@dataclass(frozen=True)
class Canary:
    """A word, who may read it (rights.md), and an address where the first of them does: the positive control."""

    word: str
    readers: frozenset[str]
    seen_by: str
    seen_at: str


IN_SESSION = only("coach", "leader", "colleague")
CANARIES = (
    Canary("kanari-mål", IN_SESSION, "leader", "supervision:goals"),
    Canary("kanari-utfall", IN_SESSION, "leader", "supervision:goals"),
    Canary("kanari-styrke", only("coach", "leader"), "leader", "supervision:feedback"),
    Canary("kanari-spørsmål", IN_SESSION, "leader", "supervision:question"),
    Canary("kanari-notat", IN_SESSION, "colleague", "supervision:session"),
    Canary("kanari-privat", only("coach"), "coach", "supervision:own"),
    Canary("kanari-kladd", only("coach"), "coach", "supervision:record"),
    Canary("kanari-svar", only("coach", "leader", "mentor"), "leader", "checklists:evaluation"),
    Canary("kanari-papir", only("coach", "mentor", "other_mentor"), "coach", "certification:candidacy"),
    Canary("+47 555 01 234", only("coordinator", "mentor", "coach", "leader"), "coach", "people:person"),
)


def plant(world: World) -> None:
    """Put each word into its field, about Ingrid (the paper: about Ragnhild)."""
    leader, coach = world["leader"], world["coach"]
    finished, planned, held = world["finished"], world["planned"], world["held"]
    Goal.objects.filter(pk=world["goal"].pk).update(text="kanari-mål")
    GoalReview.objects.create(
        goal=world["goal"], status="tried", comment="kanari-utfall", reviewed_at=timezone.now(), reviewed_by=leader
    )
    Feedback.objects.filter(pk=world["feedback"].pk).update(strength="kanari-styrke")
    Attendance.objects.filter(session=planned, person=leader).update(question="kanari-spørsmål")
    note = AgendaNote.objects.filter(session=finished, person=leader, field="question_text")
    note.update(value="kanari-notat")
    PrivateNote.objects.create(author=coach, session=finished, text="kanari-privat", written_at=timezone.now())
    RecordDraft.objects.create(
        session=held,
        author=coach,
        fields={"own": "kanari-kladd"},
        base_revision=held.revision,
        saved_at=timezone.now() + dt.timedelta(minutes=1),
    )
    words = Item.objects.filter(section__version=world["rated"].version).order_by("section__order", "order")[0]
    Answer.objects.update_or_create(evaluation=world["rated"], item=words, defaults={"text": "kanari-svar"})
    Evidence.objects.filter(candidacy=world["candidacy"]).update(reference="kanari-papir")
    leader.phone = "+47 555 01 234"
    leader.save(update_fields=["phone"])
