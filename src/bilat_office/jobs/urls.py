"""A calendar's secret address, and the way out of letters."""

from __future__ import annotations

from django.urls import path

from bilat_office.jobs.views import feed, leave

urlpatterns = [
    path("feeds/<str:secret>.ics", feed, name="feed"),
    path("letters/stop/<str:token>", leave, name="leave"),
]
