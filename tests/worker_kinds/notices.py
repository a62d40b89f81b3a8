"""A reminder that falls due by the clock for everybody called "leader…", and an invitation written by an act."""

import os
from collections.abc import Iterable
from datetime import datetime, timedelta

from accounts.models import User
from notices import kinds
from notices.kinds import Due, Kind
from notices.letter import Letter, Link
from notices.models import Notice


def letter(notice: Notice) -> Letter:
    """Says that something waits."""
    return Letter(title=notice.kind, paragraphs=("Something waits.",), why="", action=Link("Open", "/"))


def reminders_due(now: datetime, horizon: timedelta) -> Iterable[Due]:
    """One reminder each, due at the moment that the test has put into the environment."""
    due_at = datetime.fromisoformat(os.environ["REMINDERS_DUE_AT"])
    for pk in User.objects.filter(email__startswith="leader").values_list("pk", flat=True):
        yield Due(subject="session:1", recipient_id=pk, due_at=due_at)


kinds.register(Kind(key="test_reminder", label="Reminder", letter=letter, due=reminders_due))
kinds.register(Kind(key="test_invitation", label="Invitation", letter=letter))
