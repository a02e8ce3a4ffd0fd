"""Where the API lives. The number changes only when what programs rely on does."""

from __future__ import annotations

from django.urls import path

from bilat_office.api.site import api

urlpatterns = [path("v1/", api.urls)]
