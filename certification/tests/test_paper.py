"""The paper fetches nothing but its fonts, escapes what people are called, and prints only letters that it has."""

import pytest

from certification import coverage, paper
from certification.qr import qr_path

SMALL = "<!doctype html><html lang='nb'><head><title>x</title></head><body>{}</body></html>"


def test_the_list_of_letters_is_that_of_the_fonts() -> None:
    assert coverage.LIST.read_text().split() == coverage.read_fonts()


@pytest.mark.parametrize(
    "name", ["Ánne Čáhppesŋuolla", "Jïjnjem Ǥǩʒ", "Đồng Thị Mỹ Hạnh", "محمد عبد الله", "Łukasz Żółć"]
)
def test_letters_that_it_has(name: str) -> None:
    assert coverage.uncovered(name) == []


def test_letters_that_it_lacks() -> None:
    assert coverage.uncovered("Li 李 😀 李") == ["李", "😀"]


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "http://127.0.0.1:9/x.png",
        "data:image/png;base64,AAAA",
        "font:../coverage.txt",
        "/etc/passwd",
    ],
)
def test_nothing_is_fetched(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the HTML asks for: the only way out refuses, and the picture is left out."""
    import socket

    def no(*args: object, **kwargs: object) -> None:
        raise AssertionError("the paper opened a connection")

    monkeypatch.setattr(socket.socket, "connect", no)
    fetcher = paper._fetcher()
    with pytest.raises(ValueError, match="fetches nothing"):
        fetcher.fetch(address)
    assert paper.pdf_from_html(SMALL.format(f'<img alt="x" src="{address}">')).startswith(b"%PDF-1.7")


def test_names_are_escaped() -> None:
    from django.template.loader import render_to_string

    text = {"name": "<img src=file:///etc/passwd>", "address": "https://example.org/verify/7/", "facts": []}
    html = render_to_string(paper.TEMPLATE, {"text": text, "qr": qr_path(text["address"])})
    assert "<img" not in html
    assert "&lt;img src=file" in html


def test_the_engine_is_made_once() -> None:
    assert paper._engine() is paper._engine()


def test_no_web_process_pays_for_it() -> None:
    """Loading every address of the product loads neither WeasyPrint nor fontTools."""
    import os
    import subprocess
    import sys

    code = (
        "import django, sys; django.setup(); import config.urls, certification.views.decisions;"
        "print([name for name in ('weasyprint', 'fontTools') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=os.environ, check=True)
    assert done.stdout.strip() == "[]"


def test_the_code_reads_as_the_address() -> None:
    drawn = qr_path("https://example.org/verify/70AB1ZZZZZZZZZZZZZZZZZZZZZ/")
    assert drawn.size == 33 + 4
    assert drawn.path.startswith("M2 2h7v1h-7z")


@pytest.mark.parametrize(
    "name",
    ["Wolfeschlegelsteinhausenbergerdorffwelchevoralternwaren" * 2, "Avdeling for forebyggende helsetjenester " * 5],
)
def test_the_longest_names_stay_on_the_one_page(name: str) -> None:
    """Every sign of it within the paper, none below the signature."""
    import pypdfium2

    address = "https://example.org/verify/70AB1ZZZZZZZZZZZZZZZZZZZZZ/"
    text = {"name": name, "title": "Merke " * 20, "sentence": "har fullført " * 12, "address": address}
    text |= {"facts": [["Gjennomført " * 4, "12"]] * 4, "signed_by": "Bente Aasen", "language": "nb"}
    pdf = pypdfium2.PdfDocument(paper.make_pdf(text))
    assert len(pdf) == 1
    page = pdf[0]
    words = page.get_textpage()
    boxes = [words.get_charbox(number) for number in range(words.count_chars())]
    assert max(right for _left, _bottom, right, _top in boxes) <= page.get_width()
    assert name[:40].strip() in words.get_text_range().replace("\r\n", "")
