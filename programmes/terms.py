"""Each programme's own words: what it calls a supervisor, a supervisee, a session, and what is delivered."""

from typing import Literal, get_args

from common.texts import for_reader
from programmes.models import Programme, SupervisionRuleVersion

Term = Literal["supervisor", "supervisee", "session", "delivery", "delivery_meeting", "beneficiary"]
TERMS: tuple[str, ...] = get_args(Term)


def term(programme: Programme, name: Term | str) -> str:
    """The programme's word in the reader's language, with a capital, as on a label: “Peer coach”.

    Raises KeyError for a name that no pack has. In the middle of a sentence use :func:`term_in_text`.
    """
    if name not in TERMS:
        raise KeyError(f"{name!r} is no term; there are {', '.join(TERMS)}")
    return for_reader(programme.terms.get(name), programme.language)


def term_in_text(programme: Programme, name: Term | str) -> str:
    """The word as it stands inside a sentence: “peer coach”. A word in capitals (DUÅ) keeps them."""
    return uncapitalised(term(programme, name))


def uncapitalised(word: str) -> str:
    """``word`` with a small first letter, unless its second letter is a capital too."""
    return word if word[1:2].isupper() else word[:1].lower() + word[1:]


def leader_word(version: SupervisionRuleVersion) -> str:
    """Who leads under this rule, in the programme's word: mentor, coordinator, supervisor …"""
    return for_reader(version.supervisor_role.names, version.supervisor_role.programme.language)
