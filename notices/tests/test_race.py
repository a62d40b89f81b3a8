"""Several workers on one queue: each notice is sent by one of them."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core import mail
from django.db import connection, transaction

from notices import kinds
from notices.actions import send
from notices.actions.write import write_notices
from notices.models import Notice

from .conftest import NOON

pytestmark = [pytest.mark.serial, pytest.mark.both, pytest.mark.django_db(transaction=True)]
WORKERS = 4
NOTICES = 40


def send_in_threads() -> Counter[str]:
    """All workers begin with the same list; how often each Message-ID went out."""
    start = Barrier(WORKERS, timeout=20)

    def work(_: int) -> None:
        try:
            rows = send.waiting(NOTICES)
            start.wait()
            for pk in rows:
                send.claim_and_send(pk, mail.get_connection())
        finally:
            connection.close()

    with ThreadPoolExecutor(WORKERS) as pool:
        list(pool.map(work, range(WORKERS)))
    return Counter(message.extra_headers["Message-ID"] for message in mail.outbox)


@pytest.fixture
def forty(noon, kind, ada) -> None:
    kind()
    with transaction.atomic():
        write_notices(kind="test", wanted=[kinds.Due(f"session:{n}", ada.pk, NOON) for n in range(NOTICES)])


def test_each_is_sent_once(forty) -> None:
    times = send_in_threads()
    assert set(times.values()) == {1}
    assert len(times) == NOTICES == Notice.objects.filter(state="sent").count()


def test_without_the_lease_some_are_sent_by_several(forty, monkeypatch) -> None:
    monkeypatch.setattr(send, "claim", lambda pk: "nobody")
    assert max(send_in_threads().values()) > 1
