"""The files of the office as a Django application."""

from __future__ import annotations

from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "bilat_office.files"
    label = "files"
