"""The sign-in library's mail goes through rows too."""

import re

import pytest
from django.core import mail
from django.urls import reverse

from notices import notices as own
from notices.actions.send import send_waiting
from notices.adapter import NoticeAdapter
from notices.models import Notice

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def registered(kind) -> None:
    kind("password_reset", letter=own.reset_letter)


def ask(client, email):
    return client.post(reverse("account_reset_password"), {"email": email}, follow=True)


def without_tokens(page):
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", page.content.decode())


def test_a_request_writes_a_row_that_holds_no_key(client, ada) -> None:
    ask(client, "ada@example.org")
    notice = Notice.objects.get()
    assert (notice.kind, notice.recipient, notice.arguments) == ("password_reset", ada, {})
    assert mail.outbox == []
    send_waiting()
    assert mail.outbox[0].subject == "Choose a new password"
    assert mail.outbox[0].to == ["=?utf-8?b?QWRhIMOFLiBMaWU=?= <ada@example.org>"]


def test_a_stranger_gets_the_same_answer_and_no_mail(client, ada) -> None:
    known, unknown = ask(client, "ada@example.org"), ask(client, "nobody@example.org")
    assert known.redirect_chain == unknown.redirect_chain
    assert without_tokens(known) == without_tokens(unknown)
    send_waiting()
    assert [message.to[0].split("<")[1] for message in mail.outbox] == ["ada@example.org>"]


def test_nothing_else_leaves_through_the_library(caplog) -> None:
    NoticeAdapter().send_mail("account/email/unknown_account", "stranger@example.org", {})
    assert mail.outbox == []
    assert "unknown_account, which has no notice" in caplog.text
