"""What an event of the trail tells beside who and when: days, numbers, names of organisations. Never what was said."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from common.dates import date_words
from programmes.models.membership import MembershipEmployment

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

LONGEST = 120
# What a correction may have changed, in the order in which it is told: a database keeps no order of keys.
CHANGES = ("organisation", "started_on", "ended_on", "in_training", "employment", "reports_to")

#: The lists that can be taken out of the house, by their keys.
LISTS: Mapping[str, StrPromise] = {
    "people": gettext_lazy("people"),
    "people.addresses": gettext_lazy("addresses of people"),
    "workbench.placed": gettext_lazy("people who are supervised"),
    "workbench.late": gettext_lazy("people who have not met for too long"),
    "workbench.coaches": gettext_lazy("coaches"),
    "workbench.room": gettext_lazy("coaches with room"),
    "workbench.away": gettext_lazy("coaches who are away or cover"),
    "workbench.selected": gettext_lazy("selected people"),
    "workbench.addresses": gettext_lazy("addresses of selected people"),
    "candidates": gettext_lazy("candidates"),
    "certificates": gettext_lazy("certificates"),
    "coverage": gettext_lazy("coverage"),
    "trail": gettext_lazy("the trail"),
    "own": gettext_lazy("what is one’s own"),
}


def facts_in_words(facts: Mapping[str, Any]) -> str:
    """“place 2, from 3 March 2026”. Only what is named here is shown: a new fact stays unsaid until it has words."""
    parts = []
    old, new = facts.get("old"), facts.get("new")
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        parts += [_change_of(key, old.get(key), new[key]) for key in CHANGES if key in new]
    elif "old" in facts or "new" in facts:
        parts.append(_change(_shown(old), _shown(new)))
    if facts.get("list") in LISTS:
        parts.append(str(LISTS[facts["list"]]))
    for key, words in _words(facts.get("rows")).items():
        if key in facts and (shown := _shown(facts[key])):
            parts.append(words % {"value": shown})
    return ", ".join(part for part in parts if part)


def _words(rows: Any) -> dict[str, str]:
    count = rows if isinstance(rows, int) else 0
    return {
        "place": _("place %(value)s"),
        "number": _("number %(value)s"),
        "started_on": _("from %(value)s"),
        "starts_on": _("from %(value)s"),
        "ends_on": _("first day back %(value)s"),
        "ended_on": _("last day before %(value)s"),
        "held_on": _("held %(value)s"),
        "imported": _("%(value)s imported"),
        "rows": ngettext("%(value)s row", "%(value)s rows", count),
    }


def _change(old: str, new: str) -> str:
    if old and new:
        return _("%(old)s became %(new)s") % {"old": old, "new": new}
    if new:
        return _("now %(new)s") % {"new": new}
    return _("no longer %(old)s") % {"old": old} if old else ""


def _change_of(key: str, old: Any, new: Any) -> str:
    """One of several things that changed. Who the line manager is, or was, is not told: people are looked up."""
    if key == "in_training":
        return _("now in training") if new else _("no longer in training")
    if key == "reports_to":
        return _("another line manager") if old and new else _("line manager noted") if new else _("no line manager")
    if key == "employment":
        kinds = dict(MembershipEmployment.choices)
        return _change(str(kinds.get(old, "")) if old else "", str(kinds.get(new, "")) if new else "")
    words = {"started_on": _("first day: %(value)s"), "ended_on": _("ended: %(value)s")}
    change = _change(_shown(old), _shown(new))
    return words.get(key, "%(value)s") % {"value": change} if change else ""


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
