"""How views answer: a form shown again with its errors and its status, a refusal as a page of the house."""

from collections.abc import Callable, Mapping
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS
from django.forms import BaseForm, BaseFormSet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import select_template
from django.utils.cache import add_never_cache_headers

from common.errors import DomainError


def render_form(
    request: HttpRequest,
    template: str,
    form: "BaseForm | BaseFormSet[Any]",
    context: Mapping[str, Any] | None = None,
    *,
    error_status: int = 422,
) -> HttpResponse:
    """``template`` with ``form``: 200 for a fresh one, ``error_status`` for one with errors, nothing typed lost.

    A form that took in a :class:`DomainError` by :func:`add_domain_error` answers with that error's status.
    """
    refused = form.is_bound and not form.is_valid()
    status = getattr(form, "refusal_status", error_status) if refused else 200
    return render(request, template, {**(context or {}), "form": form}, status=status)


def add_domain_error(form: BaseForm, error: DomainError) -> None:
    """Show ``error`` at its field, or above the form when the form has no such field (or hides it)."""
    field = error.field if error.field in form.fields and not form.fields[error.field].widget.is_hidden else None
    _ = form.errors  # cleans the form, should nobody have asked yet
    form.add_error(field or NON_FIELD_ERRORS, str(error))
    form.refusal_status = error.status  # type: ignore[attr-defined]


def render_refusal(request: HttpRequest, error: DomainError) -> HttpResponse:
    """The page of the house for ``error.status``, saying its sentence; for htmx it takes the whole page's place."""
    template = select_template([f"{error.status}.html", "422.html"])
    context = {"message": str(error), "exception": str(error), "code": error.code}
    response = HttpResponse(template.render(context, request), status=error.status)
    if request.headers.get("HX-Request") == "true":
        response["HX-Retarget"] = "body"
        response["HX-Reswap"] = "innerHTML"
    add_never_cache_headers(response)
    return response


class RefusalMiddleware:
    """Turns a refusal that no view has caught into its page: 403, 409, 422, never a 500.

    It stands last in MIDDLEWARE, so that the others see an ordinary response. Transactions of the act have been
    rolled back by then, for the error has left them.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer a :class:`DomainError`; leave everything else to Django."""
        return render_refusal(request, exception) if isinstance(exception, DomainError) else None
