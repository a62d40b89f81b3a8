"""Two presses of one button, sent at the same moment, wait for each other."""

from __future__ import annotations

from accounts.models import User


def wait_for_oneself(by: User) -> None:
    """Let this act and the next of the same person follow one another: their row is held until the transaction ends.

    SQLite needs no lock: its transactions are IMMEDIATE, one writer at a time.
    """
    list(User.objects.select_for_update(no_key=True).filter(pk=by.pk).values_list("pk", flat=True))
