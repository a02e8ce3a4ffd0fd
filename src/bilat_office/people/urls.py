"""Signing in and out, the second factor, and the link of an invitation."""

from __future__ import annotations

from django.contrib.auth.views import PasswordResetConfirmView
from django.urls import include, path

urlpatterns = [
    path("accounts/", include("allauth.urls")),
    path(
        "people/invitation/<uidb64>/<token>",
        PasswordResetConfirmView.as_view(
            template_name="people/invitation.html", success_url="/accounts/login/"
        ),
        name="invitation",
    ),
]
