"""The ladder: training events, tracks, steps, evidence, decisions and certificates."""

from .candidacy import Candidacy, Evidence, StepRecord
from .certificate import Certificate
from .event import EventAttendance, EventParticipant, TrainingDay, TrainingEvent
from .track import Step, Track, TrackVersion

__all__ = [
    "Candidacy",
    "Certificate",
    "EventAttendance",
    "EventParticipant",
    "Evidence",
    "Step",
    "StepRecord",
    "Track",
    "TrackVersion",
    "TrainingDay",
    "TrainingEvent",
]
