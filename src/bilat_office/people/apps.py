"""The room of people as a Django application."""

from __future__ import annotations

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "bilat_office.people"
    label = "people"
