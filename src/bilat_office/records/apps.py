"""The storage of the office as a Django application."""

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    name = "bilat_office.records"
    label = "records"
    verbose_name = "Records"
