"""An invitation from the coordinator's button to the first sign-in."""

import datetime as dt
import re

import pytest
from django.core import mail
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone, translation

from accounts.models import AuditEvent, Invitation, User
from common.errors import DomainError, NotAllowed
from notices.models import Notice
from programmes.actions.invitations import invite, link_token, note_bounced
from programmes.tests.factories import Cast, small_programme

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    translation.activate("en")
    return small_programme()


def invited(cast: Cast, **fields) -> Invitation:
    fields = {"email": "new@example.org", "password": None, "language": "en"} | fields
    person = cast.member("group_leader", **fields)
    return invite(by=cast.member("coordinator", name="Hanne"), person=person, programme=cast.programme)


def form_of(page):
    return next(form for form in page.forms.values() if "password" in form.fields)


def test_the_mail_leads_to_a_password_and_a_first_sign_in(cast: Cast, django_app) -> None:
    invitation = invited(cast)
    call_command("send_due")
    assert [message.to for message in mail.outbox] == [[f"{invitation.person.name} <new@example.org>"]]
    link = re.search(r"http\S+(/invitation/\S+/)", str(mail.outbox[0].body)).group(1)

    form = form_of(django_app.get(link))
    form["password"] = form["again"] = "seven small boats"
    answer = form.submit()

    assert (answer.status_code, answer.location) == (302, "/")
    invitation.refresh_from_db()
    assert invitation.state == "accepted"
    assert invitation.person.check_password("seven small boats")
    assert int(django_app.session["_auth_user_id"]) == invitation.person.pk
    assert AuditEvent.objects.filter(verb="invitation.accepted", by_id=invitation.person.pk).exists()


def test_looking_at_the_link_writes_nothing(cast: Cast, client) -> None:
    invitation = invited(cast)
    page = client.get(reverse("programmes:accept_invitation", args=[link_token(invitation)]))
    assert page.status_code == 200
    invitation.refresh_from_db()
    assert invitation.state == "sent"


def test_a_weak_password_is_told_at_the_field_and_the_link_counts_as_opened(cast: Cast, django_app) -> None:
    invitation = invited(cast)
    form = form_of(django_app.get(reverse("programmes:accept_invitation", args=[link_token(invitation)])))
    form["password"] = form["again"] = "short"
    page = form.submit(status=422)
    assert "at least 10 characters" in page.text
    invitation.refresh_from_db()
    assert invitation.state == "opened"


def test_two_different_passwords_are_told(cast: Cast, client) -> None:
    link = reverse("programmes:accept_invitation", args=[link_token(invited(cast))])
    page = client.post(link, {"password": "seven small boats", "again": "seven large boats"})
    assert page.status_code == 422
    assert "not the same" in page.content.decode()


def test_sending_again_replaces_the_old_link(cast: Cast, client, time_machine) -> None:
    time_machine.move_to(dt.datetime(2026, 5, 1, 12, tzinfo=dt.UTC), tick=False)
    first = invited(cast)
    assert invite(by=first.invited_by, person=first.person, programme=cast.programme) == first, "one press of a button"
    assert Notice.objects.filter(kind="invitation").count() == 1
    time_machine.move_to(dt.datetime(2026, 5, 1, 12, 1, tzinfo=dt.UTC), tick=False)
    second = invite(by=first.invited_by, person=first.person, programme=cast.programme)
    first.refresh_from_db()
    assert (first.state, second.state) == ("replaced", "sent")
    page = client.get(reverse("programmes:accept_invitation", args=[link_token(first)]))
    assert page.status_code == 409
    assert "newest mail" in page.content.decode()


def test_a_link_runs_out_and_its_mail_is_no_longer_sent(cast: Cast, client, time_machine) -> None:
    time_machine.move_to(dt.datetime(2026, 5, 1, 12, tzinfo=dt.UTC), tick=False)
    link = reverse("programmes:accept_invitation", args=[link_token(invited(cast))])
    time_machine.move_to(dt.datetime(2026, 5, 16, 12, tzinfo=dt.UTC), tick=False)
    assert client.get(link).status_code == 409
    call_command("send_due")
    assert mail.outbox == []


@pytest.mark.parametrize("token", ["x", "abc:def", "a" * 500])
def test_a_forged_link_is_not_found(client, token: str) -> None:
    assert client.get(reverse("programmes:accept_invitation", args=[token])).status_code == 404


def test_many_tries_are_slowed_down(cast: Cast, client) -> None:
    link = reverse("programmes:accept_invitation", args=[link_token(invited(cast))])
    answers = [client.post(link, {"password": "x", "again": "x"}).status_code for _number in range(21)]
    assert (answers[0], answers[-1]) == (422, 429)


def test_without_an_address_nothing_is_sent(cast: Cast) -> None:
    with pytest.raises(DomainError, match="has no e-mail address"):
        invited(cast, email=None)


def test_who_signs_in_already_needs_none(cast: Cast) -> None:
    with pytest.raises(DomainError, match="chosen a password already"):
        invited(cast, password="something long")


def test_only_the_own_coordinator_invites(cast: Cast, client) -> None:
    person = cast.member("group_leader", password=None)
    stranger = small_programme().member("coordinator")
    with pytest.raises(NotAllowed):
        invite(by=stranger, person=person, programme=cast.programme)
    client.force_login(stranger)
    assert client.post(reverse("programmes:invite", args=[cast.programme.pk, person.pk])).status_code == 404


def test_mail_that_cannot_be_delivered_marks_the_invitation(cast: Cast) -> None:
    invitation = invited(cast)
    Notice.objects.filter(kind="invitation").update(state="failed")
    assert note_bounced(timezone.now()) == 1
    invitation.refresh_from_db()
    assert invitation.state == "bounced"


def test_the_button_sends_and_says_so(cast: Cast, client) -> None:
    coordinator, person = cast.member("coordinator", language="en"), cast.member("group_leader", password=None)
    client.force_login(coordinator)
    url = reverse("programmes:invite", args=[cast.programme.pk, person.pk])
    answer = client.post(url, {"next": "/help/"}, follow=True)
    assert f"on its way to {person.email}" in answer.content.decode()


def test_who_is_known_by_the_address_alone_writes_the_name(client) -> None:
    call_command("create_network", "Nettverk Nord", coordinator="kari@nord.example", language="en")
    link = reverse("programmes:accept_invitation", args=[link_token(Invitation.objects.get())])
    words = {"password": "seven small boats", "again": "seven small boats"}
    assert "Welcome, kari@" not in client.get(link).content.decode()

    refused = client.post(link, words)
    assert (refused.status_code, "Your name" in refused.content.decode()) == (422, True)
    assert client.post(link, words | {"name": "Kari Vik"}).status_code == 302

    kari = User.objects.get(email="kari@nord.example")
    assert (kari.name, kari.search_name, kari.has_usable_password()) == ("Kari Vik", "kari vik", True)


def test_who_has_a_password_by_another_way_needs_the_link_no_more(cast: Cast, client) -> None:
    invitation = invited(cast)
    invitation.person.set_password("seven small boats")
    invitation.person.save()
    link = reverse("programmes:accept_invitation", args=[link_token(invitation)])

    page = client.post(link, {"password": "eight other boats", "again": "eight other boats"})

    assert (page.status_code, "You have used this link already" in page.content.decode()) == (409, True)
    invitation.person.refresh_from_db()
    assert invitation.person.check_password("seven small boats")
