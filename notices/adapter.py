"""The sign-in library's mail, made notices like everything else that people are told."""

import logging
from typing import Any

from django.db import transaction

from accounts.adapter import AccountAdapter
from accounts.models import User
from notices.actions.write import write_notice

logger = logging.getLogger(__name__)


class NoticeAdapter(AccountAdapter):
    """Writes a row where the library would send at once: a web process waits for no mail server."""

    def send_password_reset_mail(self, user: User, email: str, context: dict[str, Any]) -> None:
        """A link for a new password. It is made when the mail is: no row and no queue ever holds one."""
        with transaction.atomic():
            write_notice(kind="password_reset", subject=f"person:{user.pk}", recipient=user)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Nothing else leaves this way: the library's other mails are turned off, and none goes to strangers."""
        logger.error("the sign-in library wanted to send %s, which has no notice", template_prefix)
