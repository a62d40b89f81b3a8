"""Who has room, who needs a coach, and how each coach's places stand."""

from coaches.readers.choices import CoachChoice, coach_choices, paths_in
from coaches.readers.known import Known, known_of
from coaches.readers.rooms import CoachRoom, absences_of, away_now, own_drawing, room_from, rooms_of, rule_shapes
from coaches.readers.rules import (
    needs_a_coach,
    open_under,
    own_rules,
    rules_for,
    rules_to_place_again,
    unplaced_people,
    without_coach,
)

__all__ = [
    "CoachChoice",
    "CoachRoom",
    "Known",
    "absences_of",
    "away_now",
    "coach_choices",
    "known_of",
    "rule_shapes",
    "needs_a_coach",
    "open_under",
    "own_drawing",
    "own_rules",
    "paths_in",
    "room_from",
    "rooms_of",
    "rules_for",
    "rules_to_place_again",
    "unplaced_people",
    "without_coach",
]
