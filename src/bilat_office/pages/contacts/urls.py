"""Addresses of this room’s pages."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import URLPattern, path

from bilat_office.pages.contacts import adding, calendars, contact, views

urlpatterns: Sequence[URLPattern] = [
    path("contacts", views.contacts, name="contacts"),
    path("contacts/_new", adding.contact_new, name="contact_new"),
    path("contacts/_calendars", calendars.calendars, name="contact_calendars"),
    path(
        "contacts/_calendars/<int:number>/reminders",
        calendars.reminders,
        name="contact_calendar_reminders",
    ),
    path(
        "contacts/_calendars/<int:number>/revoke",
        calendars.revoke,
        name="contact_calendar_revoke",
    ),
    path("contacts/<str:record_id>", contact.contact, name="contact"),
    path("contacts/<str:record_id>/news", contact.contact_news, name="contact_news"),
]
