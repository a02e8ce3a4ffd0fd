"""Addresses of this room’s pages."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import URLPattern

urlpatterns: Sequence[URLPattern] = []
