"""How the sign-in library behaves here: nobody signs up, people are invited."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # the library is not typed
    """Closes the public sign-up; `notices` overrides how mail leaves."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _(
            "The e-mail address or the password is wrong. Try again, or ask for a new password."
        ),
        "account_inactive": _("This account is closed. Ask your coordinator if you think it should be open."),
        "enter_current_password": _("This is not the password you have now. Try again."),
        "incorrect_password": _("The password is wrong. Try again, or ask for a new one."),
        "too_many_login_attempts": _("That was too many tries. Wait five minutes, or ask for a new password."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: an account begins with an invitation."""
        return False

    def populate_username(self, request: HttpRequest, user: Any) -> None:
        """People have no user name, only an address."""
