"""The pages that script/bench measures exist: each name leads to an address and a budget."""

import importlib.util
import sys
from pathlib import Path

import pytest

from programmes.tests.factories import small_programme

PAGES = Path(__file__).resolve().parent.parent / "script" / "inside" / "bench_pages.py"


@pytest.fixture
def bench_pages(monkeypatch):
    spec = importlib.util.spec_from_file_location("bench_pages", PAGES)
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, "bench_pages", module)  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


@pytest.mark.django_db
def test_every_page_of_every_role_has_an_address_and_a_budget(bench_pages):
    cast = small_programme()
    for kind in bench_pages.KINDS:
        cast.member(kind)
    found = bench_pages.people()
    assert sorted(found) == sorted(bench_pages.KINDS)
    for kind, membership in found.items():
        pages = list(bench_pages.pages(kind, membership))
        assert [page.name for page in pages] == bench_pages.KINDS[kind].split()
        assert {page.budget for page in pages} <= {bench_pages.LIST, bench_pages.COMPOSED, bench_pages.RECORD}
