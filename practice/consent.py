"""Whether a statement of consent still covers a use of a recording. Values in, a yes or no out."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from practice.models import Recording

#: Purposes that every programme knows; a pack's consents add their own.
SUPERVISION = "supervision"
CERTIFICATION = "certification_review"


def consent_valid(recording: Recording, day: dt.date, purpose: str) -> bool:
    """Whether the recording may be looked at on `day` for `purpose`, a key such as "supervision".

    The purpose must be among those consented to, somebody must have consented where people were asked, nobody may
    have withdrawn, and the film must not be confirmed as deleted. `valid_until` is half-open: on that day the consent
    has run out. So is `delete_by`.
    """
    return (
        purpose in recording.purposes
        and recording.withdrawn_at is None
        and recording.deletion_confirmed_at is None
        and not (recording.consents_asked and not recording.consents_given)
        and (recording.valid_until is None or day < recording.valid_until)
        and (recording.delete_by is None or day < recording.delete_by)
    )
