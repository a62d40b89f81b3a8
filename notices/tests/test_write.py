"""Writing a notice inside an act."""

import pytest
from django.db import transaction

from notices import kinds
from notices.actions.write import write_notice, write_notices
from notices.models import Notice

from .conftest import NOON

pytestmark = [pytest.mark.django_db, pytest.mark.both]


def test_a_row_is_due_at_once_in_the_recipients_language(noon, kind, ada) -> None:
    kind()
    notice = write_notice(kind="test", subject="session:7", recipient=ada, arguments={"number": 2}, programme_id=3)
    notice.refresh_from_db()
    assert (notice.state, notice.due_at, notice.next_try_at, notice.language) == ("waiting", NOON, NOON, "en")
    assert (notice.arguments, notice.programme_id, notice.tries) == ({"number": 2}, 3, 0)
    assert notice.message_id.endswith("@127.0.0.1>")


def test_the_same_key_gives_the_row_that_is_there(noon, kind, ada) -> None:
    kind()
    one = write_notice(kind="test", subject="session:7", recipient=ada)
    assert write_notice(kind="test", subject="session:7", recipient=ada) == one
    assert Notice.objects.count() == 1


def test_the_worker_is_woken_after_the_commit(kind, ada, django_capture_on_commit_callbacks, monkeypatch) -> None:
    kind()
    woken = []
    monkeypatch.setattr("common.wake._send", lambda name, args: woken.append(name))
    with django_capture_on_commit_callbacks(execute=True):
        write_notice(kind="test", subject="session:7", recipient=ada)
        assert woken == []
    assert woken == ["notices.send"]


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_it_is_refused(kind, ada) -> None:
    kind()
    with pytest.raises(RuntimeError, match="inside the transaction"):
        write_notice(kind="test", subject="session:7", recipient=ada)


@pytest.mark.django_db(transaction=True)
def test_an_act_that_is_undone_tells_nobody(kind, ada) -> None:
    kind()
    with transaction.atomic():
        write_notice(kind="test", subject="session:7", recipient=ada)
        transaction.set_rollback(True)
    assert not Notice.objects.exists()


def test_a_kind_that_nobody_registered_is_refused(ada) -> None:
    with pytest.raises(kinds.UnknownKindError):
        write_notice(kind="unheard_of", subject="session:7", recipient=ada)


@pytest.mark.parametrize("number", [2, 60])
def test_many_at_once_take_few_queries(noon, kind, ada, bo, number, django_assert_max_num_queries) -> None:
    kind()
    wanted = [kinds.Due(f"invitation:{i}", (ada, bo)[i % 2].pk, NOON) for i in range(number)]
    with django_assert_max_num_queries(4):
        assert write_notices(kind="test", wanted=wanted) == number
    assert write_notices(kind="test", wanted=wanted) == number
    assert Notice.objects.count() == number
    assert set(Notice.objects.values_list("recipient__name", "language")) == {("Ada Å. Lie", "en"), ("Bo Dahl", "da")}
