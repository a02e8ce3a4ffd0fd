"""Addresses of this room’s pages."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import URLPattern, path

from bilat_office.pages.projects import one, scaling, views

urlpatterns: Sequence[URLPattern] = [
    path("projects", views.projects, name="projects"),
    path("projects/_scale-up", scaling.scale_up, name="scale_up"),
    path("projects/<str:record_id>", one.project, name="project"),
    path("projects/<str:record_id>/update", one.update, name="project_update"),
]
