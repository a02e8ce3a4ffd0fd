"""Signing in and out, the second factor, and the link of an invitation."""

from __future__ import annotations

from django.contrib.auth.views import PasswordResetConfirmView
from django.urls import include, path
from django.views.generic import RedirectView

urlpatterns = [
    # Who invites somebody writes their address; what they add here would stand in the way of a
    # second factor, since nobody verifies it.
    path("accounts/email/", RedirectView.as_view(pattern_name="mfa_index"), name="account_email"),
    path("accounts/", include("allauth.urls")),
    path(
        "people/invitation/<uidb64>/<token>",
        PasswordResetConfirmView.as_view(
            template_name="people/invitation.html", success_url="/accounts/login/"
        ),
        name="invitation",
    ),
]
