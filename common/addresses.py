"""Addresses that come from outside and must stay on our host."""

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme


def safe_next(request: HttpRequest, default: str) -> str:
    """Where ``next`` in the form or the query string leads, if it is a page of ours; else ``default``."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    # A bare word would be taken for the name of a view.
    return wanted if ours and wanted.startswith(("/", "http://", "https://")) else default
