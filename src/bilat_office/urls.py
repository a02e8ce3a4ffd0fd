"""Addresses of the office. Its pages come with its own work; so far it says that it is alive."""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse
from django.urls import include, path

import bilat


def health(request: HttpRequest) -> JsonResponse:
    """For whoever watches the server: which Bilat answers here."""
    return JsonResponse({"bilat": bilat.__version__})


urlpatterns = [
    path("health", health, name="health"),
    path("api/", include("bilat_office.api.urls")),
    path("", include("bilat_office.people.urls")),
    path("", include("bilat_office.jobs.urls")),
]
handler404 = "bilat_office.api.guard.not_found"
handler500 = "bilat_office.jobs.faults.server_error"
