"""No mail holds what was said: each kind written to each who can get it, and everything that the clock would send."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from email.message import Message
from email.utils import parseaddr

import pytest
import time_machine
from django.core import mail
from django.utils import timezone

from notices import kinds
from notices.actions.tick import tick
from notices.mail import compose
from notices.models import Notice
from tests.sweep.canary import CANARIES
from tests.sweep.related import RELATED
from tests.sweep.world import WHO, World

pytestmark = pytest.mark.django_db

SEATED = ("coach", "leader", "colleague")
WERE_THERE = (*SEATED, "co_leader", "guest", "absent")
# What each kind is about in this world, and who can get it.
SUBJECTS: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "address_confirm": ("address", "address", ("leader",)),
    "address_changed": ("address", "address", ("leader",)),
    "certificate_issued": ("certificate", "withdrawn", ("other_coach",)),
    "certificate_withdrawn": ("certificate", "withdrawn", ("other_coach",)),
    "invitation": ("invitation", "invitation", ("leader",)),
    "membership_request": ("membership_request", "request", ("far_coach",)),
    "password_reset": ("person", "leader", ("leader",)),
    "recording_overdue": ("recording", "recording", ("leader", "colleague")),
    "recording_withdrawn": ("recording", "recording", ("leader", "colleague")),
    "session_cancelled": ("session", "cancelled", SEATED),
    "session_moved": ("session", "planned", SEATED),
    "session_not_recorded": ("session", "held", ("coach",)),
    "session_planned": ("session", "planned", SEATED),
    "session_recording_overdue": ("recording", "clip", ("coach", "leader")),
    "session_recording_withdrawn": ("recording", "clip", ("coach", "leader")),
    "session_reminder": ("session", "planned", SEATED),
    "shared_with_you": ("goal", "shared_goal", ("mentor",)),
    "step_approved": ("step_record", "record", ("coach",)),
    "step_reopened": ("step_record", "record", ("coach",)),
    "step_sent_back": ("step_record", "sent_back", ("leader",)),
}


def test_every_kind_is_looked_at() -> None:
    assert {kind.key for kind in kinds.every()} == set(SUBJECTS)


@pytest.mark.parametrize("key", sorted(SUBJECTS))
def test_a_mail_says_that_and_where(key: str, world: World) -> None:
    about, thing, people = SUBJECTS[key]
    for who in people:
        notice = _notice(world, key, f"{about}:{world[thing].pk}", who)
        assert leaks(who, texts_of(compose(notice, kinds.get(key)).message())) == []


@pytest.mark.parametrize("key", ["session_planned", "session_moved", "session_reminder"])
def test_who_has_left_is_told_of_no_session(key: str, world: World) -> None:
    """The control is Jonas, whose seat is like Máret's, and who is told where the session is."""
    told = {}
    for who in ("left", "colleague"):
        notice = _notice(world, key, f"session:{world['planned'].pk}", who)
        session = world["planned"]
        notice.due_at = session.starts_at - dt.timedelta(days=1)
        told[who] = kinds.get(key).still_wanted(notice)
    assert told == {"left": "left", "colleague": True}
    place = compose(_notice(world, key, f"session:{world['planned'].pk}", "colleague"), kinds.get(key)).message()
    assert "kanari-rom" in "".join(texts_of(place))


def test_all_that_waits_is_sent_and_holds_no_words(world: World) -> None:
    """Everything of the demo's networks that a tick sends, the day before the next session."""
    by_address = {world[who].email: who for who in (*WHO, *RELATED)}
    with time_machine.travel(world["planned"].starts_at - dt.timedelta(hours=23, minutes=30), tick=True):
        done = tick()
    assert done.failed == ()
    found = []
    for one in mail.outbox:
        who = by_address.get(parseaddr(one.to[0])[1], "")
        found += leaks(who, texts_of(one.message()))
    assert found == []
    kinds_sent = {one.extra_headers["X-Notice-Kind"] for one in mail.outbox}
    assert {"session_planned", "session_reminder", "step_approved"} <= kinds_sent
    to_left = [one for one in mail.outbox if world["left"].email in one.to[0]]
    assert not [one for one in to_left if one.extra_headers["X-Notice-Kind"].startswith("session")]


def _notice(world: World, key: str, subject: str, who: str) -> Notice:
    return Notice(
        pk=0,
        kind=key,
        subject=subject,
        recipient=world[who],
        due_at=timezone.now(),
        created_at=timezone.now(),
        language="nb",
        arguments={"sequence": world["planned"].sequence, "by": world["coach"].pk, "programme": world["programme"].pk},
        message_id="<sweep@kanari.example>",
    )


def texts_of(message: Message) -> Iterator[str]:
    """Headers and every part as text, calendar files too."""
    yield "\n".join(f"{name}: {value}" for name, value in message.items())
    for part in message.walk():
        if not part.is_multipart():
            payload = part.get_payload(decode=True)
            # Lines of a calendar file are folded (RFC 5545).
            yield bytes(payload).decode("utf-8", errors="replace").replace("\r\n ", "") if payload else ""


def leaks(who: str, texts: Iterable[str]) -> list[tuple[str, str]]:
    """Words that may not be in a mail to this person: all but where a session is, for those in it."""
    text = "\n".join(texts)
    return [(who, one.word) for one in CANARIES if one.word in text and not (one.in_mails and who in one.readers)]
