"""How a recording stands: what there is to do about it now. Values in, a word out."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from practice.models import Recording


class Standing(StrEnum):
    """From the most urgent on."""

    OVERDUE = "overdue"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    NOBODY = "nobody"
    IN_USE = "in_use"
    DELETED = "deleted"


#: The film is to be deleted now.
TO_DELETE = frozenset({Standing.OVERDUE, Standing.WITHDRAWN})


def standing_of(recording: Recording, today: dt.date) -> Standing:
    """How it stands on `today`. Days are half-open: on `delete_by` it is to be deleted, on `valid_until` run out."""
    if recording.deletion_confirmed_at is not None:
        return Standing.DELETED
    if recording.withdrawn_at is not None:
        return Standing.WITHDRAWN
    if recording.delete_by is not None and recording.delete_by <= today:
        return Standing.OVERDUE
    if recording.valid_until is not None and recording.valid_until <= today:
        return Standing.EXPIRED
    if not recording.purposes or (recording.consents_asked and not recording.consents_given):
        return Standing.NOBODY
    return Standing.IN_USE
