"""For how long somebody who has left reads and takes out what is their own: values in, values out."""

from __future__ import annotations

import datetime as dt


def open_until(left_on: dt.date) -> dt.date:
    """The first day on which it is shut: the same day a year later, and 1 March for 29 February."""
    try:
        return left_on.replace(year=left_on.year + 1)
    except ValueError:
        return dt.date(left_on.year + 1, 3, 1)


def shut_for_those_who_left_by(today: dt.date) -> dt.date:
    """Whoever left on this day or before finds it shut today."""
    try:
        return today.replace(year=today.year - 1)
    except ValueError:
        return dt.date(today.year - 1, 2, 28)
