"""Days and times as each language writes them."""

import datetime

import pytest
import time_machine
from django.template import Context, Template
from django.utils import timezone, translation

from common import dates

NOON_UTC = datetime.datetime(2026, 11, 26, 12, 0, tzinfo=datetime.UTC)  # 13.00 in Oslo
TWO_LATER = NOON_UTC + datetime.timedelta(hours=2)

pytestmark = pytest.mark.usefixtures("sunday_in_november")


@pytest.fixture
def sunday_in_november():
    with time_machine.travel("2026-11-22T13:00:00Z", tick=False), timezone.override("Europe/Oslo"):
        yield


@pytest.mark.parametrize(
    ("language", "day", "day_time", "end"),
    [
        ("nb", "torsdag 26. november", "torsdag 26. november kl. 13.00", "–15.00"),
        ("da", "torsdag den 26. november", "torsdag den 26. november kl. 13.00", "–15.00"),
        ("en", "Thursday 26 November", "Thursday 26 November, 13:00", "–15:00"),
        ("en-gb", "Thursday 26 November", "Thursday 26 November, 13:00", "–15:00"),
    ],
)
def test_a_meeting_in_words(language, day, day_time, end):
    with translation.override(language):
        assert dates.day(NOON_UTC) == day
        assert dates.day_time(NOON_UTC) == day_time
        assert dates.day_time_range(NOON_UTC, TWO_LATER) == day_time + end


@pytest.mark.parametrize(
    ("language", "with_weekday", "without", "this_year"),
    [
        ("nb", "onsdag 3. mars 2027", "3. mars 2027", "3. desember"),
        ("da", "onsdag den 3. marts 2027", "3. marts 2027", "3. december"),
        ("en", "Wednesday 3 March 2027", "3 March 2027", "3 December"),
    ],
)
def test_the_year_stands_when_it_is_not_this_one(language, with_weekday, without, this_year):
    march = datetime.date(2027, 3, 3)
    with translation.override(language):
        assert dates.day(march) == with_weekday
        assert dates.date_words(march) == without
        assert dates.date_words(datetime.date(2026, 12, 3)) == this_year
        assert dates.date_words(datetime.date(2026, 12, 3), year=True) == f"{this_year} 2026"


def test_the_zone_decides_day_and_hour():
    late = datetime.datetime(2026, 12, 31, 23, 30, tzinfo=datetime.UTC)
    with translation.override("nb"):
        assert dates.day_time(late) == "fredag 1. januar 2027 kl. 00.30"
        assert dates.day_time(late, zone="Atlantic/Reykjavik") == "torsdag 31. desember kl. 23.30"
        assert dates.local_date(late, zone="UTC") == datetime.date(2026, 12, 31)


def test_a_meeting_over_two_days_gives_both_ends():
    with translation.override("en"):
        shown = dates.day_time_range(NOON_UTC, NOON_UTC + datetime.timedelta(days=1))
    assert shown == "Thursday 26 November, 13:00 – Friday 27 November, 13:00"


def test_pieces():
    with translation.override("en"):
        assert dates.day_capital(NOON_UTC) == "Thursday 26 November"
        assert dates.clock(datetime.time(9, 5)) == "09:05"
        assert dates.clip_position(760) == "12:40"
        assert (dates.duration(90), dates.duration(120), dates.duration(60)) == ("90 minutes", "2 hours", "1 hour")
    with translation.override("da"):
        assert dates.day_capital(NOON_UTC) == "Torsdag den 26. november"
        assert dates.short_day(NOON_UTC) == "26.11.2026"
        assert dates.clock(NOON_UTC) == "13.00"
        assert (dates.clip_position(760), dates.clip_position(3760)) == ("12.40", "1.02.40")


@pytest.mark.parametrize(
    ("days", "words"),
    [(0, "today"), (1, "yesterday"), (28, "28 days ago"), (-1, "tomorrow"), (-3, "in 3 days")],
)
def test_how_long_since(days, words):
    then = timezone.localdate() - datetime.timedelta(days=days)
    with translation.override("en"):
        assert dates.since_days(then) == days
        assert dates.days_ago(then) == words


def test_filters_show_what_the_functions_say_and_nothing_for_nothing():
    page = Template(
        "{% load dates %}{{ at|day_time|capital }}|{{ at|clock:'UTC' }}|{{ at|short_day }}|{{ at|date_with_year }}|"
        "{% day_time_range at end %}|{% time_range at end 'UTC' %}|{{ 90|duration }}|{{ 760|clip_position }}|"
        "{{ at|since_days }}|{{ none|day }}{{ none|day_time:'UTC' }}{{ none|duration }}{{ none|date_with_year }}"
    )
    with translation.override("nb"):
        shown = page.render(Context({"at": NOON_UTC, "end": TWO_LATER, "none": None}))
    assert shown.split("|")[:6] == [
        "Torsdag 26. november kl. 13.00", "12.00", "26.11.2026", "26. november 2026",
        "torsdag 26. november kl. 13.00–15.00", "kl. 12.00–14.00",
    ]  # fmt: skip
    assert shown.split("|")[7:] == ["12.40", "-4", ""]


@pytest.mark.parametrize(
    ("days", "words"),
    [(1, "1 day"), (89, "89 days"), (90, "3 months"), (700, "23 months"), (730, "2 years"), (1200, "3 years")],
)
def test_a_long_time_is_told_in_months_and_years(days: int, words: str) -> None:
    with translation.override("en"):
        assert dates.span(days) == words
