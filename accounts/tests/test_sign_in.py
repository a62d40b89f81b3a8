"""Signing in and out, and a new password by mail."""

import re

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.urls import reverse
from django.utils import translation

pytestmark = pytest.mark.django_db
PASSWORD = "tre-fire-hus"


@pytest.fixture
def ada():
    return get_user_model().objects.create_user("ada@example.org", PASSWORD, name="Ada Å. Lie", language="en")


def form_with(page, field: str):
    """The page's form that has this field (the menu has forms of its own)."""
    return next(form for form in page.forms.values() if field in form.fields)


def sign_in(django_app, email: str, password: str, **options):
    form = form_with(django_app.get(reverse("account_login"), headers={"Accept-Language": "en"}), "login")
    form["login"], form["password"] = email, password
    return form.submit(headers={"Accept-Language": "en"}, **options)


def test_sign_in_by_address_and_password(django_app, ada) -> None:
    answer = sign_in(django_app, "Ada@Example.org", PASSWORD)
    assert answer.status_code == 302
    assert answer.location == "/"
    assert "Ada Å. Lie" in django_app.get("/help/").text


def test_a_wrong_password_says_what_to_do_and_keeps_the_address(django_app, ada) -> None:
    answer = sign_in(django_app, "ada@example.org", "wrong", status=422)
    assert "The e-mail address or the password is wrong. Try again, or ask for a new password." in answer.text
    assert 'value="ada@example.org"' in answer.text
    assert "wrong" not in re.findall(r'name="password"[^>]*', answer.text)[0]


def test_fields_that_are_empty_are_named(django_app) -> None:
    answer = sign_in(django_app, "", "", status=422)
    assert '<a href="#id_login">Fill in “E-mail”</a>' in answer.text


def test_next_stays_on_our_host(client, ada) -> None:
    data = {"login": "ada@example.org", "password": PASSWORD, "next": "https://evil.example/"}
    assert client.post(reverse("account_login"), data)["Location"] == "/"


def test_signing_out_is_a_post(client, ada) -> None:
    client.force_login(ada)
    asked = client.get(reverse("account_logout"))
    assert "Do you want to sign out?" in asked.content.decode()
    client.post(reverse("account_logout"))
    assert "_auth_user_id" not in client.session


def test_nobody_signs_up_by_oneself(client) -> None:
    assert client.get("/accounts/signup/").status_code == 404


def test_a_new_password_by_mail(django_app, client, ada, mailoutbox) -> None:
    page = django_app.get(reverse("account_reset_password"), headers={"Accept-Language": "en"})
    form = form_with(page, "email")
    form["email"] = "ada@example.org"
    assert "Look in your e-mail" in form.submit(headers={"Accept-Language": "en"}).follow().text
    call_command("send_due")
    mail = mailoutbox[0]
    assert mail.subject == "Choose a new password"
    link = re.search(r"http://[^/]+(/\S+)", mail.body)[1]
    page = django_app.get(link).follow()
    form = form_with(page, "password1")
    form["password1"] = form["password2"] = "et helt nytt hus"
    form.submit().follow()
    assert client.login(email="ada@example.org", password="et helt nytt hus")
    assert "The link does not work any more" in django_app.get(link, headers={"Accept-Language": "en"}).text


def test_a_short_password_is_told_the_limit_in_our_words() -> None:
    with translation.override("en"), pytest.raises(ValidationError) as refused:
        validate_password("Kort-9aØ")
    assert refused.value.messages == [
        "The password must have at least 10 characters. Several words in a row are easy to remember."
    ]
