"""Operators look at notices, and change none."""

import pytest
from django.urls import reverse

from accounts.models import User
from notices.actions.write import write_notice
from notices.models import Notice

pytestmark = pytest.mark.django_db


@pytest.fixture
def operator(noon, client) -> User:
    operator = User.objects.create_superuser("op@example.org", name="Op", language="en")
    client.force_login(operator)
    return operator


def test_the_queue_and_one_of_it(client, operator, noon, kind, ada) -> None:
    kind()
    notice = write_notice(kind="test", subject="session:7", recipient=ada, arguments={"secret": "canary"})
    queue = client.get(reverse("admin:notices_notice_changelist")).content.decode()
    assert "session:7" in queue
    assert "Ada Å. Lie" in queue
    page = client.get(reverse("admin:notices_notice_change", args=[notice.pk])).content.decode()
    assert notice.message_id.strip("<>") in page
    assert "canary" not in page


def test_nothing_is_changed_there(client, operator, noon, kind, ada) -> None:
    kind()
    notice = write_notice(kind="test", subject="session:7", recipient=ada)
    assert client.post(reverse("admin:notices_notice_change", args=[notice.pk]), {"state": "sent"}).status_code == 403
    assert client.post(reverse("admin:notices_notice_delete", args=[notice.pk])).status_code == 403
    assert client.get(reverse("admin:notices_notice_add")).status_code == 403
    assert Notice.objects.get().state == "waiting"
