"""The words of what the sign-in tells people."""

from __future__ import annotations

from django.utils.translation import gettext as _

from notices.letter import Letter, Link


def password_reset(path: str) -> Letter:
    """A link for a new password; `path` holds the key and works once."""
    return Letter(
        title=_("Choose a new password"),
        preheader=_("The link works once."),
        paragraphs=(
            _("Somebody, probably you, has asked for a new password for this address."),
            _("Open the link to choose one. It works once."),
        ),
        action=Link(_("Choose a new password"), path),
        why=_("Was it not you? Then nothing needs to be done, and your password stays as it is."),
    )
