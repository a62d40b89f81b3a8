"""Time zones by the place that people know: “Norway (Oslo)”, “Grønland (Nuuk)”. Names come from CLDR."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from babel import Locale
from babel.core import get_global
from babel.dates import get_timezone_location
from django.utils.translation import get_language


def zone_label(zone: str) -> str:
    """The zone in the reader's language: the country, and the town that gave the zone its name."""
    return _label(zone, (get_language() or "en").split("-")[0])


def zone_choices(zones: Iterable[str]) -> list[tuple[str, str]]:
    """Choices of a field: each zone with its label, in the order given."""
    return [(zone, zone_label(zone)) for zone in zones]


def is_place(zone: str) -> bool:
    """Whether the zone is named after a place and is no older name of another one."""
    if zone.startswith("Etc/") or zone in get_global("zone_aliases"):
        return False
    return bool(get_global("zone_territories").get(zone, "001") != "001")


@cache
def _label(zone: str, language: str) -> str:
    territory = get_global("zone_territories").get(zone)
    if territory in (None, "001"):
        return zone.replace("_", " ")
    locale = Locale.parse(language)
    town = get_timezone_location(zone, locale=locale, return_city=True)
    country = locale.territories.get(territory)
    return f"{country} ({town})" if country else town
