"""Time zones by the place that people know."""

import pytest
from django.utils import translation

from common.zones import is_place, zone_choices, zone_label


@pytest.mark.parametrize(
    ("language", "label"),
    [("en", "Denmark (Copenhagen)"), ("nb", "Danmark (København)"), ("da", "Danmark (København)")],
)
def test_a_zone_is_named_by_country_and_town(language: str, label: str) -> None:
    with translation.override(language):
        assert zone_label("Europe/Copenhagen") == label
        assert zone_choices(["UTC"]) == [("UTC", "UTC")]


def test_older_names_are_no_places_of_their_own() -> None:
    assert is_place("Asia/Calcutta") is not is_place("Asia/Kolkata")
    assert not is_place("Etc/GMT+1")
