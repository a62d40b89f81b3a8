"""Numbers of certificates: the programme's letters, the year, a running number."""

from __future__ import annotations

import re


def prefix(programme_key: str, year: int) -> str:
    """``DUA-2026-``: a short key as it is, the first letters of several words, else the first three letters."""
    words = [word for word in re.split(r"[^a-z0-9]+", programme_key.lower()) if word]
    letters = "".join(word[0] for word in words) if len(words) > 1 else "".join(words)[:3]
    return f"{letters.upper() or 'C'}-{year}-"


def next_number(before: str, begins: str) -> str:
    """The number after `before` (empty when it is the first of the year), at least four digits."""
    running = int(before.removeprefix(begins)) if before else 0
    return f"{begins}{running + 1:04}"
