"""Points in time as the standard writes them: ISO 8601, with both spellings of midnight."""

from __future__ import annotations

from datetime import datetime, time, timedelta

END_OF_DAY = time(23, 59, 59)


def read_moment(text: str) -> datetime:
    """``2013-01-01``, with or without a time; 24:00:00 is the start of the next day.

    Raises ValueError for a day that no calendar has.
    """
    day, _, clock = text.strip().partition("T")
    if clock.startswith("24:00"):
        try:
            return datetime.fromisoformat(day) + timedelta(days=1)
        except OverflowError:  # the day after the last of the calendar
            raise ValueError(text) from None
    return datetime.fromisoformat(text.strip()).replace(tzinfo=None)


def counted_day(moment: datetime) -> datetime:
    """The day from whose start days are counted: 23:59:59 is the end of its day, as 24:00:00 is."""
    start = moment.replace(hour=0, minute=0, second=0, microsecond=0)
    return start + timedelta(days=1) if moment.time() >= END_OF_DAY else start
