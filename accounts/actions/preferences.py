"""What a person prefers for oneself."""

from __future__ import annotations

from accounts.models import User


def choose_language(*, by: User, language: str) -> None:
    """Show pages and mails in this language from now on; `language` is one of `User.Language`.

    Leaves no trace: it concerns nobody else.
    Raises `ValueError` for a language that the product does not have.
    """
    by.language = User.Language(language)
    by.save(update_fields=["language"])
