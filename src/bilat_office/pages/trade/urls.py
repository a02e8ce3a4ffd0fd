"""Addresses of this room’s pages."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import URLPattern, path

from bilat_office.pages.trade.views import (
    figures,
    opportunities,
    products,
    quality,
    worked,
    years,
)

urlpatterns: Sequence[URLPattern] = [
    path("trade", years.trade, name="trade"),
    path("trade/figure", figures.figure, name="trade_figure"),
    path("trade/products", products.products, name="trade_products"),
    path("trade/gaps", products.gaps, name="trade_gaps"),
    path("trade/datasets", products.datasets, name="trade_datasets"),
    path("trade/quality", quality.quality, name="trade_quality"),
    path("trade/worked/<str:record_id>", worked.worked, name="measure_worked"),
    path("trade/opportunities", opportunities.opportunities, name="opportunities"),
    path(
        "trade/opportunities/<str:exporter>/<str:product>",
        opportunities.opportunity,
        name="opportunity",
    ),
    path(
        "trade/opportunities/<str:exporter>/<str:product>/measure",
        opportunities.measure_draft,
        name="measure_draft",
    ),
]
