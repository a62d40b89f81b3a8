"""Anyone may check a certificate: valid, expired, withdrawn, or none of ours."""

import datetime as dt

import pytest
from django.test import Client

from accounts.models import User
from accounts.tests.factories import PersonFactory
from certification.models import Certificate
from programmes.tests.factories import small_programme

pytestmark = [pytest.mark.django_db, pytest.mark.both, pytest.mark.time_machine("2026-11-24 13:32", tick=False)]
CODE = "70AB1ZZZZZZZZZZZZZZZZZZZZZ"


def certificate(**fields: object) -> Certificate:
    cast = small_programme(names={"en": "Programme", "nb": "Programmet"})
    return Certificate.objects.create(
        **{
            "programme": cast.programme,
            "person": PersonFactory(name="Siv Tangen"),
            "number": "DUA-2026-0147",
            "title": "Peer coach",
            "holder_name": "Siv Tangen",
            "language": "nb",
            "code": CODE,
            "issued_on": dt.date(2026, 10, 12),
            "issued_at": dt.datetime(2026, 10, 12, 12, tzinfo=dt.UTC),
            "issued_by": User.objects.system(),
            **fields,
        }
    )


def check(client: Client, code: str = CODE) -> str:
    answer = client.get(f"/verify/{code}/", headers={"accept-language": "en"})
    assert answer.status_code == 200
    return answer.content.decode()


def test_valid(client: Client) -> None:
    certificate()
    text = check(client)
    for part in ("The certificate is valid", "Siv Tangen", "DUA-2026-0147", "12 October 2026", "Without end date"):
        assert part in text


@pytest.mark.parametrize(("until", "state"), [(dt.date(2026, 11, 24), "is valid"), (dt.date(2026, 11, 23), "expired")])
def test_expired_from_the_day_after_the_last(client: Client, until: dt.date, state: str) -> None:
    certificate(valid_until=until)
    assert state in check(client)


def test_withdrawn_shows_neither_name_nor_reason(client: Client) -> None:
    certificate(
        withdrawn_at=dt.datetime(2026, 6, 3, 12, tzinfo=dt.UTC),
        withdrawn_by=User.objects.system(),
        withdrawn_reason="CANARY",
    )
    text = check(client)
    assert "The certificate is withdrawn" in text
    assert "3 June 2026" in text
    assert "Siv Tangen" not in text
    assert "CANARY" not in text


def test_erased_counts_as_withdrawn(client: Client) -> None:
    certificate(holder_name="")
    assert "The certificate is withdrawn" in check(client)


def test_unknown_is_an_honest_404(client: Client) -> None:
    for code in ("6" * 26, "nonsense", "7QQ4K-M2XT", "é" * 26):
        answer = client.get(f"/verify/{code}/", headers={"accept-language": "en"})
        assert answer.status_code == 404
        assert "We know no certificate with this code" in answer.content.decode()


@pytest.mark.parametrize("typed", ["7oab-izzz-zzzz-zzzz-zzzz-zzzz-zz", " 7OABLZZZZZZZZZZZZZZZZZZZZZ ", CODE.lower()])
def test_typed_codes_are_read_generously(client: Client, typed: str) -> None:
    certificate()
    answer = client.get("/verify/", {"code": typed}, follow=True, headers={"accept-language": "en"})
    assert answer.redirect_chain == [(f"/verify/{CODE}/", 302)]
    assert "The certificate is valid" in answer.content.decode()


def test_a_code_that_cannot_be_one_is_told_at_the_field(client: Client) -> None:
    answer = client.get("/verify/", {"code": "7Q4K"}, headers={"accept-language": "en"})
    assert answer.status_code == 422
    assert "A code has 26 letters and digits." in answer.content.decode()
    assert client.get("/verify/").status_code == 200
    assert client.get("/verify/", {"code": ""}).status_code == 422


def test_neither_kept_nor_found_nor_told_on(client: Client) -> None:
    certificate()
    answer = client.get(f"/verify/{CODE}/")
    assert answer["Cache-Control"] == "no-store"
    assert answer["X-Robots-Tag"] == "noindex"
    assert answer["Referrer-Policy"] == "no-referrer"
    assert client.post(f"/verify/{CODE}/").status_code == 405


def test_a_burst_is_slowed(client: Client) -> None:
    codes = [f"/verify/{'5' * 24}{number:02}/" for number in range(40)]
    statuses = [client.get(code).status_code for code in codes]
    assert statuses == [404] * 30 + [429] * 10
    answer = client.get(codes[0])
    assert answer.status_code == 429


def test_queries(client: Client, django_assert_num_queries) -> None:
    certificate()
    with django_assert_num_queries(1):
        client.get(f"/verify/{CODE}/")
