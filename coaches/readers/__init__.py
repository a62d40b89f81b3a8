"""Who has room, who needs a coach, and how each coach's places stand."""

from coaches.readers.choices import CoachChoice, coach_choices
from coaches.readers.rooms import CoachRoom, absences_of, led_rules, own_drawing, room_from, rooms_of
from coaches.readers.rules import (
    needs_a_coach,
    open_under,
    own_rules,
    rules_for,
    unplaced_people,
    without_coach,
)

__all__ = [
    "CoachChoice",
    "CoachRoom",
    "absences_of",
    "coach_choices",
    "led_rules",
    "needs_a_coach",
    "open_under",
    "own_drawing",
    "own_rules",
    "room_from",
    "rooms_of",
    "rules_for",
    "unplaced_people",
    "without_coach",
]
