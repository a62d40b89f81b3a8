"""What holds for every request: timing, no caching, language, plain text, the end of a session."""

import time
from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.signals import user_logged_in
from django.core.exceptions import BadRequest
from django.db import connection
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.middleware.locale import LocaleMiddleware
from django.utils import translation
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _

Answer = Callable[[HttpRequest], HttpResponse]


class ServerTimingMiddleware:
    """With SERVER_TIMING=1 each response says its queries, their time and the whole time (ms)."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Add `Server-Timing: sql;desc="N";dur=ms, app;dur=ms`; app counts everything, the queries included."""
        queries = _QueryClock()
        start = time.perf_counter()
        with connection.execute_wrapper(queries):
            response = self.get_response(request)
        whole = time.perf_counter() - start
        response["Server-Timing"] = (
            f'sql;desc="{queries.count}";dur={queries.seconds * 1000:.1f}, app;dur={whole * 1000:.1f}'
        )
        return response


class _QueryClock:
    """Counts and times the statements sent through one connection."""

    def __init__(self) -> None:
        self.count = 0
        self.seconds = 0.0

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        self.count += 1
        start = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            self.seconds += time.perf_counter() - start


class NoStoreMiddleware:
    """Pages of a signed-in person are kept by no cache and no browser."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Add no-store where somebody is or was signed in during the request, unless the view decided otherwise."""
        signed_in = _signed_in(request)
        response = self.get_response(request)
        if (signed_in or _signed_in(request)) and not response.has_header("Cache-Control"):
            add_never_cache_headers(response)
        return response


class LanguageMiddleware(LocaleMiddleware):
    """The language of the profile, else the browser's, else the site's."""

    def process_request(self, request: HttpRequest) -> None:
        """Activate it for the rest of the request."""
        chosen = getattr(request.user, "language", "") if _signed_in(request) else ""
        if chosen not in dict(settings.LANGUAGES):
            super().process_request(request)
            return
        translation.activate(chosen)
        request.LANGUAGE_CODE = translation.get_language()


class PlainTextMiddleware:
    """Refuses NUL and other control characters before any view sees them: no text of ours holds them."""

    ALLOWED = "\t\n\r"

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Raise BadRequest (400) for a path, query, form value or file name with a control character."""
        if self._odd([request.path]) or self._odd(_pairs(request.GET)):
            raise BadRequest(_("The address holds characters that cannot be shown. Check the link."))
        if request.method == "POST" and (self._odd(_pairs(request.POST)) or self._odd(_file_names(request))):
            raise BadRequest(_("The text holds characters that cannot be shown. Remove them and send it again."))
        return self.get_response(request)

    def _odd(self, texts: Iterable[str]) -> bool:
        return any(
            not text.isprintable() and any(ord(char) < 32 and char not in self.ALLOWED for char in text)
            for text in texts
        )


class SessionLimitsMiddleware:
    """Ends a session after an hour without a request and twelve hours in all (seconds in settings)."""

    STAMP_EVERY = 60  # seconds; a page does not write the session more often than this

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Sign out where a limit has passed; the page then asks to sign in and comes back to the same address."""
        if _signed_in(request):
            now = int(time.time())
            begun = request.session.setdefault("signed_in_at", now)
            seen = request.session.setdefault("seen_at", now)
            if now - begun > settings.SESSION_COOKIE_AGE or now - seen > settings.SESSION_IDLE_SECONDS:
                logout(request)
            elif now - seen >= self.STAMP_EVERY:
                request.session["seen_at"] = now
        return self.get_response(request)


@receiver(user_logged_in)
def stamp_session(request: HttpRequest | None = None, **kwargs: Any) -> None:
    """Note when the session began, in the same write that signs the person in."""
    if request is not None and hasattr(request, "session"):
        request.session["signed_in_at"] = request.session["seen_at"] = int(time.time())


def _signed_in(request: HttpRequest) -> bool:
    """Whether this request belongs to somebody; False where authentication has not run."""
    user = getattr(request, "user", None)
    return bool(user is not None and user.is_authenticated)


def _pairs(data: Any) -> list[str]:
    """All keys and values of a QueryDict."""
    return [text for key, values in data.lists() for text in (key, *values)]


def _file_names(request: HttpRequest) -> list[str]:
    return [upload.name or "" for uploads in request.FILES.lists() for upload in uploads[1]]
