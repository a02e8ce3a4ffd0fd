"""Addresses of this room’s pages."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import URLPattern, path

from bilat_office.pages.plans import views

urlpatterns: Sequence[URLPattern] = [path("plan", views.plan, name="plan")]
