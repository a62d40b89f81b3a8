"""Sessions: agenda, seats, notes, goals, feedback and agreements."""

from .agenda import Agenda, AgendaStep
from .agreement import Agreement
from .goal import Feedback, Goal, GoalReview
from .note import AgendaNote, PrivateNote, RecordDraft
from .session import Attendance, SessionEvaluation, SessionRecording, SupervisionSession

__all__ = [
    "Agenda",
    "AgendaNote",
    "AgendaStep",
    "Agreement",
    "Attendance",
    "Feedback",
    "Goal",
    "GoalReview",
    "PrivateNote",
    "RecordDraft",
    "SessionEvaluation",
    "SessionRecording",
    "SupervisionSession",
]
