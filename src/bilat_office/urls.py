"""Addresses of the office."""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse
from django.urls import include, path

import bilat
from bilat_office.pages.views.keys import sign_out


def health(request: HttpRequest) -> JsonResponse:
    """For whoever watches the server: which Bilat answers here."""
    return JsonResponse({"bilat": bilat.__version__})


urlpatterns = [
    path("health", health, name="health"),
    path("api/", include("bilat_office.api.urls")),
    path("accounts/logout/", sign_out, name="account_logout"),
    path("", include("bilat_office.people.urls")),
    path("", include("bilat_office.jobs.urls")),
    path("", include("bilat_office.pages.urls")),
]
handler404 = "bilat_office.api.guard.not_found"
handler500 = "bilat_office.pages.errors.server_error"
