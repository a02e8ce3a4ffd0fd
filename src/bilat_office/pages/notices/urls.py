"""Addresses of this room’s pages."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import URLPattern, path

from bilat_office.pages.notices import views

urlpatterns: Sequence[URLPattern] = [
    path("notices", views.notices, name="notices"),
    path("notices/seen", views.seen, name="notices_seen"),
    path("notices/unseen", views.unseen, name="notices_unseen"),
    path("notices/letters", views.letters, name="letters"),
]
