"""How the sign-in library behaves here: nobody signs up, people are invited."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # the library is not typed
    """Closes the public sign-up; `notices` overrides how mail leaves."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: an account begins with an invitation."""
        return False

    def populate_username(self, request: HttpRequest, user: Any) -> None:
        """People have no user name, only an address."""
