"""What people type, made fit to keep (addresses, lines, texts) and folded for search and for order.

Folded results hold only ``a–z``, digits and (search) spaces, so that neither collation nor locale can matter:
digits sort before letters, and letters among themselves, alike everywhere.

**Search** is generous. Case and accents go; ``aa`` and ``å``, ``ae``, ``ä`` and ``æ`` become ``a``; ``oe``, ``ö``
and ``ø`` become ``o``. *sorensen*, *soerensen* and *sørensen* all find Sørensen; *haakon* and *hakon* find Håkon.

**Order** is that of Norwegian and Danish (CLDR collations ``nb`` and ``da``): A–Z, then Æ (also ä), Ø (also ö),
Å (also aa); ü and ű go with y, þ with th; every other accented or foreign letter, the Sámi ones too, goes with its
base letter and comes after it when nothing else differs (Maret, Máret). Word by word: Anna Berg before Annabel.
Other scripts go by their Latin transliteration.

How order is written: ``0`` ends a word, ``1`` and a digit is that digit, ``z0`` is z, ``z1 z2 z3`` are Æ Ø Å.
After ``00`` follows, only if needed, one digit for each sign: 1 where it carried an accent.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from anyascii import anyascii
from django.utils.translation import gettext, ngettext

from common.errors import DomainError

LINE_LENGTH = 200
"""The most characters a line may hold, where the caller says nothing else."""
TEXT_LENGTH = 20_000
"""The most characters a longer text may hold, where the caller says nothing else."""
FOLDED_LENGTH = 250
"""Foldings and identities are cut here: columns that hold them need this ``max_length``."""

# Marks that turn the reading direction round can make one name look like another.
_DIRECTION_MARKS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
# Control characters, line and paragraph separators, lone surrogates.
_REFUSED_CATEGORIES = frozenset({"Cc", "Zl", "Zp", "Cs"})
_APOSTROPHES = frozenset("'’‘ʼʹʻ`´")

# Letters that Unicode does not take apart, or that a transliteration would spell otherwise (ŋ as ng, ʒ as zh).
_BASE_LETTERS = {"đ": "d", "ð": "d", "ŋ": "n", "ŧ": "t", "ł": "l", "ħ": "h", "ǥ": "g", "ʒ": "z", "ə": "e", "ı": "i"}
_BASE_LETTERS |= {"æ": "ae", "ø": "o", "œ": "oe", "þ": "th"}
# Order only: what a letter counts as, and whether it comes second to the plain letter there.
_NORDIC_ORDER = {"æ": ("z1", "0"), "ø": ("z2", "0"), "å": ("z3", "0"), "z": ("z0", "0")}
_NORDIC_ORDER |= {"ä": ("z1", "1"), "ö": ("z2", "1"), "ő": ("z2", "1"), "ü": ("y", "1"), "ű": ("y", "1")}


def normalise_email(address: str) -> str:
    """The one form in which an address is kept and compared: no spaces round it, NFC, lower case."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", address).strip().lower())


def clean_line(text: str, *, max_length: int = LINE_LENGTH, field: str | None = None) -> str:
    """``text`` on one line: NFC, spaces round it removed, runs of spaces made one.

    Raises :class:`DomainError` when it holds control characters, line separators (also U+0085, U+2028)
    or marks that reverse the reading direction, or more than ``max_length`` characters: such a line could
    forge a mail header or pose as another name.
    """
    line = unicodedata.normalize("NFC", text).strip(" \u00a0\t\r\n")
    if any(_is_refused(character) for character in line):
        raise DomainError(
            gettext("Write this on one line, without tabs, line breaks or hidden characters."),
            field=field,
            code="control_characters",
        )
    return _fitting(" ".join(line.split()), max_length, field)


def clean_text(text: str, *, max_length: int = TEXT_LENGTH, field: str | None = None) -> str:
    """``text`` over several lines: NFC, ``\\n`` as the only line break, nothing empty at its ends.

    Raises :class:`DomainError` as :func:`clean_line` does; tabs and line breaks are kept.
    """
    lines = re.sub(r"\r\n?|[\u0085\u2028\u2029\v\f]", "\n", unicodedata.normalize("NFC", text)).strip()
    if any(_is_refused(character) for character in lines if character not in "\n\t"):
        raise DomainError(
            gettext("This text holds hidden characters. Paste it again as plain text."),
            field=field,
            code="control_characters",
        )
    return _fitting(lines, max_length, field)


def identity_of(text: str) -> str:
    """``text`` as names are told apart: case, spaces and the two ways to write an accent aside, nothing else.

    Rå and Ra are two names; a search finds both, and whoever writes one is asked about the other.
    """
    folded = unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold())
    return " ".join(folded.split())[:FOLDED_LENGTH]


def fold_for_search(text: str) -> str:
    """``text`` as a search compares it: fold what is kept and what is typed, then look for one in the other."""
    folded = "".join(_base(character) for character in text if character not in _APOSTROPHES)
    folded = re.sub(r"[^a-z0-9]+", " ", folded).strip()
    folded = re.sub(r"oe+", "o", re.sub(r"a[ae]+", "a", folded))
    return folded[:FOLDED_LENGTH].rstrip()


def fold_for_sort(text: str) -> str:
    """``text`` as a key for ORDER BY; the module says how. Two people of one name differ by id, not here."""
    composed = unicodedata.normalize("NFC", unicodedata.normalize("NFKC", text).casefold())
    signs: list[tuple[str, str]] = []
    for sign in (sign for character in composed for sign in _order_signs(character)):
        if sign[0] == "0" and (not signs or signs[-1][0] == "0"):
            continue
        if sign[0] == "a" and signs and signs[-1][0] == "a":
            signs[-1] = ("z3", "1")
            continue
        signs.append(sign)
    primary = "".join(weight for weight, _accent in signs).rstrip("0")
    accents = "".join(accent for _weight, accent in signs).rstrip("0")
    return (f"{primary}00{accents}" if accents else primary)[:FOLDED_LENGTH]


def _order_signs(character: str) -> Iterator[tuple[str, str]]:
    """The (weight, accent) pairs that one lower-case character counts as in the order."""
    if character in _APOSTROPHES or unicodedata.combining(character):
        return
    if character in _NORDIC_ORDER:
        yield _NORDIC_ORDER[character]
        return
    base = _base(character)
    accent = "0" if base == character else "1"
    for letter in base:
        if letter.isdigit():
            yield f"1{letter}", accent
        elif letter.isalpha():
            yield ("z0" if letter == "z" else letter), accent
        else:
            yield "0", "0"


@lru_cache(maxsize=4096)
def _base(character: str) -> str:
    """``character`` as lower-case ASCII without its accents; what has no letters becomes a space or nothing."""
    letters: list[str] = []
    for part in unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", character).casefold()):
        if not unicodedata.combining(part):
            letters.append(part if part.isascii() else _BASE_LETTERS.get(part) or anyascii(part).lower())
    return "".join(letters)


def _is_refused(character: str) -> bool:
    return character in _DIRECTION_MARKS or unicodedata.category(character) in _REFUSED_CATEGORIES


def _fitting(text: str, max_length: int, field: str | None) -> str:
    if len(text) <= max_length:
        return text
    excess = len(text) - max_length
    raise DomainError(
        ngettext(
            "This is %(excess)d character too long: at most %(limit)d fit. Shorten it.",
            "This is %(excess)d characters too long: at most %(limit)d fit. Shorten it.",
            excess,
        )
        % {"excess": excess, "limit": max_length},
        field=field,
        code="too_long",
    )
