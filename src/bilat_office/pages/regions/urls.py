"""Addresses of this room’s pages."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import URLPattern, path

from bilat_office.pages.regions import introducing, mapping, views

urlpatterns: Sequence[URLPattern] = [
    path("regions", views.links, name="links"),
    path("regions/_matches", introducing.matches, name="matches"),
    path("regions/_introduce", introducing.introduce, name="introduce"),
    path("regions/_map", mapping.region_map, name="region_map"),
]
