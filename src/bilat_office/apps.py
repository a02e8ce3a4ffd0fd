"""The office as a Django application."""

from django.apps import AppConfig


class OfficeConfig(AppConfig):
    name = "bilat_office"
    verbose_name = "Bilat"
