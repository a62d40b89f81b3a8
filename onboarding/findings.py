"""What a check finds in a cell, kept as a code with its facts; the words are made when somebody reads them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from common.texts import for_reader
from programmes.terms import uncapitalised

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

STOP, ASK, NOTE = "stop", "ask", "note"


@dataclass(frozen=True)
class Choice:
    """One answer to a question: the value that is kept, and what it is called."""

    value: str
    code: str
    params: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Finding:
    """Something about one cell: it stops the row, asks, or only tells. `about` groups a question's answer."""

    level: str
    code: str
    cell: str
    params: dict[str, Any] = field(default_factory=dict)
    # For questions: which answer it wants ("organisation", "person", "supervisor") and under which key.
    asks: str = ""
    key: str = ""
    choices: tuple[Choice, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The shape kept in the row."""
        return asdict(self) | {"choices": [asdict(choice) for choice in self.choices]}


def read_finding(kept: Mapping[str, Any]) -> Finding:
    """A finding as the row keeps it."""
    choices = tuple(Choice(**choice) for choice in kept.get("choices", ()))
    return Finding(**{**kept, "choices": choices})


_SENTENCES: dict[str, StrPromise] = {
    "name_empty": gettext_lazy("The name is missing. Write first name and last name."),
    "formula": gettext_lazy("This is a formula, and formulas are not worked out. Write the text itself."),
    "long": ngettext_lazy(
        "This has %(length)d letters, %(excess)d more than the %(limit)d that fit. Shorten it.",
        "This has %(length)d letters, %(excess)d more than the %(limit)d that fit. Shorten it.",
        "excess",
    ),
    "said": gettext_lazy("%(text)s"),
    "line_break": gettext_lazy("There is a line break in this cell. It is read as “%(text)s”."),
    "email": gettext_lazy("“%(text)s” is not an e-mail address. Write it like this: name@example.org"),
    "email_meant": gettext_lazy(
        "“%(text)s” is not an e-mail address. Write it like this: %(meant)s, if that is what is meant."
    ),
    "email_twice": gettext_lazy(
        "%(name)s in row %(row)d has this address too. Two people cannot share one; give the address of the right one."
    ),
    "no_email": gettext_lazy(
        "There is no address. The person is imported without, and can get no mail and not sign in until one is added."
    ),
    "programme_missing": gettext_lazy("The programme is missing. Write one of: %(programmes)s."),
    "programme_unknown": gettext_lazy("“%(text)s” is no programme of this network. Write one of: %(programmes)s."),
    "programme_not_yours": gettext_lazy(
        "You do not coordinate %(programme)s. Ask its coordinator to import this row."
    ),
    "role_missing": gettext_lazy("The role is missing. Write one of: %(roles)s."),
    "role_unknown": gettext_lazy("“%(text)s” is no role in %(programme)s. Write one of: %(roles)s."),
    "role_several": gettext_lazy("“%(text)s” may mean several roles. Write one of: %(roles)s."),
    "role_read_as": gettext_lazy("“%(text)s” is read as %(role)s."),
    "organisation_missing": gettext_lazy("The organisation is missing. Write the municipality or unit."),
    "organisation_new": gettext_lazy("%(name)s is not there yet. It is made with the import, under %(parent)s."),
    "organisation_near": gettext_lazy("“%(text)s” is nearly the same as %(names)s. Say which is meant."),
    "organisation_several": gettext_lazy("There are several organisations called %(text)s. Say which is meant."),
    "branch": gettext_lazy(
        "%(organisation)s lies outside your own part of the network. Ask the coordinator there, or the one above you."
    ),
    "coordinator_below": gettext_lazy(
        "You can make somebody a coordinator only below your own organisation. Ask the coordinator above you."
    ),
    "repeated": gettext_lazy("Already there: row %(row)d says the same. This row is passed over."),
    "there": gettext_lazy("Already there. Nothing is changed."),
    "asked_already": gettext_lazy("The person with this address has been asked already and has not answered yet."),
    "other_network": gettext_lazy(
        "Another network knows this address. The person is asked first, and has the role once they say yes."
    ),
    "name_on_file": gettext_lazy("This address belongs to %(name)s here. The name on file is kept."),
    "same_name": gettext_lazy("Somebody here has the same name: %(who)s. This is imported as another person."),
    "same_name_row": gettext_lazy(
        "%(name)s in row %(row)d has the same name and another address. They are imported as two people."
    ),
    "person_same_name": gettext_lazy("%(who)s has the same name. Say whether it is the same person."),
    "supervisor_self": gettext_lazy("Nobody can supervise themselves. Write the address of somebody else."),
    "supervisor_by_name": gettext_lazy("“%(text)s” is read as %(who)s."),
    "supervisor_unknown": gettext_lazy(
        "“%(text)s” is neither in this sheet nor in your part of the network. Write the address of a supervisor who "
        "is, or choose."
    ),
    "supervisor_several": gettext_lazy("Several people are called %(text)s. Say who is meant, or write the address."),
    "supervisor_waits": gettext_lazy(
        "%(name)s is in row %(row)d, which cannot be imported as it stands. Settle row %(row)d first, or choose."
    ),
    "supervisor_role": gettext_lazy(
        "%(name)s is %(has)s, and does not supervise anybody who is %(role)s. That takes: %(needed)s."
    ),
    "supervisor_no_role": gettext_lazy(
        "%(name)s has no role in this programme. Somebody who is %(role)s is supervised by: %(needed)s."
    ),
    "supervisor_not_needed": gettext_lazy("Nobody is placed with a supervisor as %(role)s. Leave the cell empty."),
    "supervisor_outside": gettext_lazy(
        "%(name)s has no role in your part of the network, so you cannot place anybody there."
    ),
    "supervisor_elsewhere": gettext_lazy(
        "“%(rule)s” stays within one organisation, and %(name)s belongs to another than %(person)s. Choose somebody "
        "of the same one."
    ),
    "supervisor_three": gettext_lazy(
        "Under “%(rule)s” three people supervise each other. Write in their rows who supervises whom, in a ring: with "
        "%(name)s there are not three."
    ),
    "supervisor_request": gettext_lazy(
        "%(name)s belongs to another network and is asked first. Place them when the answer is there."
    ),
    "supervisor_full": ngettext_lazy(
        "%(name)s has %(limit)d place, and it is taken (%(who)s). That is the limit. %(room)s",
        "%(name)s has %(limit)d places, and all are taken (%(who)s). That is the limit. %(room)s",
        "limit",
    ),
    "supervisor_other": gettext_lazy("%(name)s has %(coach)s as supervisor already. Move or end that place first."),
    "rule_unknown": gettext_lazy("“%(text)s” is no kind of supervision here. Write one of: %(rules)s."),
    "day_ahead": gettext_lazy("%(day)s lies too far ahead or back to be right. Check the year."),
    "day_not_yet": gettext_lazy("%(day)s has not come yet. Write the day when it happened."),
    "certificate_half": gettext_lazy("A certificate needs both its number and its date. Write this one too."),
    "certificate_taken": gettext_lazy("Somebody else has the certificate with number %(text)s. Check the number."),
    "variant_unknown": gettext_lazy("“%(text)s” is no delivery model of this programme. Write one of: %(variants)s."),
    "no_track": gettext_lazy(
        "%(role)s has no ladder in this programme that a history could stand on. Empty the cell."
    ),
    "choose_person": gettext_lazy("%(who)s"),
    "choose_row": gettext_lazy("%(name)s in row %(row)d"),
    "choose_with_room": gettext_lazy("%(who)s, who has room"),
    "choose_none": gettext_lazy("Import without a supervisor"),
    "choose_new_person": gettext_lazy("Somebody else of the same name"),
    "choose_organisation": gettext_lazy("%(name)s"),
    "choose_organisation_in": gettext_lazy("%(name)s, in %(parent)s"),
    "choose_new_organisation": gettext_lazy("A new organisation called %(name)s"),
}


# Words that stand inside a sentence, with a small first letter.
_IN_TEXT = {"has", "role", "roles", "needed"}


def sentence(finding: Finding | Choice) -> str:
    """The finding (or the choice) in the language now active."""
    return str(_SENTENCES[finding.code] % {name: _shown(name, value) for name, value in finding.params.items()})


def _shown(name: str, value: Any) -> Any:
    """Text maps in the reader's language, lists as an enumeration, who has room as a sentence of its own."""
    if name == "room":
        return _room(value)
    if isinstance(value, Mapping):
        text = for_reader(value)
        return uncapitalised(text) if name in _IN_TEXT else text
    if isinstance(value, Sequence) and not isinstance(value, str):
        return get_text_list([str(_shown(name, one)) for one in value], _("or") if name != "who" else _("and"))
    return value


def _room(names: Sequence[str]) -> str:
    if not names:
        return _("Nobody nearby has room now.")
    if len(names) == 1:
        return _("%(name)s nearby has room.") % {"name": names[0]}
    return _("%(names)s nearby have room.") % {"names": get_text_list(list(names), _("and"))}
