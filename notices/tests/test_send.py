"""Sending: leases, what is wanted no more, refusals and trying again."""

import smtplib
from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone

from notices.actions import send
from notices.actions.write import write_notice

from .conftest import NOON

pytestmark = [pytest.mark.django_db, pytest.mark.both]
MINUTE = timedelta(minutes=1)


@pytest.fixture
def notice(noon, kind, ada):
    kind()
    return write_notice(kind="test", subject="session:7", recipient=ada)


@pytest.fixture
def mail_server(monkeypatch):
    """Answers with the error put into it."""
    server = []

    def send_messages(self, messages):
        if server:
            raise server[0]
        mail.outbox.extend(messages)

    monkeypatch.setattr(EmailBackend, "send_messages", send_messages)
    return server


def now_in(notice):
    notice.refresh_from_db()
    return notice


def test_it_is_sent_once_and_marked(notice) -> None:
    assert send.send_waiting().sent == 1
    assert send.send_waiting().sent == 0
    now_in(notice)
    assert (notice.state, notice.sent_at, notice.tries, notice.lease_key) == ("sent", NOON, 1, "")
    assert len(mail.outbox) == 1


def test_nobody_claims_a_row_whose_lease_runs(notice, noon) -> None:
    assert send.claim(notice.pk)
    assert send.claim(notice.pk) is None
    assert send.send_waiting().sent == 0
    noon.shift(timedelta(seconds=119))
    assert send.claim(notice.pk) is None


def test_a_row_whose_lease_is_over_is_taken_again_with_the_same_message_id(notice, noon) -> None:
    send.claim(notice.pk)
    noon.shift(timedelta(seconds=120))
    assert send.send_waiting().sent == 1
    assert mail.outbox[0].extra_headers["Message-ID"] == notice.message_id
    assert now_in(notice).tries == 2


def test_a_worker_that_stood_still_does_not_overwrite(notice, noon) -> None:
    late = send.claim(notice.pk)
    noon.shift(timedelta(seconds=121))
    holder = send.claim(notice.pk)
    assert send.finish(notice, late) is send.Outcome.LEASE_LOST
    assert now_in(notice).lease_key == holder
    assert send.finish(notice, holder) is send.Outcome.SENT


@pytest.mark.parametrize(
    ("answer", "reason"), [("moved", "moved"), (False, "not wanted any more"), ("", "not wanted any more")]
)
def test_what_is_wanted_no_more_is_closed_unsent(noon, kind, ada, answer, reason) -> None:
    kind(still_wanted=lambda notice: answer)
    notice = write_notice(kind="test", subject="session:7", recipient=ada)
    assert send.send_waiting().closed == 1
    assert (now_in(notice).state, notice.closed_reason, notice.closed_at) == ("closed", reason, NOON)
    assert mail.outbox == []


def test_a_person_without_an_address_is_not_told_and_the_row_says_so(notice, ada) -> None:
    ada.email = None
    ada.save()
    send.send_waiting()
    assert (now_in(notice).state, notice.closed_reason) == ("closed", "no address")


def test_a_person_who_has_left_is_not_told(notice, ada) -> None:
    ada.is_active = False
    ada.save()
    send.send_waiting()
    assert now_in(notice).closed_reason == "left"


def test_a_server_that_does_not_answer_is_tried_after_1_5_15_and_60_minutes(notice, noon, mail_server) -> None:
    mail_server.append(ConnectionRefusedError("nobody there"))
    waits = []
    for _ in range(6):
        assert send.send_waiting().retry == 1
        waits.append((now_in(notice).next_try_at - timezone.now()) // MINUTE)
        assert notice.last_error == "ConnectionRefusedError: nobody there"
        noon.move_to(notice.next_try_at)
    assert waits == [1, 5, 15, 60, 60, 60]
    mail_server.clear()
    assert send.send_waiting().sent == 1
    assert now_in(notice).last_error == ""


def test_after_a_day_of_trying_it_is_shown_to_the_coordinator(notice, noon, mail_server) -> None:
    mail_server.append(ConnectionRefusedError())
    while now_in(notice).state == "waiting":
        noon.move_to(notice.next_try_at)
        send.send_waiting()
    assert notice.state == "failed"
    assert timedelta(hours=23) < timezone.now() - NOON < timedelta(hours=25)


def test_when_no_server_answers_the_rest_is_left_for_the_next_tick(notice, bo, mail_server) -> None:
    other = write_notice(kind="test", subject="session:7", recipient=bo)
    mail_server.append(smtplib.SMTPServerDisconnected("gone"))
    assert send.send_waiting() == send.Sent(retry=1)
    assert now_in(other).tries == 0


@pytest.mark.parametrize(
    ("error", "state"),
    [
        (smtplib.SMTPRecipientsRefused({"ada@example.org": (550, b"5.1.1 No such user")}), "failed"),
        (smtplib.SMTPRecipientsRefused({"ada@example.org": (450, b"4.2.1 Greylisted")}), "waiting"),
        (smtplib.SMTPDataError(554, b"Refused"), "failed"),
        (smtplib.SMTPDataError(451, b"Later"), "waiting"),
        (smtplib.SMTPSenderRefused(550, b"Who are you", "us@example.org"), "waiting"),
        (smtplib.SMTPAuthenticationError(535, b"Wrong password"), "waiting"),
        (TimeoutError("timed out"), "waiting"),
        (ValueError("odd"), "waiting"),
    ],
)
def test_only_a_refusal_for_ever_fails_at_once(notice, mail_server, error, state) -> None:
    mail_server.append(error)
    send.send_waiting()
    assert now_in(notice).state == state
    assert notice.last_error


def test_what_the_server_said_is_kept_on_one_line(notice, mail_server) -> None:
    mail_server.append(smtplib.SMTPRecipientsRefused({"ada@example.org": (550, b"No\r\nsuch\x00user")}))
    send.send_waiting()
    assert now_in(notice).last_error == "550 No such user"


def test_a_letter_that_cannot_be_written_holds_nobody_back(noon, kind, ada, caplog) -> None:
    kind("a_broken", letter=lambda notice: 1 / 0)
    kind("b_whole")
    broken = write_notice(kind="a_broken", subject="session:7", recipient=ada)
    write_notice(kind="b_whole", subject="session:7", recipient=ada)
    assert send.send_waiting() == send.Sent(sent=1, retry=1)
    assert now_in(broken).last_error == "ZeroDivisionError: division by zero"


def test_a_kind_that_is_gone_waits_for_somebody_to_see_it(notice, monkeypatch) -> None:
    monkeypatch.setattr("notices.kinds._kinds", {})
    send.send_waiting()
    assert now_in(notice).state == "waiting"
    assert "UnknownKindError" in notice.last_error


def test_it_stops_when_the_time_is_over_and_says_that_there_is_more(notice) -> None:
    assert send.send_waiting(seconds=-1) == send.Sent(more=True)
