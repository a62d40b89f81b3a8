"""One's own page: what one has been told, and which mails one wants."""

import datetime as dt

import pytest
from django.core import mail
from django.db import transaction
from django.urls import reverse

from accounts.models import AuditEvent
from notices.actions.send import send_waiting
from notices.actions.write import write_notice
from notices.models import OptOut

pytestmark = [pytest.mark.django_db]


def tell(kind, person, subject="thing:1", **more):
    with transaction.atomic():
        return write_notice(kind=kind, subject=subject, recipient=person, **more)


def test_what_may_be_turned_off_is_not_sent_and_says_so(client, kind, noon, ada, bo):
    kind(
        "plain", label="Plain news", pages=lambda person, rows: {row.pk: f"/there/{row.subject[6:]}/" for row in rows}
    )
    kind("chatty", label="Chatty news", may_opt_out=True, when="each day")
    client.force_login(ada)
    page = client.get(reverse("notices:mine")).content.decode()
    assert "Chatty news: each day" in page
    assert client.post(reverse("notices:mine"), {}).status_code == 302
    assert list(OptOut.objects.values_list("person_id", "kind")) == [(ada.pk, "chatty")]
    assert AuditEvent.objects.get(verb="notices.chosen").facts == {"off": ["chatty"]}
    for person in (ada, bo):
        tell("plain", person)
        tell("chatty", person)
    send_waiting()
    sent = sorted((one.extra_headers["X-Notice-Kind"], one.to[0].split("<")[-1]) for one in mail.outbox)
    assert sent == [("chatty", "bo@example.org>"), ("plain", "ada@example.org>"), ("plain", "bo@example.org>")]
    page = client.get(reverse("notices:mine")).content.decode()
    assert page.index("Not sent: you have turned these mails off") < page.index("Sent by e-mail")
    assert 'href="/there/1/"' in page
    client.post(reverse("notices:mine"), {"wanted": "chatty"})
    assert not OptOut.objects.exists()


def test_what_is_always_sent_cannot_be_turned_off(client, kind, ada):
    kind("plain")
    kind("chatty", may_opt_out=True)
    client.force_login(ada)
    assert client.post(reverse("notices:mine"), {"wanted": ["plain", "chatty"]}).status_code == 422
    assert not OptOut.objects.exists()


def test_one_reads_ones_own_only_newest_first_in_pages(client, kind, noon, ada, bo, django_assert_max_num_queries):
    kind("plain", label="Plain news")
    tell("plain", bo, "thing:of-bo")
    for number in range(60):
        tell("plain", ada, f"thing:{number}", due_at=dt.datetime(2026, 11, 25, tzinfo=dt.UTC))
    client.force_login(ada)
    found, url = [], reverse("notices:mine")
    while url:
        with django_assert_max_num_queries(8):
            answer = client.get(url)
        found += [line.notice.subject for line in answer.context["lines"]]
        url = answer.context["next_url"] and reverse("notices:mine") + answer.context["next_url"]
    assert found == [f"thing:{number}" for number in range(59, -1, -1)]


def test_a_kind_of_an_older_version_is_still_a_line(client, kind, ada):
    kind("gone")
    tell("gone", ada)
    from notices import kinds

    kinds._kinds.clear()
    client.force_login(ada)
    assert "Something that is no longer told" in client.get(reverse("notices:mine")).content.decode()
