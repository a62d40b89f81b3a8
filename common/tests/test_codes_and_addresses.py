"""Codes that people copy, and addresses that come from outside."""

import pytest
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from common.addresses import safe_next
from common.codes import ALPHABET, LENGTH, new_code, normalise_code, spaced_code

CODE = "7ZK0QHVJ18MSTW3G9XN4PRA5B1"


def test_codes_are_of_one_shape_and_all_different():
    codes = {new_code() for _number in range(200)}
    assert len(codes) == 200
    assert all(len(code) == LENGTH and set(code) <= set(ALPHABET) for code in codes)
    assert all(normalise_code(code) == code for code in codes)


@pytest.mark.parametrize(
    "typed",
    [CODE, CODE.lower(), f"  {spaced_code(CODE)} ", "7zko-qhvj-i8ms-tw3g-9xn4-pra5-bl", CODE.replace("1", "I")],
)
def test_a_code_is_read_as_people_type_it(typed):
    assert normalise_code(typed) == CODE


@pytest.mark.parametrize(
    "typed", ["", "7", CODE[:-1], CODE + "0", "8" + CODE[1:], "U" + CODE[1:], "é" * 26, "\0" * 26]
)
def test_what_is_no_code_is_nothing(typed):
    assert normalise_code(typed) == ""


@given(st.text(max_size=60))
def test_nothing_typed_breaks_the_reading(typed):
    assert normalise_code(typed) == "" or len(normalise_code(typed)) == LENGTH


@pytest.mark.parametrize(
    ("wanted", "led_to"),
    [
        ("/sessions/3/?step=2", "/sessions/3/?step=2"),
        ("http://testserver/x", "http://testserver/x"),
        ("", "/"),
        ("https://evil.example/", "/"),
        ("//evil.example/", "/"),
        ("/\\evil.example", "/"),
        ("javascript:alert(1)", "/"),
        ("\thttp://evil.example", "/"),
        ("goals", "/"),
        ("😀", "/"),
    ],
)
def test_next_stays_on_our_host(wanted, led_to):
    assert safe_next(RequestFactory().get("/", {"next": wanted}), "/") == led_to
    assert safe_next(RequestFactory().post("/", {"next": wanted}), "/") == led_to
