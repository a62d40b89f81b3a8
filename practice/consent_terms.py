"""What a programme asks consent for, and for how long: the pack's consents and retention. Values in, values out."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from common.texts import for_reader
from practice.consent import CERTIFICATION, SUPERVISION

if TYPE_CHECKING:
    from programmes.models import Programme

#: Where the pack says nothing: how long a consent is proposed to hold, and how long a film may lie at the most.
PROPOSED_DAYS, LONGEST_DAYS = 180, 730


@dataclass(frozen=True)
class ConsentTerms:
    """The purposes as (key, words) in the pack's order, and its days, counted from the day of the recording.

    `proposed` is how long a consent usually holds, `longest` how long it may; the film is deleted `after` its last
    use, and at `latest`.
    """

    purposes: tuple[tuple[str, str], ...]
    proposed: int = PROPOSED_DAYS
    longest: int = LONGEST_DAYS
    after: int = 30
    latest: int = LONGEST_DAYS

    def valid_until(self, day: dt.date) -> dt.date:
        """The day proposed for a recording of `day`; half-open, as all our dates."""
        return day + dt.timedelta(days=self.proposed)

    def delete_by(self, day: dt.date) -> dt.date:
        """The day proposed for deleting a recording of `day`."""
        return day + dt.timedelta(days=min(self.proposed + self.after, self.latest))

    def last_valid(self, day: dt.date) -> dt.date:
        """The last day until which consent to a recording of `day` may be said to hold."""
        return day + dt.timedelta(days=self.longest)

    def last_delete_by(self, day: dt.date) -> dt.date:
        """The last day by which a recording of `day` must be deleted."""
        return day + dt.timedelta(days=self.latest)

    def words(self, key: str) -> str:
        """A purpose in words; the key for one that the pack no longer has."""
        return dict(self.purposes).get(key, key)


def consent_terms(programme: Programme) -> ConsentTerms:
    """The terms of a programme; what every programme knows where it has no pack, or the pack no consents."""
    pack: dict[str, Any] = programme.pack if hasattr(programme, "stored_pack") else {}
    consents = [one for one in pack.get("consents", []) if _is_of_films(one["key"])]
    purposes: dict[str, str] = {}
    for purpose in (purpose for consent in consents for purpose in consent.get("purposes", [])):
        purposes.setdefault(purpose["key"], for_reader(purpose["names"], programme.language))
    for key, words in ((SUPERVISION, _("supervision")), (CERTIFICATION, _("certification"))):
        purposes.setdefault(key, words)
    known: dict[str, Any] = consents[0] if consents else {}
    kept: dict[str, Any] = next((one for one in pack.get("retention", []) if one["key"] == "recording"), {})
    return ConsentTerms(
        purposes=tuple(purposes.items()),
        proposed=known.get("default_days") or PROPOSED_DAYS,
        longest=known.get("max_days") or LONGEST_DAYS,
        after=(kept.get("delete_after") or {}).get("days", 30),
        latest=kept.get("latest_days") or LONGEST_DAYS,
    )


def _is_of_films(key: str) -> bool:
    """Whether a consent is to recordings: the packs name it so, and others (to notes, to telling one's story) not."""
    return "video" in key or "recording" in key
