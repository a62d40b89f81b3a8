"""Reading files: every format that people have, and those that must be refused with a sentence."""

import datetime as dt
import io
import zipfile

import openpyxl
import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from common.errors import DomainError
from onboarding.headings import field_of
from onboarding.lines import letter
from onboarding.sheet import read_people
from onboarding.tests.sheets import MESSY, PEOPLE, csv_bytes, xlsx_bytes
from programmes.near_names import nearly_same


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def refusal(content: bytes) -> str:
    with pytest.raises(DomainError) as refused:
        read_people(content)
    assert refused.value.field == "file"
    return str(refused.value)


def test_the_clean_sheet():
    sheet = read_people(PEOPLE.read_bytes())
    assert len(sheet.rows) == 118
    assert sheet.rows[0].cells["name"] == "Jytte von Ahn"
    assert sheet.cell(14, "email") == "B14"


def test_title_lines_empty_rows_and_headings_of_another_language():
    sheet = read_people(MESSY.read_bytes())
    assert (len(sheet.rows), sheet.rows[0].number, sheet.rows[-1].number) == (64, 4, 69)
    assert sheet.columns["supervisor"] == "F"
    assert sheet.unread == [("G", "Merknad")]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_csv_of_any_spreadsheet(separator, encoding):
    text = separator.join(["Navn", "E-post", "Rolle"]) + "\r\n" + separator.join(["Åse Bø", "a@example.org", "Mentor"])
    sheet = read_people(text.encode(encoding))
    assert sheet.rows[0].cells == {"name": "Åse Bø", "email": "a@example.org", "role": "Mentor"}


def test_a_line_break_in_a_cell_is_one_row():
    sheet = read_people(csv_bytes('"Per\nHansen",p@example.org,,,,'))
    assert [row.number for row in sheet.rows] == [2]


def test_a_quotation_mark_left_open_is_said_and_loses_nobody():
    assert "quotation mark is left open" in refusal(csv_bytes('"Per,p@example.org,x,dua,mentor,', "Kari,,,,,"))


def test_days_and_numbers_of_a_spreadsheet_are_text():
    content = xlsx_bytes([("Per", dt.datetime(2020, 1, 31), 4790000000.0)], ["Navn", "Siden", "Telefon"])
    assert read_people(content).rows[0].cells == {"name": "Per", "since": "2020-01-31", "phone": "4790000000"}


def test_a_formula_is_text_and_is_not_worked_out():
    content = xlsx_bytes([("=1+1", "x@example.org", "a", "dua", "mentor", "")])
    assert read_people(content).rows[0].cells["name"] == "=1+1"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "The file is empty."),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "old Excel file (.xls)"),
        (b"%PDF-1.7\n", "not a spreadsheet"),
        (b"\x00\x01\x02", "not a spreadsheet"),
        (b"PK\x03\x04rubbish", "damaged"),
        (b"just,some\ntext,here\n", "No row with headings"),
        (b"name,role\n", "nobody below them"),
        (b"x" * (5 * 1024 * 1024 + 1), "larger than 5 MB"),
        (b"name,role\n" + b"a,b\n" * 5001, "more than 5000 rows"),
    ],
)
def test_what_is_no_list_of_people_is_refused_with_a_sentence(content, words):
    assert words in refusal(content)


def with_part(name: str, text: bytes) -> bytes:
    """The small sheet with one part replaced."""
    source = zipfile.ZipFile(io.BytesIO(xlsx_bytes([("Per",)])))
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in source.namelist():
            archive.writestr(part, text if part == name else source.read(part))
    return kept.getvalue()


def test_entities_are_not_expanded():
    lines = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    bomb = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a0 "ha">{lines}]><worksheet>&a9;</worksheet>'
    assert "entities of its own" in refusal(with_part("xl/worksheets/sheet1.xml", bomb.encode()))


def test_a_file_that_unpacks_to_too_much_is_not_opened():
    assert "unpacks to more" in refusal(with_part("xl/worksheets/sheet1.xml", b"<a>" + b" " * 30_000_000 + b"</a>"))


def test_a_cell_far_to_the_right_costs_nothing():
    book = openpyxl.load_workbook(io.BytesIO(xlsx_bytes([("Per",)])))
    book.active["XFD5"] = "far"
    kept = io.BytesIO()
    book.save(kept)
    assert len(read_people(kept.getvalue()).rows) == 1


def read_or_refuse(content: bytes) -> str | None:
    try:
        read_people(content)
    except DomainError as error:
        return error.field
    return "read"


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400), st.sampled_from([b"", b"PK\x03\x04", b"name,role\n", b"\xff\xfe"]))
def test_any_bytes_are_read_or_refused(content, start):
    assert read_or_refuse(start + content) in ("read", "file")


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 4000), st.binary(min_size=1, max_size=8))
def test_a_damaged_spreadsheet_is_read_or_refused(place, rubbish):
    content = bytearray(xlsx_bytes([("Per", "p@example.org", "Alta", "dua", "mentor", "")]))
    place %= len(content)
    content[place : place + len(rubbish)] = rubbish
    assert read_or_refuse(bytes(content)) in ("read", "file")


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Navn", "name"),
        (" E-POST ", "email"),
        ("E-mailadresse", "email"),
        ("Kommune / enhet", "organisation"),
        ("Arbejdssted", "organisation"),
        ("Peer coach / veileder", "supervisor"),
        ("Vejleder (e-mail)", "supervisor"),
        ("Rolle:", "role"),
        ("Mobil", "phone"),
        ("Sertifikatnummer", "certificate_number"),
        ("Merknad", None),
        ("Navn / rolle", None),
    ],
)
def test_headings_of_three_languages(heading, field):
    assert field_of(heading) == field


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Dramen kommune", "Drammen kommune", True),
        ("Drammen", "Drammen kommune", True),
        ("Kommune Drammen", "Drammen kommune", True),
        ("Drammne kommune", "Drammen kommune", True),
        ("Rå kommune", "Ra kommune", True),
        ("Solvik komune", "Solvik kommune", True),
        ("Rå komune", "Rå kommunne", True),
        ("Alta kommune", "Asker kommune", False),
        ("Alta komune", "Asker kommune", False),
        ("Skole 1", "Skole 2", False),
        ("BUP Nord", "BUP Sør", False),
        ("Bergen kommune", "Bergen kommune", False),
    ],
)
def test_names_that_are_nearly_the_same(one, other, same):
    assert nearly_same(one, other) is same


def test_column_letters():
    assert [letter(place) for place in (0, 25, 26, 51, 701, 702)] == ["A", "Z", "AA", "AZ", "ZZ", "AAA"]
