"""Which days are business days: by country, jointly, or by a file of one's own.

``open_calendar("BLR+KGZ")`` gives a `BusinessCalendar`. What the countries' days are stands in the
YAML files beside this one.
"""

from bilat.finance.calendars.calendar import BusinessCalendar
from bilat.finance.calendars.opening import CalendarUnknown, known_calendars, open_calendar

__all__ = ["BusinessCalendar", "CalendarUnknown", "known_calendars", "open_calendar"]
