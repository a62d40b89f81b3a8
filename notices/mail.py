"""A notice as a mail: text and HTML from one letter, the file that goes along, and headers that no name can forge."""

from __future__ import annotations

import hashlib
from email.utils import format_datetime, formataddr
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import User
from notices.kinds import Attachment, Kind
from notices.letter import Letter, Link
from notices.models import Notice


class NoticeMail(EmailMultiAlternatives):
    """A mail whose bytes depend on nothing but the row: its part boundaries come from the Message-ID."""

    def message(self, **kwargs: Any) -> Any:
        """The MIME message, as Django makes it."""
        message = super().message(**kwargs)
        digest = hashlib.sha256(self.extra_headers["Message-ID"].encode()).hexdigest()[:24]
        for number, part in enumerate(message.walk()):
            if part.is_multipart():
                part.set_boundary(f"=_{digest}_{number}")
        return message


def compose(notice: Notice, kind: Kind) -> NoticeMail:
    """The mail of a notice, in the row's language. `notice.recipient` must have an address."""
    with override(notice.language):
        letter = kind.letter(notice)
        attachment = kind.attachment(notice) if kind.attachment else None
        shown = context(notice, letter)
        mail = NoticeMail(
            subject=one_line(letter.subject or letter.title),
            body=render_to_string("mail/base.txt", shown),
            from_email=settings.DEFAULT_FROM_EMAIL,
            to=[address(notice.recipient.name, kind.address(notice) or notice.recipient.email or "")],
            headers=headers(notice, kind),
        )
        mail.attach_alternative(render_to_string("mail/base.html", shown), "text/html")
    if attachment:
        attach(mail, attachment)
    return mail


def context(notice: Notice, letter: Letter) -> dict[str, Any]:
    """What the two base templates show."""
    return {
        "title": letter.title,
        "preheader": letter.preheader,
        "paragraphs": [greeting(notice.recipient), *letter.paragraphs],
        "notes": letter.notes,
        "why": letter.why,
        "place_line": letter.place_line,
        "action_url": absolute(letter.action) if letter.action else "",
        "action_label": letter.action.label if letter.action else "",
        "links": [{"label": link.label, "url": absolute(link)} for link in letter.links],
    }


def greeting(person: User) -> str:
    """By first name; somebody of whom only the address is known is not called by it."""
    name = one_line(person.get_short_name())
    return _("Hello,") if not name or "@" in name else _("Hello %(name)s,") % {"name": name}


def absolute(link: Link) -> str:
    """The whole address of a page of ours."""
    return f"{settings.SITE_URL}{link.path}"


def headers(notice: Notice, kind: Kind) -> dict[str, str]:
    """Headers beside subject, sender and recipient. The date is when the row was written, so a repeat has the same."""
    found = {
        "Message-ID": notice.message_id,
        "Date": format_datetime(notice.created_at),
        "Auto-Submitted": "auto-generated",  # RFC 3834: no out-of-office answers to us
        "X-Notice-Kind": notice.kind,
    }
    if answers_to := kind.reply_to(notice):
        found["Reply-To"] = address(*answers_to)
    return found


def address(name: str, email: str) -> str:
    """`Name <address>` for a header; whatever the name holds, it stays one name of one address."""
    return formataddr((one_line(name), one_line(email)))


def one_line(text: str) -> str:
    """The text without line breaks and control characters: it cannot begin another header."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


def attach(mail: NoticeMail, attachment: Attachment) -> None:
    """Add the file. A calendar file goes twice, as calendars expect: as a part they read, and as a file to open."""
    if attachment.method:
        text = attachment.content.decode()
        mail.attach_alternative(text, f"text/calendar; method={attachment.method}")
        mail.attach(attachment.filename, attachment.content, "application/ics")
    else:
        mail.attach(attachment.filename, attachment.content, attachment.mimetype)
