"""Addresses of this room’s pages."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import URLPattern, path

from bilat_office.pages.finance import calculator, comparison, deal, deals, facility, overview

urlpatterns: Sequence[URLPattern] = [
    path("finance", overview.finance, name="finance"),
    path("finance/deals", deals.deals, name="deals"),
    path("finance/due", deals.due, name="dues"),
    path("finance/facilities/<str:record_id>", facility.facility, name="facility"),
    path("finance/deals/<str:record_id>", deal.deal, name="deal"),
    path("finance/calculator", calculator.calculator, name="calculator"),
    path("finance/compare", comparison.comparison, name="comparison"),
]
