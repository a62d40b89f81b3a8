"""Instruments, evaluations, anonymous rounds and reliability tests."""

from .evaluation import Answer, Evaluation
from .instrument import Checklist, ChecklistVersion, Item, Scale, Section
from .reliability import ReliabilityAttempt, ReliabilityTest
from .round import EvaluationRound

__all__ = [
    "Answer",
    "Checklist",
    "ChecklistVersion",
    "Evaluation",
    "EvaluationRound",
    "Item",
    "ReliabilityAttempt",
    "ReliabilityTest",
    "Scale",
    "Section",
]
