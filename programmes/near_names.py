"""Whether two names of organisations could be one, misspelt or shortened."""

from __future__ import annotations

import re
from functools import lru_cache

from common.text import fold_for_search, identity_of

# Words that say what sort of place it is; without them the names must still be the same.
_SORTS = frozenset(
    re.split(
        " ",
        "kommune kommuner kommunen kommun gielda suohkan municipality enhet enhed avdeling afdeling unit service "
        "tjeneste fylkeskommune fylke region",
    )
)
_SHORT, _LONG = 6, 9


def nearly_same(one: str, other: str) -> bool:
    """True for "Dramen kommune" and "Drammen kommune", "Drammen" and "Drammen kommune", or "Rå" and "Ra"; not for
    School 1 and 2, nor for one name written twice."""
    if identity_of(one) == identity_of(other):
        return False
    first, second = _folded(one), _folded(other)
    if first == second:
        return True
    if _numbers(first) != _numbers(second):
        return False
    bare_first, bare_second = _bare(first), _bare(second)
    if bare_first == bare_second or sorted(first.split()) == sorted(second.split()):
        return True
    shortest = min(len(bare_first), len(bare_second))
    allowed = 0 if shortest < _SHORT else 1 if shortest < _LONG else 2
    return allowed > 0 and distance(bare_first, bare_second, allowed) <= allowed


@lru_cache(maxsize=4096)
def _folded(name: str) -> str:
    return fold_for_search(name)


def distance(one: str, other: str, most: int) -> int:
    """How many letters must be changed, left out, added or swapped; `most + 1` for anything above `most`."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    last = list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        line = [row]
        for column, sign in enumerate(other, 1):
            cost = min(last[column] + 1, line[-1] + 1, last[column - 1] + (letter != sign))
            swapped = row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == sign
            line.append(min(cost, before[column - 2] + 1) if swapped else cost)
        if min(line) > most:
            return most + 1
        before, last = last, line
    return last[-1]


def _numbers(name: str) -> list[str]:
    return re.findall(r"\d+", name)


def _bare(name: str) -> str:
    words = [word for word in name.split() if not _is_sort(word)]
    return " ".join(words) or name


@lru_cache(maxsize=4096)
def _is_sort(word: str) -> bool:
    """Whether the word says what sort of place it is, also with one slip in a long one: "komune"."""
    return word in _SORTS or any(distance(word, sort, 1) <= 1 for sort in _SORTS if len(sort) >= _SHORT)
