"""Addresses of this room’s pages."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import URLPattern, path

from bilat_office.pages.exchanges import views

urlpatterns: Sequence[URLPattern] = [
    path("exchanges", views.exchanges, name="exchanges"),
    path("exchanges/<str:record_id>", views.exchange, name="exchange"),
]
