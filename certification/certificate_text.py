"""The words of a certificate, frozen at issue: every line, in the programme's language. Values in, values out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from certification.coverage import uncovered
from common.codes import spaced_code
from common.dates import date_words


@dataclass(frozen=True)
class Wording:
    """What goes into the words. All texts are in the programme's language; the caller has activated it."""

    language: str
    name: str
    title: str
    track: str
    variant: str
    programme: str
    network: str
    decided_on: dt.date
    valid_until: dt.date | None
    signed_by: str
    signed_as: str
    facts: Sequence[tuple[str, str]] = ()
    counted: Sequence[str] = field(default_factory=tuple)


def frozen_text(words: Wording, *, number: str, code: str, address: str) -> dict[str, Any]:
    """Every line as it will be printed. `address` is the page that checks it, as the QR code holds it."""
    host = address.split("://", 1)[-1]
    valid = date_words(words.valid_until, year=True) if words.valid_until else _("Without end date")
    return {
        **{name: value for name, value in asdict(words).items() if isinstance(value, str)},
        "page_title": _("Certificate %(number)s: %(name)s, %(title)s")
        % {"number": number, "name": words.name, "title": words.title},
        "place": f"{words.programme}, {words.network}",
        "number_line": _("Certificate number %(number)s") % {"number": number},
        "sentence": _sentence(words),
        "facts": [
            [_("Decided"), date_words(words.decided_on, year=True)],
            *([label, value] for label, value in words.facts),
            [_("Valid until") if words.valid_until else _("Valid"), valid],
        ],
        "role": words.signed_as,
        "signed_as": _("%(role)s, decided the certification") % {"role": words.signed_as},
        "question": _("Is this certificate genuine and still valid?"),
        "check_at": host.removesuffix(f"{code}/").removesuffix("/"),
        "code": spaced_code(code),
        "address": address,
        "qr_label": _("QR code to the page that checks this certificate"),
        "counted": list(words.counted),
    }


def _sentence(words: Wording) -> str:
    if words.title == words.track and not words.variant:
        return _("has completed every step.")  # the ladder's name is the title, which stands above
    if words.variant:
        return _("has completed every step of “%(track)s”: %(variant)s.") % {
            "track": words.track,
            "variant": words.variant,
        }
    return _("has completed every step of “%(track)s”.") % {"track": words.track}


def unprintable(text: Mapping[str, Any]) -> list[str]:
    """Characters of the printed lines that no font of ours has."""
    printed = [value for name, value in text.items() if isinstance(value, str) and name != "address"]
    printed += [part for line in text.get("facts", ()) for part in line]
    return uncovered(" ".join(printed))


def months_after(day: dt.date, months: int) -> dt.date:
    """The last day on which something decided on `day` holds for so many months: the day before the same day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    first = dt.date(year, month + 1, 1)
    following = dt.date(year + month // 11, (month + 1) % 12 + 1, 1)
    return first + dt.timedelta(days=min(day.day, (following - first).days) - 2)
