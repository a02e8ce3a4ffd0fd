"""Easter Sunday by both computations.

Source: J. Meeus, Astronomical Algorithms, 2nd ed., chapter 8.
"""

from __future__ import annotations

from datetime import date, timedelta


def orthodox(year: int) -> date:
    """The Julian computation, as a date of the Gregorian calendar; years 1583 on."""
    d = (19 * (year % 19) + 15) % 30
    e = (2 * (year % 4) + 4 * (year % 7) - d + 34) % 7
    month, day = divmod(d + e + 114, 31)
    behind = year // 100 - year // 400 - 2
    return date(year, month, day + 1) + timedelta(days=behind)


def western(year: int) -> date:
    """The Gregorian computation; years 1583 on."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (b - (b + 8) // 25 + 1) // 3
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    weekday = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * weekday) // 451
    month, day = divmod(h + weekday - 7 * m + 114, 31)
    return date(year, month, day + 1)
