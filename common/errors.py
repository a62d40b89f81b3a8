"""The three ways an act says no. A view shows them; none of them is ever a 500.

The message is always a whole sentence in the reader's language: what is wrong, which limit, what to do.
Outside one's own world nothing is said at all: that is ``Http404``.
"""

from django.utils.functional import Promise


class DomainError(Exception):
    """A rule says no (422), or the request makes no sense (pass ``status=400``).

    ``field`` is the form field the sentence belongs to, if there is one; ``code`` is a stable word for
    callers and tests that must tell two refusals apart.
    """

    default_status = 422

    def __init__(
        self, message: str | Promise, *, field: str | None = None, code: str = "", status: int | None = None
    ) -> None:
        super().__init__(message)
        self.message = message
        self.field = field
        self.code = code
        self.status = self.default_status if status is None else status

    def __str__(self) -> str:
        return str(self.message)


class Conflict(DomainError):
    """Somebody else was quicker, or the page is stale (409)."""

    default_status = 409


class NotAllowed(DomainError):
    """Seen, but not this person's to change (403)."""

    default_status = 403
