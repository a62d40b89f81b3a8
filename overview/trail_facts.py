"""What an event of the trail tells beside who and when: days, numbers, names of organisations. Never what was said."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from common.dates import date_words

LONGEST = 120


def facts_in_words(facts: Mapping[str, Any]) -> str:
    """“place 2, from 3 March 2026”. Only what is named here is shown: a new fact stays unsaid until it has words."""
    parts = []
    if "old" in facts or "new" in facts:
        parts.append(_change(_shown(facts.get("old")), _shown(facts.get("new"))))
    for key, words in _words().items():
        if key in facts and (shown := _shown(facts[key])):
            parts.append(words % {"value": shown})
    return ", ".join(part for part in parts if part)


def _words() -> dict[str, str]:
    return {
        "place": _("place %(value)s"),
        "number": _("number %(value)s"),
        "started_on": _("from %(value)s"),
        "starts_on": _("from %(value)s"),
        "ends_on": _("first day back %(value)s"),
        "ended_on": _("last day before %(value)s"),
        "held_on": _("held %(value)s"),
        "imported": _("%(value)s imported"),
        "rows": _("%(value)s rows"),
    }


def _change(old: str, new: str) -> str:
    if old and new:
        return _("%(old)s became %(new)s") % {"old": old, "new": new}
    if new:
        return _("now %(new)s") % {"new": new}
    return _("no longer %(old)s") % {"old": old} if old else ""


def _shown(value: Any) -> str:
    """Days in words, numbers and short names; nothing for what is for machines (paths, lists)."""
    if isinstance(value, bool) or value is None:
        return ""
    if isinstance(value, int):
        return str(value)
    if not isinstance(value, str) or "/" in value or len(value) > LONGEST:
        return ""
    try:
        return date_words(dt.date.fromisoformat(value), year=True)
    except ValueError:
        return value
