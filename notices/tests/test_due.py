"""When something falls due by the wall clock, in the nights when the clock is moved too."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from notices.due import days_after, local_wall_before

OSLO = ZoneInfo("Europe/Oslo")


def utc(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC)


@pytest.mark.parametrize("zone", ["Europe/Oslo", "Europe/Copenhagen"])
@pytest.mark.parametrize(
    ("start", "due"),
    [
        ("2026-11-26T12:00", "2026-11-25T12:00"),  # an ordinary day
        ("2026-10-25T12:00", "2026-10-24T11:00"),  # 13:00 winter: 13:00 summer the day before, 25 hours
        ("2027-03-28T11:00", "2027-03-27T12:00"),  # 13:00 summer: 13:00 winter the day before, 23 hours
        ("2027-03-29T00:30", "2027-03-28T01:30"),  # 02:30: did not exist the day before, so 03:30
        ("2026-10-26T01:30", "2026-10-25T00:30"),  # 02:30: came twice the day before, so the first
    ],
)
def test_a_day_before_by_the_wall_clock(zone: str, start: str, due: str) -> None:
    assert local_wall_before(utc(start), zone, hours=24) == utc(due)


def test_wall_time_shows_the_same_hour_both_days() -> None:
    for day in range(1, 366):
        start = dt.datetime(2027, 1, 1, 13, tzinfo=OSLO) + dt.timedelta(days=day)
        assert local_wall_before(start, "Europe/Oslo", hours=24).astimezone(OSLO).hour == 13


def test_the_zone_of_the_place_decides_not_that_of_the_start() -> None:
    assert local_wall_before(utc("2026-11-26T12:00"), "America/New_York", hours=24) == utc("2026-11-25T12:00")


def test_a_start_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        local_wall_before(dt.datetime(2026, 11, 26, 13), "Europe/Oslo", hours=24)


@pytest.mark.parametrize(
    ("moment", "due"),
    [
        ("2026-11-22T22:30", "2026-11-25T07:00"),  # 23:30 in Oslo, so the 22nd: 08:00 on the 25th
        ("2026-11-22T23:30", "2026-11-26T07:00"),  # 00:30 in Oslo, so the 23rd
        ("2027-03-26T12:00", "2027-03-29T06:00"),  # over the change to summer time
    ],
)
def test_days_after_counts_local_days(moment: str, due: str) -> None:
    assert days_after(utc(moment), "Europe/Oslo", days=3) == utc(due)
