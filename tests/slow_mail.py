"""Mail as files, as slow as a mail server next door: a kill has time to fall before, in and after the sending."""

import time
from collections.abc import Sequence

from django.core.mail import EmailMessage

from notices import mail_files

PAUSE = 0.005
"""Seconds before a mail is taken, and again before the sender hears that it was."""


class EmailBackend(mail_files.EmailBackend):
    """Waits, writes, waits."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Write the mails; returns how many."""
        time.sleep(PAUSE)
        number = super().send_messages(email_messages)
        time.sleep(PAUSE)
        return number
