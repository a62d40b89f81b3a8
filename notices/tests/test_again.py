"""Trying once more what could not be delivered."""

import pytest

from accounts.models import AuditEvent
from common.errors import Conflict
from notices.actions.again import send_again
from notices.actions.send import send_waiting
from notices.actions.write import write_notice

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture
def failed(noon, kind, ada):
    kind()
    notice = write_notice(kind="test", subject="session:7", recipient=ada, programme_id=3)
    notice.state, notice.tries, notice.last_error = "failed", 5, "550 No such user"
    notice.save()
    return notice


def test_it_goes_out_under_the_same_message_id_and_leaves_a_trace(failed, ada, bo, mailoutbox) -> None:
    send_again(notice=failed, by=bo)
    assert (failed.state, failed.tries) == ("waiting", 0)
    send_waiting()
    assert mailoutbox[0].extra_headers["Message-ID"] == failed.message_id
    event = AuditEvent.objects.get(verb="notice.sent_again")
    assert (event.by_id, event.subject, event.programme_id) == (bo.pk, "session:7", 3)
    assert [person.person_id for person in event.people.all()] == [ada.pk]


def test_twice_is_a_conflict(failed, bo) -> None:
    send_again(notice=failed, by=bo)
    with pytest.raises(Conflict):
        send_again(notice=failed, by=bo)
    assert AuditEvent.objects.count() == 1
