"""Codes that people copy from paper: 128 random bits in Crockford's base32 (https://www.crockford.com/base32.html)."""

import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 26
"""Signs of a code: 26 × 5 bits hold 128, so the first sign is at most 7."""

_READ_AS = str.maketrans("ILO", "110", " -\u00a0\u2010\u2011\u2012\u2013")


def new_code() -> str:
    """A code nobody can guess, as it is kept: 26 capitals and digits."""
    number = secrets.randbits(128)
    return "".join(ALPHABET[number >> shift & 31] for shift in range(5 * (LENGTH - 1), -1, -5))


def normalise_code(typed: str) -> str:
    """The code in what somebody typed (small letters, hyphens, spaces, I or L for 1, O for 0), or ``""``."""
    code = typed.strip().upper().translate(_READ_AS)
    return code if len(code) == LENGTH and set(code) <= set(ALPHABET) and code[0] <= "7" else ""


def spaced_code(code: str) -> str:
    """The code as it is printed: ``7ZZZ-ZZZZ-…``, in fours."""
    return "-".join(code[place : place + 4] for place in range(0, len(code), 4))
