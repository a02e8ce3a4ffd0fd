"""The room of readings as a Django application."""

from __future__ import annotations

from django.apps import AppConfig


class ReadingsConfig(AppConfig):
    name = "bilat_office.readings"
    label = "readings"
