"""The room of jobs as a Django application."""

from __future__ import annotations

from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "bilat_office.jobs"
    label = "jobs"
