"""Sending over a real SMTP conversation."""

import email
import email.policy
from collections.abc import Iterator
from importlib import import_module

import pytest
from django.apps import apps

from accounts.models import User
from notices.actions import send
from notices.actions.write import write_notice
from notices.models import Notice

from .smtp_sink import Sink, smtp_sink

pytestmark = pytest.mark.django_db


@pytest.fixture
def server(settings) -> Iterator[Sink]:
    with smtp_sink() as sink:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", sink.port
        yield sink


@pytest.fixture
def notice(noon, kind, ada) -> Notice:
    kind()
    return write_notice(kind="test", subject="session:7", recipient=ada)


def state_of(notice: Notice) -> tuple[str, str]:
    notice.refresh_from_db()
    return notice.state, notice.last_error


def test_many_mails_go_over_one_connection(server, notice, bo) -> None:
    write_notice(kind="test", subject="session:7", recipient=bo)
    assert send.send_waiting().sent == 2
    assert (server.connections, len(server.mails)) == (1, 2)
    assert notice.message_id.encode() in server.mails[0]


def test_an_address_that_nobody_has_is_given_to_the_coordinator_and_the_next_mail_goes_on(server, notice, bo) -> None:
    server.refuse["ada@example.org"] = b"550 5.1.1 No such user"
    other = write_notice(kind="test", subject="session:7", recipient=bo)
    assert send.send_waiting() == send.Sent(sent=1, failed=1)
    assert state_of(notice) == ("failed", "550 5.1.1 No such user")
    assert state_of(other)[0] == "sent"


def test_an_address_that_is_busy_is_tried_later(server, notice, noon) -> None:
    server.refuse["ada@example.org"] = b"450 4.2.0 Greylisted"
    send.send_waiting()
    assert state_of(notice) == ("waiting", "450 4.2.0 Greylisted")
    server.refuse.clear()
    noon.shift(60)
    assert send.send_waiting().sent == 1


def test_a_server_that_hangs_up_in_the_middle_has_not_got_it(server, notice, noon) -> None:
    server.hang_up = True
    assert send.send_waiting() == send.Sent(retry=1)
    assert state_of(notice)[0] == "waiting"
    server.hang_up = False
    noon.shift(60)
    assert send.send_waiting().sent == 1
    assert len(server.mails) == 1


def test_a_mail_refused_for_its_content_is_given_to_the_coordinator(server, notice) -> None:
    server.after_data = b"554 5.7.1 Refused"
    send.send_waiting()
    assert state_of(notice) == ("failed", "554 5.7.1 Refused")


def test_nobody_listens(settings, server, notice) -> None:
    settings.EMAIL_PORT = 1
    assert send.send_waiting() == send.Sent(retry=1)
    assert state_of(notice)[1].startswith("ConnectionRefusedError")


def test_letters_of_all_our_languages_arrive(server, noon, kind) -> None:
    kind()
    name = "Máret Ánne Đặng محمد"
    person = User.objects.create_user("maret@example.org", name=name, language="en")
    write_notice(kind="test", subject="session:7", recipient=person)
    assert send.send_waiting().sent == 1
    message = email.message_from_bytes(server.mails[0], policy=email.policy.default)
    assert message["To"].addresses[0].display_name == name
    assert "Hello Máret," in message.get_body(("plain",)).get_content()


SAID = [
    (b"550 5.1.1 <ada@example.org>: Recipient address rejected", "550 5.1.1 <address>: Recipient address rejected"),
    (b"550 mailbox ada@example.org is full.", "550 mailbox <address> is full."),
    (b'550 "ada b"@[10.0.0.1], no such user', "550 <address>, no such user"),
    (b"550 bounced ada=example.org@lists.example.org", "550 bounced <address>"),
    (b"550 rejected (ADA@EXAMPLE.ORG; code 7)", "550 rejected (<address>; code 7)"),
]


@pytest.mark.parametrize(("said", "kept"), SAID)
def test_no_address_is_kept_of_what_a_server_said(server, notice, said, kept) -> None:
    """Operators read it, and they read nobody's address."""
    server.refuse["ada@example.org"] = said
    send.send_waiting()
    assert state_of(notice) == ("failed", kept)


def test_what_was_kept_before_loses_its_addresses_too(notice) -> None:
    """The migration; what holds none stays as it is, which is the control."""
    take_out = import_module("notices.migrations.0003_errors_without_addresses").take_out
    for said, kept in SAID:
        Notice.objects.filter(pk=notice.pk).update(last_error=said.decode())
        take_out(apps, None)
        assert state_of(notice)[1] == kept
    Notice.objects.filter(pk=notice.pk).update(last_error="550 No such user @ all")
    take_out(apps, None)
    assert state_of(notice)[1] == "550 No such user @ all"
