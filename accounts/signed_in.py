"""Who is signed in, as the person that they are; for views behind `login_required`."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest

from accounts.models import User


def user(request: HttpRequest) -> User:
    """The person who is signed in."""
    return cast(User, request.user)
