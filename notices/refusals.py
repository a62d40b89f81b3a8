"""Reading a mail server's no: for ever, for now, or is nobody there at all."""

from __future__ import annotations

import re
import smtplib
from enum import Enum

# Whatever stands on both sides of an @, with its brackets: `<ada@example.org>`, `"a b"@[10.0.0.1]`.
ADDRESS = re.compile(
    r"""<?(?:"[^"]*"|[^\s<>"'(),:;\[\]]+)@(?:\[[^\]\s]*\]|[^\s<>"'(),:;\[\]]*[^\s<>"'(),.:;\[\]])>?"""
)


class Refusal(Enum):
    """How a sending failed."""

    # The server does not take this mail for this address, and will not tomorrow either.
    PERMANENT = "permanent"
    # Not now: try again later.
    TEMPORARY = "temporary"
    # The server does not answer, or not as agreed: no other mail would get through either.
    NO_SERVER = "no_server"


def read_refusal(error: Exception) -> Refusal:
    """What an error from the mail backend means.

    Only a 5xx about the recipient or the message is permanent. A 5xx about us (sender, sign-in) is our own set-up:
    once mended, everything that waited must go out.
    """
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        codes = [code for code, _said in error.recipients.values()]
        return Refusal.PERMANENT if codes and all(500 <= code < 600 for code in codes) else Refusal.TEMPORARY
    if isinstance(error, smtplib.SMTPDataError):
        return Refusal.PERMANENT if 500 <= error.smtp_code < 600 else Refusal.TEMPORARY
    if isinstance(error, smtplib.SMTPException | OSError):
        return Refusal.NO_SERVER
    return Refusal.TEMPORARY


def in_words(error: Exception) -> str:
    """One line for the coordinator, the operator and the log: what the server said, without control characters and
    without anybody's address, which operators do not read."""
    said = f"{type(error).__name__}: {error}"
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        said = "; ".join(f"{code} {_text(text)}" for code, text in error.recipients.values())
    elif isinstance(error, smtplib.SMTPResponseException):
        said = f"{error.smtp_code} {_text(error.smtp_error)}"
    plain = " ".join("".join(sign if sign.isprintable() else " " for sign in said).split())
    return without_addresses(plain)[:500]


def without_addresses(said: str) -> str:
    """The same with `<address>` for each e-mail address in it."""
    return ADDRESS.sub("<address>", said)


def _text(said: bytes | str) -> str:
    return said.decode("utf-8", "replace") if isinstance(said, bytes) else said
