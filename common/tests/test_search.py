"""Search in folded names, the same on both databases."""

import pytest
from django.contrib.auth.models import Group

from common.search import words_in
from common.text import fold_for_search

pytestmark = [pytest.mark.django_db, pytest.mark.both]

NAMES = ["Åse Sørensen", "Máret Sara", "Łukasz Wójcik", "Nguyễn Thị Hạnh", "Haakon Æge"]


@pytest.fixture
def folded_names():
    Group.objects.bulk_create([Group(name=fold_for_search(name)) for name in NAMES])


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("sorensen", ["ase sorensen"]),
        ("Sørensen AASE", ["ase sorensen"]),
        ("maret", ["maret sara"]),
        ("Håk", ["hakon age"]),
        ("wojcik luk", ["lukasz wojcik"]),
        ("%", []),
        ("_", []),
        ("'; --", []),
        ("nobody", []),
    ],
)
@pytest.mark.usefixtures("folded_names")
def test_every_word_must_be_there(typed, found):
    assert list(Group.objects.filter(words_in(typed, "name")).values_list("name", flat=True)) == found


@pytest.mark.usefixtures("folded_names")
def test_nothing_typed_finds_all():
    assert Group.objects.filter(words_in("  ", "name")).count() == len(NAMES)
