"""Tables for spreadsheets: nothing in them starts a formula, nothing in them is lost."""

import csv
import datetime
import io
from decimal import Decimal

import openpyxl
import pytest
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy
from hypothesis import given
from hypothesis import strategies as st

from common.exports import csv_lines, csv_response, safe_cell

UNSAFE = [
    "=1+1", "=HYPERLINK(\"http://evil.example\",\"x\")", "+1+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "|calc", "%00",
    "\t=1", "\r=1", "\n=1", " =1", "\u00a0=1", "\ufeff=1", "\u200b=1", '"=1', "'=1", "＝1+1", "＋1", "－1",
    "＠SUM(A1)", "-", "+47 99 99 99 99", "\tx", "\x00=1", "\x0b=1",
]  # fmt: skip
SAFE = ["Ragnhild", "Å se", "1-2", "a=b", "a@b.no", "50 %", "«Hei», sa hun; og gikk", "", "3,5", "محمد"]


def read(text: str, separator: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=separator))


@pytest.mark.parametrize("text", UNSAFE)
def test_what_could_start_a_formula_is_text(text):
    assert safe_cell(text).startswith("'")
    assert safe_cell(safe_cell(text)).startswith("'")


@pytest.mark.parametrize("text", SAFE)
def test_other_text_stays_as_it_is(text):
    assert safe_cell(text) == text


def test_numbers_and_days_stay_what_they_are():
    noon = datetime.datetime(2026, 11, 26, 12, tzinfo=datetime.UTC)
    with timezone.override("Europe/Oslo"):
        cells = [
            safe_cell(value) for value in (-3, -2.5, Decimal("-1.50"), True, None, datetime.date(2026, 1, 2), noon)
        ]
    assert cells[:6] == [-3, -2.5, Decimal("-1.50"), 1, None, datetime.date(2026, 1, 2)]
    assert cells[6] == datetime.datetime(2026, 11, 26, 13)


def test_norwegian_and_danish_files_have_semicolons_and_decimal_commas():
    rows = [["Åse; B", Decimal("2.5"), datetime.date(2026, 11, 26)]]
    with translation.override("nb"):
        text = "".join(csv_lines(["Navn", "Snitt", "Dag"], rows))
    assert text == '\ufeff"Navn";"Snitt";"Dag"\r\n"Åse; B";"2,5";"2026-11-26"\r\n'
    with translation.override("en"):
        text = "".join(csv_lines(["Name", "Mean", "Day"], rows))
    assert read(text, ",") == [["Name", "Mean", "Day"], ["Åse; B", "2.5", "2026-11-26"]]


@given(st.lists(st.text(alphabet=st.characters(codec="utf-8")) | st.sampled_from(UNSAFE), min_size=1))
def test_no_cell_starts_a_formula_whichever_separator_the_sheet_believes_in(cells):
    text = "".join(csv_lines([], [cells, cells]))
    for separator in ";,\t":
        for row in read(text, separator):
            assert not [cell for cell in row if cell.lstrip('"').startswith(("=", "+", "-", "@", "|", "%"))]


@given(st.text() | st.sampled_from(UNSAFE))
def test_a_workbook_takes_every_cell_as_text(text):
    sheet = openpyxl.Workbook().active
    sheet.append([safe_cell(text)])
    assert sheet.cell(1, 1).data_type in ("s", "n", "inlineStr")


def test_a_long_list_is_read_row_by_row_under_a_name_of_any_letters():
    given_out = []

    def rows():
        for number in range(1000):
            given_out.append(number)
            yield [number]

    with translation.override("en"):
        response = csv_response("Nettverk Måsøy/2026.csv", [gettext_lazy("Number")], rows())
    stream = iter(response.streaming_content)
    assert [next(stream), next(stream)] == ['\ufeff"Number"\r\n'.encode(), b'"0"\r\n']
    assert len(given_out) == 1
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == "attachment; filename*=utf-8''Nettverk%20M%C3%A5s%C3%B8y-2026.csv"


@pytest.mark.parametrize("filename", ["", "..", "a\r\nSet-Cookie: x=1.csv", '"; x="'])
def test_a_filename_forges_no_header(filename):
    disposition = csv_response(filename, [], [])["Content-Disposition"]
    assert disposition.startswith("attachment; filename")
    assert "\n" not in disposition
