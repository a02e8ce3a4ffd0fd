"""The room of pages as a Django application."""

from __future__ import annotations

from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "bilat_office.pages"
    label = "pages"
