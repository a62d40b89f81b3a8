"""What the ladder says: what is missing, who must act, and what then. Values in, sentences out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from certification.counting import Count, Way
from certification.progress import Rung, State

NAMED = 3
_OWN = {
    "seat:lead": gettext_lazy("A session in which you lead is missing."),
    "seat:supervisee": gettext_lazy("A session in which you are supervised is missing."),
    "seat:observer": gettext_lazy("A session in which you observe is missing."),
    "part:self": gettext_lazy("Your own form is missing."),
    "part:other": gettext_lazy("A form from somebody else than you is missing."),
}


@dataclass(frozen=True)
class Said:
    """What a rung's sentences need beside the rung: names in the reader's language.

    `role` decides (for a decision outside: records it); `deciders` are those who may today; `own` when the candidate
    reads; `recorded` when somebody outside decides; `final` for the step that is the certificate's own decision.
    """

    step: str
    candidate: str
    own: bool
    role: str = ""
    deciders: Sequence[str] = ()
    recorded: bool = False
    final: bool = False
    condition: str = ""


def detail(rung: Rung, said: Said) -> str:
    """The line below the step's name: how much there is, and the pack's own condition."""
    parts = [have(rung.way, rung.count), lacking(rung)] if rung.count else []
    if rung.count and not rung.is_done:
        parts += [_unmet(key, said.own) for key in rung.count.missing if key != "months" or not said.condition]
    if said.condition:
        parts.append(_whole(said.condition))
    if rung.state is State.SHUT:
        parts.append(opens_after(rung.opens_after))
    return " ".join(part for part in parts if part)


def have(way: Way, count: Count) -> str:
    """How much of a computed step is there."""
    numbers = {"have": count.have, "need": count.need}
    if count.have > count.need:
        return _more_than_enough(way) % numbers
    match way:
        case Way.SESSIONS:
            text = ngettext(
                "%(have)d of %(need)d session is finished.", "%(have)d of %(need)d sessions are finished.", count.need
            )
        case Way.DAYS:
            text = ngettext("%(have)d of %(need)d day.", "%(have)d of %(need)d days.", count.need)
        case Way.EVENTS:
            text = ngettext("%(have)d of %(need)d training.", "%(have)d of %(need)d trainings.", count.need)
        case _:
            text = ngettext(
                "%(have)d of %(need)d form is sent in.", "%(have)d of %(need)d forms are sent in.", count.need
            )
    return text % numbers


def lacking(rung: Rung) -> str:
    """What would count if its form were there, or had no open point; nothing once the step is done."""
    number = rung.count.lacking if rung.count and not rung.is_done else 0
    if not number:
        return ""
    if rung.way is Way.SESSIONS:
        text = ngettext(
            "%(count)d more finished session counts when its checklist is sent in.",
            "%(count)d more finished sessions count when their checklists are sent in.",
            number,
        )
    else:
        text = ngettext(
            "%(count)d form does not count yet, for a point in it is still open.",
            "%(count)d forms do not count yet, for points in them are still open.",
            number,
        )
    return text % {"count": number}


def _more_than_enough(way: Way) -> str:
    return {
        Way.SESSIONS: _("%(have)d sessions are finished, %(need)d needed."),
        Way.DAYS: _("%(have)d days, %(need)d needed."),
        Way.EVENTS: _("%(have)d trainings, %(need)d needed."),
    }.get(way, _("%(have)d forms are sent in, %(need)d needed."))


def _unmet(key: str, own: bool) -> str:
    if own and key in _OWN:
        return str(_OWN[key])
    return {
        "seat:lead": _("A session in which the candidate leads is missing."),
        "seat:supervisee": _("A session in which the candidate is supervised is missing."),
        "seat:observer": _("A session in which the candidate observes is missing."),
        "part:self": _("The candidate's own form is missing."),
        "part:co_leader": _("A form from the co-leader is missing."),
        "part:other": _("A form from somebody else than the candidate is missing."),
        "months": _("They must lie in more different months."),
        "days": _("They must be of different days."),
    }.get(key, "")


def opens_after(orders: Sequence[int]) -> str:
    """When a shut step opens."""
    if len(orders) == 1:
        return _("Opens when step %(step)d is done.") % {"step": orders[0]}
    listed = listing([str(order) for order in orders])
    return _("Opens when steps %(steps)s are done.") % {"steps": listed} if orders else ""


def headline(rung: Rung | None, said: Said, *, certified: bool = False) -> str:
    """The page's first line."""
    if rung is None:
        return _("Certified") if certified else _("Every step is done")
    if rung.state is State.SENT_BACK:
        return _("Sent back: %(step)s") % {"step": said.step}
    return _("Next: %(step)s") % {"step": said.step}


def sentence(rung: Rung | None, said: Said, after: str) -> str:
    """One sentence or three: what is missing, who must act, and what then (`after`: the name of the step)."""
    if rung is None:
        return _("Nothing is missing. %(who)s") % {"who": who_decides(said)}
    parts = [missing(rung, said), who_acts(rung, said)]
    parts.append(_("After that: %(step)s.") % {"step": after} if after else _("After that the certificate is issued."))
    return " ".join(part for part in parts if part)


def missing(rung: Rung, said: Said) -> str:
    """What is missing for this step."""
    if rung.count:
        return " ".join(part for part in (have(rung.way, rung.count), lacking(rung)) if part)
    if rung.state is State.SENT_BACK:
        return _("The step was sent back and waits for an answer.")
    if said.final:
        return _("Only the decision about the certificate is missing.")
    return _("A decision is missing: %(step)s.") % {"step": said.step}


def who_acts(rung: Rung, said: Said) -> str:
    """Who must do something now."""
    if rung.state is State.WAITS:
        return who_decides(said)
    if rung.state is State.GOES_ON:
        return _("It goes on by itself as the sessions are finished and the forms come in.")
    if rung.state is State.SENT_BACK:
        if said.own:
            return _("You add what is missing; then it is decided again.")
        return _("%(name)s adds what is missing; then it is decided again.") % {"name": said.candidate}
    if rung.way in (Way.DAYS, Way.EVENTS):
        if said.own:
            return _("You take part in the next training; the one who leads it notes who was there.")
        return _("%(name)s takes part in the next training.") % {"name": said.candidate}
    if said.own:
        return _("You fill in the form and send it in.")
    return _("%(name)s fills in the form and sends it in.") % {"name": said.candidate}


def who_decides(said: Said) -> str:
    """Who decides the step, or records what somebody outside decided; honest when there is nobody."""
    names = list(said.deciders)
    if not names:
        if said.recorded:
            return _("Nobody holds the role %(role)s here, which records it. The coordinator can give it.") % {
                "role": said.role
            }
        return _("Nobody holds the role %(role)s here who may decide this. The coordinator can give it.") % {
            "role": said.role
        }
    shown = names[:NAMED]
    if len(names) > NAMED:
        shown = [*names[: NAMED - 1], _("others with the role %(role)s") % {"role": said.role}]
    text = _("It is decided outside; %(who)s can record it.") if said.recorded else _("%(who)s can decide it.")
    return text % {"who": listing(shown, last=pgettext("alternatives", "or"))}


def listing(words: Sequence[str], last: str = "") -> str:
    """``1, 2 and 3``."""
    last = last or pgettext("list", "and")
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def _whole(text: str) -> str:
    """A condition of the pack, which is written without capital and full stop, as a sentence."""
    text = text.strip()
    return f"{text[:1].upper()}{text[1:]}{'' if text.endswith(('.', '?', '!')) else '.'}" if text else ""
