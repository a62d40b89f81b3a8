"""What can be said of a row by itself: name, address, phone, days, certificate."""

from __future__ import annotations

import datetime as dt
import re

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator

from common.day_parsing import parse_day
from common.errors import DomainError
from common.text import LINE_LENGTH, clean_line, fold_for_search, normalise_email
from onboarding.checked import Checked

EARLIEST = dt.date(1950, 1, 1)
FURTHEST_AHEAD = dt.timedelta(days=366)
EMAIL_LENGTH, PHONE_LENGTH, NUMBER_LENGTH = 254, 40, 60
_FORMULA = re.compile(r"[=@]|[+\-](?![\d\s(])")
_AT = re.compile(r"\s*(?:\(at\)|\[at\]|\bat\b|\bkrøllalfa\b|\bsnabel-?a\b)\s*", re.I)


def check_values(one: Checked, today: dt.date) -> None:
    """Read the row's own cells; what cannot be kept is found with its cell."""
    _name(one)
    _email(one)
    one.phone = _line(one, "phone", PHONE_LENGTH)
    if one.text("since"):
        one.since = _day(one, "since", today, ahead=True)
    for name in ("last_session", "workshop_date"):
        if one.text(name) and (day := _day(one, name, today, ahead=False)):
            one.history[name] = day
    _certificate(one, today)


def _name(one: Checked) -> None:
    parts = ["name"] if "name" in one.sheet.columns else ["first_name", "last_name"]
    if any(_FORMULA.match(one.text(part)) for part in parts):
        one.stop("formula", parts[0])
        return
    name = " ".join(filter(None, (_line(one, part, LINE_LENGTH, formula=False) for part in parts)))
    one.name, one.folded = name, fold_for_search(name)
    if not one.folded and not one.stopped:
        one.stop("name_empty", parts[0])


def _email(one: Checked) -> None:
    text = one.text("email")
    address = normalise_email(re.sub(r"^mailto:", "", text, flags=re.I).strip("<> "))
    if not address:
        one.note("no_email", "email")
    elif _is_address(address):
        one.email = address
    elif _is_address(meant := normalise_email(_AT.sub("@", text).replace(" ", "").replace(",", ".").strip(".;<>"))):
        one.stop("email_meant", "email", text=text[:80], meant=meant)
    else:
        one.stop("email", "email", text=text[:80])


def _is_address(text: str) -> bool:
    try:
        EmailValidator()(text)
    except ValidationError:
        return False
    return len(text) <= EMAIL_LENGTH and text.isascii()


def _line(one: Checked, name: str, limit: int, *, formula: bool = True) -> str:
    """The cell on one line; a line break in it is a space, and told."""
    text = one.text(name)
    if formula and text.startswith(("=", "@")):
        one.stop("formula", name)
        return ""
    joined = " ".join(text.split())
    if len(joined) > limit:
        one.stop("long", name, length=len(joined), limit=limit, excess=len(joined) - limit)
        return ""
    try:
        line = clean_line(joined, max_length=limit)
    except DomainError as error:
        one.stop("said", name, text=str(error))
        return ""
    if re.search(r"[\r\n\v\f\x85\u2028\u2029]", text):
        one.note("line_break", name, text=line)
    return line


def _day(one: Checked, name: str, today: dt.date, *, ahead: bool) -> str:
    try:
        day = parse_day(one.text(name).split(" ")[0] if ":" in one.text(name) else one.text(name))
    except DomainError as error:
        one.stop("said", name, text=str(error))
        return ""
    if not EARLIEST <= day <= today + FURTHEST_AHEAD:
        one.stop("day_ahead", name, day=one.text(name)[:40])
        return ""
    if not ahead and day > today:
        one.stop("day_not_yet", name, day=one.text(name)[:40])
        return ""
    return day.isoformat()


def _certificate(one: Checked, today: dt.date) -> None:
    number, day = _line(one, "certificate_number", NUMBER_LENGTH), one.text("certificate_date")
    title = _line(one, "certificate_title", LINE_LENGTH)
    if not number and not day and not title:
        return
    if not number:
        one.stop("certificate_half", "certificate_number")
    if not day:
        one.stop("certificate_half", "certificate_date")
        return
    issued = _day(one, "certificate_date", today, ahead=False)
    if number and issued:
        one.history |= {"certificate_number": number, "certificate_date": issued, "certificate_title": title}
