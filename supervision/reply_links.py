"""The link in a mail by which somebody answers an invitation without signing in.

It names the session and the person, is signed for this purpose alone, and ends after 100 days or with the session.
"""

from __future__ import annotations

import datetime as dt

from django.core import signing

_SALT = "supervision.reply"
LASTS = dt.timedelta(days=100)


def reply_token(session_id: int, person_id: int) -> str:
    """The token for the address."""
    return signing.dumps([session_id, person_id], salt=_SALT, compress=False)


def read_reply_token(token: str) -> tuple[int, int] | None:
    """(session id, person id); None for a token that is forged, damaged or too old."""
    try:
        session_id, person_id = signing.loads(token, salt=_SALT, max_age=LASTS)
        return int(session_id), int(person_id)
    except (signing.BadSignature, ValueError, TypeError):
        return None
