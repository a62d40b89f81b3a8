"""Tags of the home page and the workbench: places, last and next meeting, who reads, shares."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import template
from django.urls import NoReverseMatch, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from coaches.four_places import Place, Seat
from coaches.models import Placement
from coaches.templatetags.four_places import mini_places as _mini_places
from common.dates import date_words, day_time, since_days
from common.templatetags.ui import status
from common.texts import for_reader
from overview.figures import masked, masked_share, percent
from overview.headline import in_words, listed, share_line
from overview.readers.counting import capped
from overview.readers.meetings import Meeting
from overview.readers.rooms import Drawn
from programmes.policies import Hat
from programmes.rights import RELATION_WORDS, TABLE, Relation, Sight, Thing
from supervision.models import Feedback

register = template.Library()
HELD = ("filled", "away", "cover")
_TAKEN = Seat(number=0)


@register.inclusion_tag("components/places.html")
def large_places(places: Sequence[Drawn]) -> dict[str, Any]:
    """The four places, large, with who sits there and since when."""
    return {"places": [_place(one) for one in places]}


def _place(one: Drawn) -> dict[str, Any]:
    drawn = {"number": one.number, "state": one.state, "name": "", "url": "", "since": "", "note": ""}
    if one.placement is None:
        if one.state == "empty":
            drawn["since"] = _("The coordinator sees that you have room.")
        return drawn
    placement = one.placement
    drawn |= {"name": placement.supervisee.name, "url": person_url(placement.supervisee_id)}
    drawn["since"] = _since(placement)
    drawn["note"] = met_line(placement)
    return drawn


def _since(placement: Placement) -> str:
    if placement.covers is not None:
        if placement.planned_end_on:
            return _("Cover for %(coach)s until %(day)s") % {
                "coach": placement.covers.coach.name,
                "day": date_words(placement.planned_end_on),
            }
        return _("Cover for %(coach)s") % {"coach": placement.covers.coach.name}
    if placement.planned_end_on:
        return _("Since %(day)s, until %(end)s") % {
            "day": date_words(placement.started_on),
            "end": date_words(placement.planned_end_on),
        }
    return _("Since %(day)s") % {"day": date_words(placement.started_on)}


@register.inclusion_tag("components/pair.html")
def large_pair(placement: Placement, reader: User) -> dict[str, Any]:
    """The two of a pair, the reader first."""
    other = placement.supervisee if placement.coach_id == reader.pk else placement.coach
    return {
        "pair": [
            {"name": reader.name, "url": "", "note": _("You")},
            {"name": other.name, "url": person_url(other.pk), "note": _since(placement)},
        ]
    }


@register.inclusion_tag("components/pair.html")
def free_pair(reader: User) -> dict[str, Any]:
    """The reader and an empty seat opposite."""
    return {"pair": [{"name": reader.name, "url": "", "note": _("You")}, {"name": "", "free": True}]}


def person_url(pk: int) -> str:
    """The page of a person."""
    try:
        return reverse("people:person", args=[pk])
    except NoReverseMatch:
        return ""


@register.simple_tag
def places_words(places: Sequence[Drawn]) -> str:
    """“Two filled, one cover, one free”: the four places in words."""
    states = [one.state for one in places]
    parts = [
        ngettext("%(number)s filled", "%(number)s filled", count) % {"number": in_words(count)}
        for count in [states.count("filled") + states.count("away")]
        if count
    ]
    if cover := states.count("cover"):
        parts.append(ngettext("%(number)s cover", "%(number)s covers", cover) % {"number": in_words(cover)})
    if free := states.count("empty"):
        parts.append(ngettext("%(number)s free", "%(number)s free", free) % {"number": in_words(free)})
    return capfirst(", ".join(parts))


@register.simple_tag
def met_line(placement: Placement) -> str:
    """“Next: Thursday 26 November, 13:00”, else when the two met last."""
    coming, last = getattr(placement, "next_at", None), getattr(placement, "last_at", None)
    if coming:
        return _("Next: %(when)s") % {"when": day_time(coming)}
    if last:
        return _("Met last on %(day)s, nothing planned") % {"day": date_words(last)}
    return _("Not met yet, nothing planned")


@register.simple_tag
def place_of(places: Sequence[Drawn], person_id: int) -> Drawn | None:
    """The place that one person has with the reader, if any."""
    return next((one for one in places if one.placement and one.placement.supervisee_id == person_id), None)


@register.simple_tag
def readers_of(meeting: Meeting) -> str:
    """Who reads the questions of a session: everybody who is in it, as the table of rights says."""
    if Relation.PRESENT not in TABLE[Thing.SHARED_WORDS]:
        return ""
    return _("Read by %(people)s") % {
        "people": listed([_("you"), *(person.get_short_name() for person in meeting.others)])
    }


@register.simple_tag
def thing_readers(name: str) -> str:
    """Who reads the reader's own goals or feedback, from the table of rights."""
    row = TABLE[Thing(name)]
    told = [who for who, sight in row.items() if sight not in (Sight.COUNTS, Sight.IF_SHARED)]
    sentence = _("Read by %(people)s") % {
        "people": listed([_("you"), *(str(RELATION_WORDS[who]) for who in told if who != Relation.SELF)])
    }
    if Sight.IF_SHARED in row.values():
        sentence += ". " + _("Your coach's own supervisor sees it only if you share it.")
    return sentence


@register.simple_tag
def growth_of(feedback: Sequence[Feedback]) -> list[Feedback]:
    """Feedback that also says what one can try."""
    return [one for one in feedback if one.growth]


@register.simple_tag
def hat_words(hat: Hat) -> str:
    """“Coordinator, De Utrolige Årene”."""
    role = capfirst(for_reader(hat.role.names, hat.programme.language))
    return f"{role}, {for_reader(hat.programme.short_names, hat.programme.language)}"


@register.simple_tag
def share_words(part: int, whole: int, *, is_whole: bool = False) -> str:
    """“91 % of those supervised have met in time”, masked where it would tell about fewer than five people.

    An observer's number leaves out what is masked; only where it `is_whole` does none mean nobody.
    """
    if whole == 0 and is_whole:
        return _("Nobody is supervised under a placement yet.")
    return share_line(part, whole) or _("Too few people are supervised to show a figure.")


@register.simple_tag
def share(part: int, whole: int) -> str:
    """“91 %” for a cell; in words where there is nothing to show."""
    if whole == 0:
        return _("nobody")
    return masked_share(part, whole) or _("too few to show")


@register.simple_tag
def masked_count(number: int) -> str:
    """The number, “99+” where counting stopped; empty where it tells about fewer than five people, or nobody."""
    return capped(number) if masked(number) else ""


@register.inclusion_tag("overview/share_meter.html")
def share_meter(part: int, whole: int) -> dict[str, Any]:
    """The same share as a bar beside its words; nothing where it is masked."""
    return {"percent": percent(part, whole) if masked_share(part, whole) else None}


@register.simple_tag
def asked_words(asked: int, everybody: int) -> str:
    """How many of those who come have sent in a question: nobody, everybody, or a number of the number."""
    if asked == 0:
        return _("Nobody has sent in a question yet")
    if asked == everybody:
        return ngettext("The question is sent in", "Everybody has sent in a question", everybody)
    return ngettext(
        "%(asked)s of %(all)s has sent in a question", "%(asked)s of %(all)s have sent in a question", asked
    ) % {"asked": capfirst(in_words(asked)), "all": in_words(everybody)}


register.filter("capped", capped)


@register.inclusion_tag("components/places_mini.html")
def small_places(places: Sequence[Drawn]) -> dict[str, Any]:
    """A row of small places, with “3 of 4” beside it."""
    return _mini_places([Place(one.number, one.state, _TAKEN if one.state in HELD else None) for one in places])


@register.simple_tag
def notice_of(row: Any) -> str:
    """What a coordinator should notice about somebody who is supervised; `row` is one of `people_rows`."""
    if row.on_time:
        return ""
    days = since_days(row.last_at or row.started_on)
    if row.last_at is None:
        words = ngettext("%(days)d day in the place, not met yet", "%(days)d days in the place, not met yet", days) % {
            "days": days
        }
    else:
        words = ngettext("%(days)d day since last session", "%(days)d days since last session", days) % {"days": days}
    if row.next_at is None:
        words = _("%(words)s, none planned") % {"words": words}
    late = row.started_on <= row.since_day
    return status("late" if late else "none", words)
