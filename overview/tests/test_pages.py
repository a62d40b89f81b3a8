"""Pages that anybody may read, and the choice of language and colours."""

from html import unescape

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils import translation

from programmes.rights import TABLE, THING_WORDS

pytestmark = pytest.mark.django_db
ENGLISH = {"HTTP_ACCEPT_LANGUAGE": "en"}


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("help", "The page Today shows what you should do now"),
        ("privacy", "A coordinator sees that a session was held, not what was said"),
        ("accessibility", "The pages aim at WCAG 2.2, level AA"),
    ],
)
def test_anybody_reads_them_without_a_query(client, django_assert_num_queries, name: str, says: str) -> None:
    with django_assert_num_queries(0):
        answer = client.get(reverse(f"overview:{name}"), **ENGLISH)
    assert says in answer.content.decode()
    assert '<html lang="en">' in answer.content.decode()


def test_privacy_shows_every_row_of_the_table(client) -> None:
    text = unescape(client.get(reverse("overview:privacy"), **ENGLISH).content.decode())
    with translation.override("en"):
        assert [str(words) in text for words in THING_WORDS.values()] == [True] * len(TABLE)
    assert text.count("<li><span>") == sum(len(row) for row in TABLE.values())


def test_no_page_holds_style_or_script_of_its_own(client) -> None:
    text = client.get(reverse("overview:help"), **ENGLISH).content.decode()
    assert " style=" not in text
    assert "<script>" not in text
    assert "//" not in text.replace("http://www.w3.org", "").split("</head>")[0]


def test_a_form_that_was_refused_is_told_in_the_title(client) -> None:
    answer = client.post(reverse("account_login"), {"login": "", "password": ""}, **ENGLISH)
    assert answer.status_code == 422
    assert "<title>Error: Sign in – Supervision</title>" in answer.content.decode()


@pytest.mark.parametrize("chosen", ["light", "dark"])
def test_colours_are_kept_and_shown(client, chosen: str) -> None:
    answer = client.post(reverse("overview:theme"), {"theme": chosen, "next": "/help/?a=1"})
    assert answer["Location"] == "/help/?a=1"
    assert answer.cookies["theme"]["samesite"] == "Lax"
    assert f'data-bs-theme="{chosen}"' in client.get("/help/").content.decode()


def test_colours_follow_the_device_again(client) -> None:
    client.post(reverse("overview:theme"), {"theme": "dark"})
    client.post(reverse("overview:theme"), {"theme": "auto"})
    assert "data-bs-theme" not in client.get("/help/").content.decode()


@pytest.mark.parametrize("address", ["https://evil.example/", "//evil.example", "javascript:alert(1)", ""])
def test_the_way_back_stays_on_our_host(client, address: str) -> None:
    for name, data in (("theme", {"theme": "dark"}), ("language", {"language": "da"})):
        answer = client.post(reverse(f"overview:{name}"), data | {"next": address})
        assert answer["Location"] == "/"


@pytest.mark.parametrize(("name", "field"), [("theme", "theme"), ("language", "language")])
def test_what_is_not_offered_is_refused(client, name: str, field: str) -> None:
    answer = client.post(reverse(f"overview:{name}"), {field: "klingon"})
    assert answer.status_code == 400
    assert client.get(reverse(f"overview:{name}")).status_code == 405


def test_language_of_a_visitor_is_kept_in_a_cookie(client) -> None:
    client.post(reverse("overview:language"), {"language": "da"})
    assert '<html lang="da">' in client.get("/help/", **ENGLISH).content.decode()


def test_language_of_somebody_signed_in_is_kept_with_the_person(client) -> None:
    person = get_user_model().objects.create_user("ada@example.org", name="Ada", language="nb")
    client.force_login(person)
    client.post(reverse("overview:language"), {"language": "en"})
    person.refresh_from_db()
    assert person.language == "en"
    assert '<html lang="en">' in client.get("/help/", HTTP_ACCEPT_LANGUAGE="da").content.decode()


def test_gallery_is_for_development_only(client, settings) -> None:
    assert client.get(reverse("overview:components")).status_code == 404
    settings.DEBUG = True
    text = client.get(reverse("overview:components") + "?errors&messages", **ENGLISH).content.decode()
    assert "Five things are missing or wrong" in text
    assert "Undo" in text


def test_nothing_here(client) -> None:
    answer = client.get("/no-such-page/", **ENGLISH)
    assert answer.status_code == 404
    assert "There is nothing here" in answer.content.decode()
