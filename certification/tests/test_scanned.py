"""The square on the paper, as a telephone reads it off the page: it opens the check of this certificate."""

import datetime as dt
from contextlib import closing
from urllib.parse import urlsplit

import pypdfium2
import pytest
import zxingcpp
from django.conf import settings
from django.test import Client

from certification.actions.certificates import withdraw_certificate
from certification.actions.decide import Ruling
from certification.actions.issue import issue_certificate
from certification.actions.papers import make_paper
from certification.models import Certificate
from certification.tests.factories import approve_decided, fill_computed, installed

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine("2026-11-22 12:00", tick=False)]
DPI = 110  # what an ordinary office scanner gives at its worst


def scanned(pdf: bytes) -> list[str]:
    """What a reader finds on the picture of the first page."""
    with closing(pypdfium2.PdfDocument(pdf)) as paper:
        picture = paper[0].render(scale=DPI / 72, grayscale=True)
        dots = bytes(picture.buffer)
        rows = [dots[row * picture.stride :][: picture.width] for row in range(picture.height)]
        grey = memoryview(b"".join(rows)).cast("B", shape=[picture.height, picture.width])
        return [found.text for found in zxingcpp.read_barcodes(grey)]


def answer(client: Client, address: str) -> str:
    """The page at the address, opened by somebody who is not signed in."""
    page = client.get(urlsplit(address).path, headers={"accept-language": "en"})
    assert page.status_code == 200
    return page.content.decode()


def test_the_square_opens_the_check_valid_then_expired_then_withdrawn(client: Client, time_machine) -> None:
    hall = installed("peer_coaching")
    silje, owner = hall.member("participant", name="Silje Vik"), hall.member("programme_owner")
    candidacy = hall.candidacy("peer_coach_badge", silje)
    fill_computed(hall, candidacy, hall.member("participant"), dt.date(2026, 3, 2))
    approve_decided(candidacy, owner, but=["badge"])
    ruling = Ruling(decided_on=dt.date(2026, 11, 20), ground="Every step is done.")
    made = issue_certificate(candidacy=candidacy, ruling=ruling, by=owner)
    make_paper(made.pk)

    [address] = scanned(bytes(Certificate.objects.get(pk=made.pk).pdf or b""))
    assert address == f"{settings.SITE_URL}/verify/{made.code}/"
    assert "The certificate is valid" in (page := answer(client, address))
    assert "Silje Vik" in page

    time_machine.move_to("2028-11-19 12:00")
    assert "The certificate is valid" in answer(client, address), "the last day still counts"
    time_machine.move_to("2028-11-20 12:00")
    assert "The certificate has expired" in (page := answer(client, address))
    assert "Silje Vik" in page

    withdraw_certificate(certificate=made, reason="CANARY", by=owner)
    assert "The certificate is withdrawn" in (page := answer(client, address))
    assert "Silje Vik" not in page
    assert "CANARY" not in page
    [again] = scanned(bytes(Certificate.objects.get(pk=made.pk).pdf or b""))
    assert again == address, "the paper itself stays as it was"
