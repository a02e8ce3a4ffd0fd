"""Contacts: the calendar of visits, sessions and forums, cadences, and private calendars."""
