"""The sign-in library's pages, answering 422 where their form was refused (the library answers 200)."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account import views as library
from django.http import HttpRequest, HttpResponse

View = Callable[..., HttpResponse]


def _honest(view: View) -> View:
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        form = (getattr(response, "context_data", None) or {}).get("form")
        if request.method == "POST" and response.status_code == 200 and form is not None and form.errors:
            response.status_code = 422
        return response

    return answer


sign_in = _honest(library.login)
ask_for_password = _honest(library.password_reset)
new_password = _honest(library.password_reset_from_key)
change_password = _honest(library.password_change)
set_password = _honest(library.password_set)
confirm = _honest(library.reauthenticate)
