"""Mail that could not be delivered, as coordinators see it."""

import datetime as dt

import pytest
from django.urls import reverse

from notices.actions.write import write_notice
from notices.models import Notice
from programmes.tests.factories import Cast, small_programme

pytestmark = pytest.mark.django_db
AT = dt.datetime(2026, 11, 25, 12, tzinfo=dt.UTC)


@pytest.fixture
def cast() -> Cast:
    return small_programme()


@pytest.fixture
def coordinator(cast: Cast):
    return cast.member("coordinator", name="Kari Coordinator", language="en")


def failed(cast: Cast, person, programme_id=None, subject="invitation:1") -> Notice:
    notice = write_notice(
        kind="invitation", subject=subject, recipient=person, due_at=AT, programme_id=programme_id or cast.programme.pk
    )
    Notice.objects.filter(pk=notice.pk).update(state="failed", last_error="550 No such user", tries=1)
    return notice


def page_of(client, person, **query):
    client.force_login(person)
    return client.get(reverse("programmes:undelivered"), query)


def test_it_says_who_what_when_and_why(client, cast, coordinator) -> None:
    failed(cast, cast.member("group_leader", name="Jonas Lie", email="jonas@exmaple.org"))
    text = page_of(client, coordinator).content.decode()
    for words in ("Jonas Lie", "jonas@exmaple.org", "Invitation to sign in", "550 No such user", "25 November"):
        assert words in text


def test_what_has_arrived_is_not_there(client, cast, coordinator) -> None:
    notice = failed(cast, cast.member("group_leader", name="Jonas Lie"))
    Notice.objects.filter(pk=notice.pk).update(state="waiting")
    assert "All mail has arrived" in page_of(client, coordinator).content.decode()


def test_other_branches_and_programmes_are_not_shown(client, cast, coordinator) -> None:
    failed(cast, cast.member("group_leader", organisation=cast.top, name="Above Her Branch"))
    failed(cast, cast.member("group_leader", name="Other Programme"), programme_id=small_programme().programme.pk)
    text = page_of(client, coordinator).content.decode()
    assert "Above Her Branch" not in text
    assert "Other Programme" not in text


def test_a_new_password_that_came_back_is_shown_too(client, cast, coordinator) -> None:
    notice = failed(cast, cast.member("group_leader", name="Jonas Lie"))
    Notice.objects.filter(pk=notice.pk).update(programme_id=None)
    assert "Jonas Lie" in page_of(client, coordinator).content.decode()


def test_sent_again_by_the_button(django_app, cast, coordinator) -> None:
    notice = failed(cast, cast.member("group_leader", name="Jonas Lie"))
    page = django_app.get(reverse("programmes:undelivered"), user=coordinator)
    address = reverse("programmes:undelivered_again", args=[notice.pk])
    form = next(form for form in page.forms.values() if form.action == address)
    answer = form.submit().follow()
    assert "The mail to Jonas Lie is tried again." in answer.text
    notice.refresh_from_db()
    assert (notice.state, notice.tries) == ("waiting", 0)


def test_twice_is_a_conflict(client, cast, coordinator) -> None:
    notice = failed(cast, cast.member("group_leader"))
    client.force_login(coordinator)
    address = reverse("programmes:undelivered_again", args=[notice.pk])
    assert client.post(address).status_code == 302
    assert client.post(address).status_code == 404


def test_somebody_elses_is_not_found(client, cast, coordinator) -> None:
    stranger = small_programme()
    notice = failed(stranger, stranger.member("group_leader"))
    client.force_login(coordinator)
    assert client.post(reverse("programmes:undelivered_again", args=[notice.pk])).status_code == 404


def test_it_is_for_coordinators(client, cast) -> None:
    leader = cast.member("group_leader")
    assert page_of(client, leader).status_code == 403
    assert client.post(reverse("programmes:undelivered_again", args=[1])).status_code == 403


def test_sending_again_is_a_post(client, coordinator) -> None:
    client.force_login(coordinator)
    assert client.get(reverse("programmes:undelivered_again", args=[1])).status_code == 405


@pytest.mark.parametrize("number", [1, 25])
def test_the_same_queries_with_few_and_with_many(client, cast, coordinator, number, django_assert_max_num_queries):
    for n in range(number):
        failed(cast, cast.member("group_leader"), subject=f"invitation:{n}")
    client.force_login(coordinator)
    with django_assert_max_num_queries(8):
        client.get(reverse("programmes:undelivered"))


def test_further_pages_keep_the_hat(client, cast, coordinator) -> None:
    person = cast.member("group_leader")
    for n in range(26):
        failed(cast, person, subject=f"invitation:{n}")
    page = page_of(client, coordinator)
    assert len(page.context["page"].rows) == 25
    assert f"hat={page.context['hat'].key}" in page.context["next_url"]
    assert len(client.get(reverse("programmes:undelivered") + page.context["next_url"]).context["page"].rows) == 1
