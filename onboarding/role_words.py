"""Words for roles and programmes as people write them: in any of the three languages, plural, hyphens aside."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from common.text import fold_for_search
from onboarding.world import KnownProgramme, KnownRole, Texts

# What a plural or a definite form adds in the three languages.
_ENDINGS = ("", "s", "es", "e", "er", "r", "en", "ene", "ne", "n")
# Words for a kind of role, where a programme has only one role of that kind.
_KINDS = {
    "coordinator": "coordinator, koordinator",
    "mentor": "mentor",
    "peer_coach": "peer coach, coach, supervisor, veileder, vejleder",
    "group_leader": "group leader, gruppeleder, supervisee, veisøker, vejledt",
    "observer": "observer, observatør, manager, leder",
}


@lru_cache(maxsize=2048)
def squeezed(text: str) -> str:
    """Only letters and digits, accents off: "gruppe-leder" and "Gruppeleder" are the same."""
    return fold_for_search(text).replace(" ", "")


def roles_meant(written: str, roles: Iterable[KnownRole]) -> list[KnownRole]:
    """The roles that the word may mean: one is clear, several must be asked about, none is unknown."""
    known = list(roles)
    word = squeezed(written)
    if not word:
        return []
    exact = [role for role in known if word == squeezed(role.key) or word in _forms(role.names)]
    if exact:
        return exact
    for kind, words in _KINDS.items():
        if word in {squeezed(one) + ending for one in words.split(", ") for ending in _ENDINGS}:
            return [role for role in known if role.kind == kind and not role.in_training]
    return []


def is_plainly(written: str, role: KnownRole) -> bool:
    """Whether it is the role's own word, capitals aside; otherwise the reader is told how it was read."""
    plain = " ".join(written.casefold().replace("_", " ").split())
    words = {role.key.replace("_", " ")}
    for name in role.names.values():
        words |= {name, re.sub(r"\s*\(.*?\)", "", name)}
    return plain in {word.casefold() for word in words}


def programmes_meant(written: str, programmes: Iterable[KnownProgramme]) -> list[KnownProgramme]:
    """The programmes that the word may mean: by key, name or short name ("DUÅ")."""
    word = squeezed(written)
    return [
        one
        for one in programmes
        if word and (word == squeezed(one.key) or word in _forms(one.names) or word in _forms(one.short_names))
    ]


def _forms(names: Texts) -> frozenset[str]:
    """Every way to write one of the names: with and without what stands in brackets, and that alone."""
    return _forms_of(tuple(names.values()))


@lru_cache(maxsize=256)
def _forms_of(names: tuple[str, ...]) -> frozenset[str]:
    forms: set[str] = set()
    for name in names:
        bracketed = re.findall(r"\((.*?)\)", name)
        for part in (name, re.sub(r"\s*\(.*?\)", "", name), *bracketed):
            if word := squeezed(part):
                forms |= {word + ending for ending in _ENDINGS}
    return frozenset(forms)
