"""Mail as files: one ``.eml`` each, with a name to find it by; any mail program opens it, attachments and all."""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Sequence
from email.utils import parseaddr
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

from common.text import fold_for_search


class EmailBackend(BaseEmailBackend):
    """Writes each mail whole or not at all into `EMAIL_FILE_PATH`; a mail sent twice gives two files."""

    def __init__(self, *args: Any, file_path: str | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.folder = Path(file_path or settings.EMAIL_FILE_PATH)

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Write the mails; returns how many."""
        self.folder.mkdir(parents=True, exist_ok=True)
        for mail in email_messages:
            self.write(mail)
        return len(email_messages)

    def write(self, mail: EmailMessage) -> None:
        """First under a hidden name, then renamed: whoever reads the folder never sees half a mail."""
        name = file_name(mail)
        draft = self.folder / f".{name}.part"
        with draft.open("wb") as file:
            file.write(mail.message().as_bytes(linesep="\r\n"))  # type: ignore[call-arg]  # Django's own
            file.flush()
            os.fsync(file.fileno())
        draft.rename(self.folder / name)


def file_name(mail: EmailMessage) -> str:
    """``2026-11-22T13-35-02.123456-jonas-example-org-thursday-at-13-00-9f3a.eml``: sorted by time, readable."""
    to = parseaddr(mail.to[0])[1] if mail.to else "nobody"
    words = "-".join(part for part in (_plain(to, 40), _plain(str(mail.subject), 50)) if part)
    return f"{timezone.localtime():%Y-%m-%dT%H-%M-%S.%f}-{words}-{secrets.token_hex(2)}.eml"


def _plain(text: str, length: int) -> str:
    return re.sub(r"[^a-z0-9]+", "-", fold_for_search(text))[:length].strip("-")
